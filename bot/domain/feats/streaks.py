"""Consecutive periods that reached the target; absence neither breaks nor lengthens a streak."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.indicators import Indicator
from bot.domain.progress.targets import TargetSetting, setting_in_force, target_for
from bot.domain.quantities import ZERO


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one period; no target where it counts for nothing."""

    period: Period
    target: Decimal | None
    actual: Decimal

    @property
    def is_reached(self) -> bool:
        return self.target is not None and self.actual >= self.target


@dataclass(frozen=True, slots=True)
class Streak:
    """How many consecutive periods reached the target; `start` is the first day of the oldest."""

    length: int = 0
    start: date | None = None


NO_STREAK = Streak()


def streak(outcomes: Iterable[Outcome], today: date) -> Streak:
    """The streak that still runs, from outcomes newest first.

    A period without target is passed over. The one that isn't over `today` adds when reached and
    breaks nothing when not. Reads no further than to the period that broke the streak.
    """
    length, start = 0, None
    for outcome in outcomes:
        if outcome.is_reached:
            length, start = length + 1, outcome.period.start
        elif outcome.target is not None and outcome.period.end < today:
            break
    return Streak(length, start)


def streak_of(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    calendar: RepCalendar,
    today: date,
    amounts: Mapping[date, Decimal],
) -> Streak:
    """The rep's streak as of `today` from what was logged on each local date.

    Over the kind of period in force today, a daily target's being the day; periods in which a
    target of another kind was in force are passed over. No streak is older than the first amount.
    """
    setting = setting_in_force(settings, today)
    if setting is None or not amounts:
        return NO_STREAK
    periods = _newest_first(setting.kind, today, min(amounts))
    return streak(outcomes(indicator, settings, calendar, periods, amounts), today)


def outcomes(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    calendar: RepCalendar,
    periods: Iterable[Period],
    amounts: Mapping[date, Decimal],
) -> Iterator[Outcome]:
    """What became of each of these periods, all of one kind, from amounts on local dates."""
    sums: Mapping[date, Decimal] | None = None
    known = _targets(indicator, tuple(settings), calendar)
    for period in periods:
        if sums is None:
            sums = _by_period(period.kind, amounts)
        first = period.start
        if (period.kind, first) not in known:
            known[period.kind, first] = target_for(indicator, settings, period, calendar)
        yield Outcome(period, known[period.kind, first], sums.get(first, ZERO))


@lru_cache(maxsize=512)
def _targets(
    _indicator: Indicator, _settings: tuple[TargetSetting, ...], _calendar: RepCalendar
) -> dict[tuple[PeriodKind, date], Decimal | None]:
    """Targets by period, as far as they have been reckoned for whoever works and is asked alike:
    a long streak asks for hundreds, of each rep the same."""
    return {}


def _newest_first(kind: PeriodKind, today: date, oldest: date) -> Iterator[Period]:
    period = period_of(kind, today)
    while period.end >= oldest:
        yield period
        period = period.previous()


def _by_period(kind: PeriodKind, amounts: Mapping[date, Decimal]) -> Mapping[date, Decimal]:
    """Sums by the first day of their period."""
    if kind is PeriodKind.DAY:
        return amounts
    sums: dict[date, Decimal] = {}
    for day, amount in amounts.items():
        first = period_of(kind, day).start
        sums[first] = sums.get(first, ZERO) + amount
    return sums
