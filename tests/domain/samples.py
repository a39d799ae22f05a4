"""Riley's calendar, and the indicators of method.md's worked example."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.progress.targets import Scope, TargetSetting
from bot.domain.quantities import unit_named

LONDON = ZoneInfo("Europe/London")
RILEY = RepCalendar(LONDON)
"""Monday to Friday, no holidays, there since ever."""

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (
    date(2026, 11, day) for day in range(23, 30)
)
WEEK = period_of(PeriodKind.WEEK, MONDAY)
QUARTER = period_of(PeriodKind.QUARTER, MONDAY)


def behaviour(name: str, period: PeriodKind, unit: str = "") -> Indicator:
    return Indicator(1, IndicatorKind.BEHAVIOUR, name, unit_named(unit or name), period)


MEETINGS = behaviour("First meetings", PeriodKind.WEEK)
CALLS = behaviour("Prospecting calls", PeriodKind.DAY)
SELLING = behaviour("Selling time", PeriodKind.WEEK, "hours")
PLAN = behaviour("Territory plan", PeriodKind.QUARTER)
CUSTOMERS = Indicator(
    2, IndicatorKind.RESULT, "New customers", unit_named("customers"), PeriodKind.QUARTER
)


def dec(number: str | int) -> Decimal:
    return Decimal(number)


def setting(
    amount: str | int,
    kind: PeriodKind,
    since: date | None = None,
    scope: Scope = Scope.TEAM,
) -> TargetSetting:
    return TargetSetting(Decimal(amount), kind, since, scope)


def week_of(day: date) -> Period:
    return period_of(PeriodKind.WEEK, day)
