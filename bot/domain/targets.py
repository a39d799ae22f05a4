"""What is expected of a rep over a period (design §2.2)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from bot.domain.calendar import RepCalendar
from bot.domain.indicators import Indicator
from bot.domain.periods import Period, PeriodKind, scored_period
from bot.domain.quantities import ZERO, Unit, round_half_up
from bot.domain.workload import Basis, basis_of, workload


class Scope(IntEnum):
    """Whom a target was set for; the nearer to the rep, the more it counts."""

    TEAM = 0
    SEGMENT = 1
    REP = 2


@dataclass(frozen=True, slots=True)
class TargetSetting:
    """An amount expected per period of a kind, from a local date on; always, where that is None.

    A rep's settings for an indicator are those of the rep, of the rep's segment and of the team,
    in the order in which they were set: of two for the same date the later set counts.
    """

    amount: Decimal
    kind: PeriodKind
    effective_from: date | None = None
    scope: Scope = Scope.TEAM


def setting_in_force(settings: Sequence[TargetSetting], day: date) -> TargetSetting | None:
    """The setting that decides the period in which the day lies; None where none was ever set.

    A setting begins with the first period of its kind that starts on its date or later (a daily
    one with a week, over which it is scored), so that no change splits a period that has begun.
    """
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
    daily = [setting for setting in settings if setting.kind is PeriodKind.DAY]
    that_day = _nearest(daily, lambda _kind: period.start)
    return None if that_day is None else that_day.amount


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
    if _is_week_of_days(settings, period):
        return _sum_or_none(
            target_for(indicator, settings, Period(PeriodKind.DAY, day, day), calendar)
            for day in period.days()
        )
    base = base_target(settings, period)
    if base is None:
        return None
    basis = basis_of(indicator, calendar)
    if period.kind is PeriodKind.DAY and basis is Basis.AVAILABLE:
        return _share(base, calendar.weight(period.start), 1, indicator.unit)
    load = workload(calendar, period, basis)
    return _share(base, load.weight, load.pattern_days, indicator.unit)


def _is_week_of_days(settings: Sequence[TargetSetting], period: Period) -> bool:
    if period.kind is not PeriodKind.WEEK:
        return False
    setting = setting_in_force(settings, period.start)
    return setting is not None and setting.kind is PeriodKind.DAY


def _share(base: Decimal, weight: Decimal, pattern_days: int, unit: Unit) -> Decimal | None:
    if weight == ZERO:
        return None
    return max(unit.step, round_half_up(base * weight / pattern_days, unit))


def _sum_or_none(targets: Iterable[Decimal | None]) -> Decimal | None:
    return sum((target for target in targets if target is not None), ZERO) or None


def _nearest(
    settings: Sequence[TargetSetting], first_day: Callable[[PeriodKind], date]
) -> TargetSetting | None:
    """Of the settings in force by the first day of their kind's period, the nearest and latest."""
    nearest: TargetSetting | None = None
    for setting in settings:
        since = setting.effective_from
        if since is not None and since > first_day(setting.kind):
            continue
        if nearest is None or _rank(setting) >= _rank(nearest):
            nearest = setting
    return nearest or _first_ever(settings)


def _rank(setting: TargetSetting) -> tuple[Scope, date]:
    return setting.scope, setting.effective_from or date.min


def _first_ever(settings: Sequence[TargetSetting]) -> TargetSetting | None:
    """The setting with the earliest date; of several the nearest to the rep, then the last set."""
    return min(
        reversed(settings),
        key=lambda setting: (setting.effective_from or date.min, -setting.scope),
        default=None,
    )
