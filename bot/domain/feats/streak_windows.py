"""Streaks from a part of history: enough of it settles most of them, the rest ask for more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.feats.streaks import NO_STREAK, Streak, outcomes, streak
from bot.domain.indicators import Indicator
from bot.domain.progress.targets import TargetSetting, setting_in_force


def streak_kind(settings: Sequence[TargetSetting], today: date) -> PeriodKind | None:
    """The kind of period whose streak runs today; None where no target was ever set."""
    setting = setting_in_force(settings, today)
    return None if setting is None else setting.kind


def window_start(kind: PeriodKind, today: date, periods: int) -> date:
    """The first day of the window that holds today's period and as many before it."""
    period = period_of(kind, today)
    for _ in range(periods):
        period = period.previous()
    return period.start


def settled_streak(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    calendar: RepCalendar,
    today: date,
    amounts: Mapping[date, Decimal],
    since: date,
) -> Streak | None:
    """The streak as of `today`, from what was logged on each local date from `since` on.

    `since` begins a period (`window_start`). None where the streak may have begun before it.
    """
    kind = streak_kind(settings, today)
    if kind is None:
        return NO_STREAK
    periods = _newest_first(kind, today, since)
    became = outcomes(indicator, settings, calendar, periods, amounts)
    found = streak(became, today)
    ran_out = next(became, None) is None
    return None if ran_out else found


def _newest_first(kind: PeriodKind, today: date, since: date) -> Iterator[Period]:
    period = period_of(kind, today)
    while period.start >= since:
        yield period
        period = period.previous()
