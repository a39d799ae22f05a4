"""One calendar per rep decides everything; nothing else knows about dates (design §2.1)."""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.days.zones import instant_in, local_date_in
from bot.domain.errors import Refusal
from bot.domain.quantities import ONE, ZERO

MONDAY_TO_FRIDAY = frozenset(range(5))
DEFAULT_RAMP = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))
"""What a day counts in a new hire's 1st, 2nd, 3rd calendar week (design §2.2)."""
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class DateRange:
    """Local dates from `start` to `end`, both included; Refusal where it ends before it starts."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise Refusal(f"{self.start} to {self.end} ends before it starts. Swap the two dates.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class RepCalendar:
    """When one rep works: zone, the team's week, holidays, time off, start and leaving.

    `workdays` holds weekdays, Monday 0. `holidays` is hashable (`public_holidays`, a frozenset).
    `started_on` and `leaves_on` are the first and the last working day. `ramp` has the weight of a
    day in the 1st, 2nd, … calendar week of the rep; a later one weighs 1. `ramp_results` says that
    the team ramps its results' targets too.
    """

    zone: ZoneInfo
    workdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: Container[date] = frozenset()
    time_off: tuple[DateRange, ...] = ()
    started_on: date | None = None
    leaves_on: date | None = None
    ramp: tuple[Decimal, ...] = DEFAULT_RAMP
    ramp_results: bool = False
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Its hash once and for all: every target looks its workload up by the calendar."""
        days = (self.workdays, self.holidays, self.time_off, self.started_on, self.leaves_on)
        found = hash((self.zone, *days, self.ramp, self.ramp_results))
        object.__setattr__(self, "_hash", found)

    def __hash__(self) -> int:
        return self._hash

    def local_date(self, instant: datetime) -> date:
        """The rep's date at this instant."""
        return local_date_in(self.zone, instant)

    def instant_of(self, day: date, at: time) -> datetime:
        """The UTC instant of the rep's local time; DST as in `instant_in`."""
        return instant_in(self.zone, day, at)

    def within(self, first: date, last: date) -> "RepCalendar":
        """The calendar without what makes no difference from `first` to `last`, both included.

        Thus it is equal for all who work those days alike, whoever is away in another month.
        """
        time_off = tuple(off for off in self.time_off if off.start <= last and off.end >= first)
        leaves_on = None if self.leaves_on is None or self.leaves_on >= last else self.leaves_on
        started_on = None if self._has_long_started(first) else self.started_on
        if (time_off, started_on, leaves_on) == (self.time_off, self.started_on, self.leaves_on):
            return self
        days: tuple[Any, ...] = (self.workdays, self.holidays, time_off, started_on, leaves_on)
        return _made_once(self.zone, *days, self.ramp, self.ramp_results)

    def _has_long_started(self, day: date) -> bool:
        """Whether the ramp is over when this day begins."""
        ramp = timedelta(weeks=len(self.ramp))
        return self.started_on is not None and self.started_on + ramp <= day

    def is_pattern_day(self, day: date) -> bool:
        """Whether the team works on this weekday, holiday or not (design §2.2)."""
        return day.weekday() in self.workdays

    def is_employed(self, day: date) -> bool:
        """Whether the day is neither before the rep's start nor after the rep's leaving."""
        if self.started_on is not None and day < self.started_on:
            return False
        return self.leaves_on is None or day <= self.leaves_on

    def is_available(self, day: date) -> bool:
        """Whether it is a workday of this rep: a pattern day, employed, no holiday, not off."""
        return (
            self.is_pattern_day(day)
            and self.is_employed(day)
            and not any(day in stretch for stretch in self.time_off)
            and day not in self.holidays
        )

    def weight(self, day: date) -> Decimal:
        """How much the day counts towards a behaviour's target: 0 when not available."""
        return self.ramp_weight(day) if self.is_available(day) else ZERO

    def ramp_weight(self, day: date) -> Decimal:
        """What a day counts in this calendar week of the rep; the week of the start is the 1st."""
        if self.started_on is None:
            return ONE
        first_monday = self.started_on.toordinal() - self.started_on.weekday()
        week = (day.toordinal() - first_monday) // _DAYS_A_WEEK
        return self.ramp[week] if 0 <= week < len(self.ramp) else ONE


_made_once = lru_cache(maxsize=4096)(RepCalendar)
"""Most stretches of most reps' days are alike, and whatever is kept for a calendar is found at once
by the very same one."""
