"""Every zone of the time-zone database over one year, those that don't differ looked at once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

ALL_ZONES = sorted(available_timezones() - {"localtime", "Factory"})
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


def utc(year: int, month: int = 1, day: int = 1, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def every(step: timedelta, first: datetime, last: datetime) -> Iterator[datetime]:
    return (first + step * number for number in range((last - first) // step))


def hours_of(year: int) -> list[datetime]:
    return list(every(AN_HOUR, utc(year) - A_DAY, utc(year + 1) + A_DAY))


@lru_cache
def changes(zone: ZoneInfo, year: int) -> dict[datetime, timedelta | None]:
    """The zone's offset as the year begins, and after each change, by the full hour."""

    def offset(instant: datetime) -> timedelta | None:
        return instant.astimezone(zone).utcoffset()

    days = list(every(A_DAY, utc(year) - A_DAY, utc(year + 1) + 2 * A_DAY))
    changing = [first for first, last in pairwise(days) if offset(first) != offset(last)]
    hours = [each for day in changing for each in every(AN_HOUR, day, day + A_DAY + AN_HOUR)]
    found = {days[0]: offset(days[0])}
    for before, after in pairwise(hours):
        if offset(before) != offset(after):
            found[after] = offset(after)
    return found


@lru_cache
def zones_that_differ(year: int) -> tuple[str, ...]:
    """One zone for all that share their offsets throughout the year."""
    found: dict[tuple[object, ...], str] = {}
    for name in ALL_ZONES:
        found.setdefault(tuple(changes(ZoneInfo(name), year).items()), name)
    return tuple(found.values())
