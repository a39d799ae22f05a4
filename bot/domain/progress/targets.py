"""What is expected of a rep over a period (design §2.2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind, scored_period
from bot.domain.indicators import Indicator
from bot.domain.progress.workload import Workload, basis_of, workload
from bot.domain.quantities import ZERO, Unit, round_half_up

_MADE_OF_DAYS = frozenset({PeriodKind.DAY, PeriodKind.WEEK})


class Scope(IntEnum):
    """Whom a target was set for; the nearer to the rep, the more it counts."""

    TEAM = 0
    SEGMENT = 1
    REP = 2


@dataclass(frozen=True, slots=True)
class TargetSetting:
    """An amount expected per period of a kind, from a local date on; always, where that is None.

    A rep's settings for an indicator are those of the rep, of the rep's segment and of the team,
    in the order in which they were set: of two for the same date the later set counts. `until` is
    the first local date on which it was taken back; what is farther from the rep counts again.
    """

    amount: Decimal
    kind: PeriodKind
    effective_from: date | None = None
    scope: Scope = Scope.TEAM
    until: date | None = None

    def covers(self, first_day: date) -> bool:
        """Whether it decides a period that begins on that day."""
        has_begun = self.effective_from is None or self.effective_from <= first_day
        return has_begun and (self.until is None or first_day < self.until)


def setting_in_force(settings: Sequence[TargetSetting], day: date) -> TargetSetting | None:
    """The setting that decides the period in which the day lies; None where none was ever set.

    A setting begins with the first period of its kind that starts on its date or later (a daily
    one with a week, over which it is scored), so that no change splits a period that has begun.
    """
    if not settings:
        return None
    return _nearest(settings, lambda kind: scored_period(kind, day).start)


def period_in_force(indicator: Indicator, settings: Sequence[TargetSetting], day: date) -> Period:
    """The period over which the indicator is scored on the day: the week for a daily one."""
    setting = setting_in_force(settings, day)
    return scored_period(indicator.period if setting is None else setting.kind, day)


def base_target(settings: Sequence[TargetSetting], period: Period) -> Decimal | None:
    """The amount in force on the period's first day: the rep's own, else the segment's, the team's.

    Where none was in force yet, the first ever set. None where the target in force that day is for
    another kind of period; a week whose targets are daily has one base per day, hence none itself.
    """
    setting = setting_in_force(settings, period.start)
    if setting is None or setting.kind is not period.kind:
        return None
    if period.kind is not PeriodKind.DAY:
        return setting.amount
    return _amount_on(_daily(settings), period.start)


def target_for(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    period: Period,
    calendar: RepCalendar,
) -> Decimal | None:
    """The rep's target for a period; None where there is none and the period counts for nothing.

    base × Σ weight(days that count) ÷ pattern days, rounded half up, at least one step of the unit
    where the sum is above 0. A week whose targets are daily has their sum.
    """
    setting = setting_in_force(settings, period.start)
    if setting is None:
        return None
    whole = scored_period(period.kind, period.start)
    load = workload(calendar, whole, basis_of(indicator, calendar))
    if setting.kind is PeriodKind.DAY:
        return _sum_of_days(indicator.unit, _daily(settings), period, load)
    if setting.kind is not period.kind:
        return None
    return _share(setting.amount, load.weight, load.pattern_days, indicator.unit)


def _sum_of_days(
    unit: Unit, daily: Sequence[TargetSetting], period: Period, load: Workload
) -> Decimal | None:
    """Σ of the daily targets of a day or a week; no other period is made of daily targets."""
    if period.kind not in _MADE_OF_DAYS:
        return None
    total = ZERO
    for day, weight in zip(load.days, load.weights, strict=True):
        if day in period:
            total += _share(_amount_on(daily, day), weight, 1, unit) or ZERO
    return total or None


def _share(base: Decimal, weight: Decimal, pattern_days: int, unit: Unit) -> Decimal | None:
    if weight == ZERO:
        return None
    return max(unit.step, round_half_up(base * weight / pattern_days, unit))


def _daily(settings: Sequence[TargetSetting]) -> Sequence[TargetSetting]:
    return [setting for setting in settings if setting.kind is PeriodKind.DAY]


def _amount_on(daily: Sequence[TargetSetting], day: date) -> Decimal:
    return _nearest(daily, lambda _kind: day).amount


def _nearest(
    settings: Sequence[TargetSetting], first_day: Callable[[PeriodKind], date]
) -> TargetSetting:
    """Of the settings in force by the first day of their kind's period, the nearest and latest."""
    if len(settings) == 1:  # by far the most common: the team's only target, always in force
        return settings[0]
    nearest: TargetSetting | None = None
    for setting in settings:
        if not setting.covers(first_day(setting.kind)):
            continue
        if nearest is None or _rank(setting) >= _rank(nearest):
            nearest = setting
    return nearest or _first_ever(settings)


def _rank(setting: TargetSetting) -> tuple[Scope, date]:
    return setting.scope, setting.effective_from or date.min


def _first_ever(settings: Sequence[TargetSetting]) -> TargetSetting:
    """The setting with the earliest date; of several the nearest to the rep, then the last set."""
    return min(
        reversed(settings),
        key=lambda setting: (setting.effective_from or date.min, -setting.scope),
    )
