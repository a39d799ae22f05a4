"""How much of a period a rep has for an indicator: which of its days count, and how much."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from itertools import accumulate

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period
from bot.domain.indicators import Indicator
from bot.domain.quantities import ONE, ZERO


class Basis(Enum):
    """Which days count (design §2.2)."""

    AVAILABLE = auto()
    """A behaviour's: available days, ramped."""
    EMPLOYED = auto()
    """A result's: pattern days from the start to the leaving, absence or not."""
    EMPLOYED_RAMPED = auto()
    """A result's where the team ramps results."""


@dataclass(frozen=True, slots=True)
class Workload:
    """The days of one period that count for one rep.

    `pattern_days` counts the team's weekdays; `days` are those that count, in order, and `weights`
    theirs; `running` has the weight of the first 0, 1, 2, … of them, its last hence of all.
    """

    pattern_days: int
    days: tuple[date, ...]
    weights: tuple[Decimal, ...]
    running: tuple[Decimal, ...]

    @property
    def weight(self) -> Decimal:
        return self.running[-1]

    def weight_before(self, day: date) -> Decimal:
        """Σ weight of the days completed when this one begins."""
        return self.running[self.days_before(day)]

    def days_before(self, day: date) -> int:
        """How many days are completed when this one begins."""
        return bisect_left(self.days, day)

    def days_left(self, day: date) -> int:
        """How many days are not completed when this one begins, itself included."""
        return len(self.days) - self.days_before(day)


def basis_of(indicator: Indicator, calendar: RepCalendar) -> Basis:
    """Which days count for the indicator: absence and ramp cut behaviours, not results (§2.2)."""
    if not indicator.is_result:
        return Basis.AVAILABLE
    return Basis.EMPLOYED_RAMPED if calendar.ramp_results else Basis.EMPLOYED


@lru_cache(maxsize=2048)
def workload(calendar: RepCalendar, period: Period, basis: Basis = Basis.AVAILABLE) -> Workload:
    """The days of the period that count for the rep.

    Kept, because most reps of a team have equal calendars and ten indicators each.
    """
    pattern = [day for day in period.days() if calendar.is_pattern_day(day)]
    counts = calendar.is_available if basis is Basis.AVAILABLE else calendar.is_employed
    days = tuple(day for day in pattern if counts(day))
    ramps = basis is not Basis.EMPLOYED
    weights = tuple(calendar.ramp_weight(day) if ramps else ONE for day in days)
    return Workload(len(pattern), days, weights, tuple(accumulate(weights, initial=ZERO)))
