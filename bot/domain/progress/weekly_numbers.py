"""A rep's weeks side by side: what was done and what was asked of each behaviour and result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.indicators import Indicator
from bot.domain.progress.targets import TargetSetting, period_in_force, target_for
from bot.domain.progress.workload import basis_of, workload
from bot.domain.quantities import ZERO

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WeeklyRep:
    """One rep's last weeks, oldest first, by the indicator's id; absent where nothing was logged.

    `asked` has 0 in a week that asked for nothing, whatever the reason; `days` counts the workdays
    of each week.
    """

    person_id: int
    user_id: str
    done: Mapping[int, tuple[float, ...]]
    asked: Mapping[int, tuple[float, ...]]
    days: tuple[int, ...]

    def amounts(self, indicator_id: int) -> tuple[float, ...]:
        """What was done of one indicator, week by week."""
        return self.done.get(indicator_id) or (0.0,) * len(self.days)

    @cached_property
    def first_week(self) -> int:
        """The place of the first week in which the rep logged anything; past the end if in none."""
        logged = (place for amounts in self.done.values() for place in _first(amounts))
        return min(logged, default=len(self.days))


def _first(amounts: tuple[float, ...]) -> list[int]:
    return [place for place, amount in enumerate(amounts) if amount][:1]


@dataclass(frozen=True, slots=True)
class WeeklyTeam:
    """All reps of a team over the same weeks, of which `weeks` has the Mondays, oldest first."""

    team: str
    weeks: tuple[date, ...]
    reps: tuple[WeeklyRep, ...]


def last_weeks(until: Period, count: int) -> tuple[date, ...]:
    """The Mondays of so many weeks, oldest first; `until` is the last of them."""
    return tuple(until.start - A_WEEK * back for back in range(count - 1, -1, -1))


def asked_in(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    calendar: RepCalendar,
    monday: date,
) -> float:
    """What a week asked for: of a longer period's target the share of its days that count."""
    return float(_asked(indicator, tuple(settings), calendar, period_of(PeriodKind.WEEK, monday)))


@lru_cache(maxsize=16384)
def _asked(
    indicator: Indicator,
    settings: tuple[TargetSetting, ...],
    calendar: RepCalendar,
    week: Period,
) -> Decimal:
    """Kept, because most reps of a team are asked for the same."""
    period = period_in_force(indicator, settings, week.start)
    target = target_for(indicator, settings, period, calendar)
    if target is None:
        return ZERO
    if period == week:
        return target
    load = workload(calendar, period, basis_of(indicator, calendar))
    gone = load.weight_before(week.end + timedelta(days=1)) - load.weight_before(week.start)
    return target * gone / load.weight if load.weight else ZERO
