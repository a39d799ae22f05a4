"""Time zones: found by name, and local times as instants whatever DST does to them."""

from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.errors import Refusal

_NOT_A_PLACE = frozenset({"localtime", "Factory"})
_ONE_SECOND = timedelta(seconds=1)


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of this name, in any case; raises Refusal, with the likeliest, if unknown."""
    names = _zone_names()
    wanted = name.strip().replace(" ", "_").casefold()
    if wanted in names:
        return ZoneInfo(names[wanted])
    likely = [names[match] for match in get_close_matches(wanted, names, n=1)]
    hint = f"Did you mean {likely[0]}?" if likely else "Use one like Europe/London."
    raise Refusal(f"I don't know the time zone “{name}”. {hint}")


def local_date_in(zone: ZoneInfo, instant: datetime) -> date:
    """The date in the zone at this instant; raises ValueError for an instant without a zone."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} is no instant: it has no UTC offset")
    return instant.astimezone(zone).date()


def instant_in(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The UTC instant of a local time.

    A local time that DST skips is the first instant after the gap; one that it repeats is the
    first of the two (design §2.1). Thus later local times never give earlier instants.
    """
    first, second = (
        datetime.combine(day, at.replace(fold=fold, tzinfo=zone)).astimezone(UTC) for fold in (0, 1)
    )
    # In a gap fold 0 reads the time by the offset before it, hence as the later one (PEP 495).
    return _end_of_gap(zone, second, first) if second < first else first


def _end_of_gap(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The instant in (before, after] at which the zone's offset changes, to the second."""
    low, high = before.replace(microsecond=0), after.replace(microsecond=0)
    old = low.astimezone(zone).utcoffset()
    while high - low > _ONE_SECOND:
        middle = low + (high - low) // _ONE_SECOND // 2 * _ONE_SECOND
        if middle.astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() - _NOT_A_PLACE}
