"""How a rep stands against a target, and what today asks for (design §2.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from functools import lru_cache

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.indicators import Indicator
from bot.domain.progress.consistency import Consistency
from bot.domain.progress.targets import TargetSetting, base_target, period_in_force, target_for
from bot.domain.progress.workload import basis_of, workload
from bot.domain.quantities import ZERO, Measure, Unit, round_half_up, round_up

AHEAD_FROM = Decimal("1.1")
ON_PACE_FROM = Decimal("0.9")
_HUNDREDTH = Decimal("0.01")


class Status(StrEnum):
    """Where a rep stands in a period that has a target."""

    AHEAD = "ahead"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    DONE = "done"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class Progress:
    """One rep's numbers for one indicator over one period, in the indicator's unit.

    Without a target the period counts for nothing: `target`, `attainment`, `pace` and `status` are
    None, `expected` and `ask_today` 0. `pace` is None too where nothing is expected yet.
    `days_left` counts the available days left, today included; 0 when today isn't one.
    `today_target` is a daily behaviour's target for today; None on a day off and for other kinds.
    `forecast` is the chance in 0…1 of reaching the target by the period's end, None where there is
    too little history or nobody asked; `consistency` is about the last periods before this one.
    """

    indicator: Indicator
    period: Period
    target: Decimal | None
    actual: Decimal
    expected: Decimal
    attainment: Decimal | None
    pace: Decimal | None
    status: Status | None
    ask_today: Decimal
    days_left: int
    today_target: Decimal | None
    today_actual: Decimal
    streak: int = 0
    forecast: float | None = None
    consistency: Consistency | None = None

    @property
    def ask_this_morning(self) -> Decimal:
        """What today asked for before anything was logged today."""
        unit = self.indicator.unit
        return ask(unit, self.target, self.actual - self.today_actual, self.days_left)


def assess(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    calendar: RepCalendar,
    today: date,
    actual: Decimal,
    today_actual: Decimal = ZERO,
    streak: int = 0,
    period: Period | None = None,
) -> Progress:
    """How the rep stands when `today`, a local date, is not over yet.

    `actual` is what was logged over the period (`period_in_force` on `today`, unless given), today
    included; a period that ended before `today` is scored as a whole. A result goes by the days on
    which the rep is employed, as its target does; its ask by available days like any other.
    """
    period = period or period_in_force(indicator, settings, today)
    asked = _asked(indicator, tuple(settings), _within(calendar, period), period, today)
    target = asked.target
    return Progress(
        indicator=indicator,
        period=period,
        target=target,
        actual=actual,
        expected=asked.schedule.expected,
        attainment=None if target is None else actual / target,
        pace=asked.schedule.pace(actual),
        status=_status(indicator.unit, target, actual, asked.schedule, asked.days_gone),
        ask_today=ask(indicator.unit, target, actual, asked.days_left),
        days_left=asked.days_left,
        today_target=asked.today_target,
        today_actual=today_actual,
        streak=streak,
    )


def least_on_pace(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    calendar: RepCalendar,
    today: date,
    period: Period,
) -> Decimal:
    """The least amount, in hundredths, with which `assess` doesn't call the rep behind; 0 where
    nobody can be.

    Whoever has as much needn't be assessed: that is how a plan looks at many.
    """
    asked = _asked(indicator, tuple(settings), _within(calendar, period), period, today)
    schedule = asked.schedule
    due = schedule.target * schedule.gone
    if asked.target is None or not asked.days_gone or not due:
        return ZERO
    least = (ON_PACE_FROM * due / schedule.total).quantize(_HUNDREDTH, ROUND_CEILING)
    if indicator.unit.measure is Measure.COUNT:
        least = min(least, round_half_up(schedule.expected, indicator.unit))
    return min(least, asked.target)


def ask(unit: Unit, target: Decimal | None, actual: Decimal, days_left: int) -> Decimal:
    """What is still missing, spread over the available days left, rounded up; 0 when done."""
    if target is None or actual >= target or not days_left:
        return ZERO
    return round_up((target - actual) / days_left, unit)


@dataclass(frozen=True, slots=True)
class _Schedule:
    """A target over a period whose days weigh `total`, `gone` of them completed."""

    target: Decimal
    gone: Decimal
    total: Decimal

    @property
    def expected(self) -> Decimal:
        return self.target * self.gone / self.total if self.total else ZERO

    def pace(self, actual: Decimal) -> Decimal | None:
        """Actual ÷ expected in one division, so that 0.9 and 1.1 are met exactly."""
        due = self.target * self.gone
        return actual * self.total / due if due else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is expected of a rep on a day, whatever was logged."""

    target: Decimal | None
    schedule: _Schedule
    days_gone: int
    days_left: int
    today_target: Decimal | None


@lru_cache(maxsize=8192)
def _within(calendar: RepCalendar, period: Period) -> RepCalendar:
    return calendar.within(period.start, period.end)


@lru_cache(maxsize=4096)
def _asked(
    indicator: Indicator,
    settings: tuple[TargetSetting, ...],
    calendar: RepCalendar,
    period: Period,
    today: date,
) -> _Asked:
    """Kept, because most reps of a team are asked for the same, minute after minute."""
    target = target_for(indicator, settings, period, calendar)
    load = workload(calendar, period, basis_of(indicator, calendar))
    return _Asked(
        target=target,
        schedule=_Schedule(target or ZERO, load.weight_before(today), load.weight),
        days_gone=load.days_before(today),
        days_left=_days_left(calendar, period, today),
        today_target=_today_target(indicator, settings, calendar, period, today),
    )


def _status(
    unit: Unit, target: Decimal | None, actual: Decimal, schedule: _Schedule, days_gone: int
) -> Status | None:
    if target is None:
        return None
    if actual >= target:
        return Status.DONE
    if not days_gone:
        return Status.NOT_STARTED
    return _by_pace(unit, actual, schedule)


def _by_pace(unit: Unit, actual: Decimal, schedule: _Schedule) -> Status:
    pace = schedule.pace(actual)
    if pace is None:  # completed days that weigh nothing: nothing was expected of them
        return Status.ON_PACE
    if pace >= AHEAD_FROM:
        return Status.AHEAD
    if pace >= ON_PACE_FROM or _is_less_than_one_short(unit, actual, schedule.expected):
        return Status.ON_PACE
    return Status.BEHIND


def _is_less_than_one_short(unit: Unit, actual: Decimal, expected: Decimal) -> bool:
    """Whether a count has all the whole units expected: half a call can't be made up (§2.3)."""
    return unit.measure is Measure.COUNT and actual >= round_half_up(expected, unit)


def _days_left(calendar: RepCalendar, period: Period, today: date) -> int:
    if today not in period or not calendar.is_available(today):
        return 0
    return workload(calendar, period).days_left(today)


def _today_target(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    calendar: RepCalendar,
    period: Period,
    today: date,
) -> Decimal | None:
    day = period_of(PeriodKind.DAY, today)
    if today not in period or base_target(settings, day) is None:
        return None
    return target_for(indicator, settings, day, calendar)
