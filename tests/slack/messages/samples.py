"""Domain values for messages: a team of twelve behaviours with whatever names a test gives."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import PeriodKind
from bot.domain.entries import Entry, Recorded
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.milestones import Milestone, MilestoneKind
from bot.domain.nudging.nudges import NudgeFacts, gaps
from bot.domain.progress.pace import Progress, assess
from bot.domain.progress.scorecards import Scorecard
from bot.domain.progress.targets import Scope, TargetSetting
from bot.domain.quantities import unit_named

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
LONDON = RepCalendar(ZoneInfo("Europe/London"))
LONGEST = "W" * 200
"""A name as long as the database lets it be."""
NASTY = "<!channel> & <@U01MORGAN> " * 7
"""The same, of what Slack would act on; grows fivefold where it is escaped."""


def indicator(
    number: int = 1,
    name: str = "First meetings",
    unit: str = "meetings",
    period: PeriodKind = PeriodKind.WEEK,
    drives: int | None = 90,
) -> Indicator:
    kind = IndicatorKind.RESULT if drives is None else IndicatorKind.BEHAVIOUR
    return Indicator(number, kind, name, unit_named(unit), period, (), number, drives)


def progress(
    measured: Indicator | None = None,
    target: int = 5,
    actual: str = "1",
    today_actual: str = "0",
    streak: int = 0,
) -> Progress:
    measured = measured or indicator()
    settings = (TargetSetting(Decimal(target), measured.period, None, Scope.TEAM),)
    done = Decimal(actual), Decimal(today_actual)
    return assess(measured, settings, LONDON, TODAY, *done, streak=streak)


def entry(
    number: int = 1, measured: Indicator | None = None, quantity: str = "3", **more: str
) -> Entry:
    measured = measured or indicator()
    return Entry(number, 7, measured, Decimal(quantity), TODAY, "slack", NOW, **more)  # type: ignore[arg-type]


def twelve(name: str, unit: str = "meetings") -> tuple[Progress, ...]:
    """Twelve behaviours of one name, every second a daily one, all behind."""
    kinds = (PeriodKind.WEEK, PeriodKind.DAY)
    return tuple(
        progress(indicator(number, name, unit, kinds[number % 2]), 10_000, "1", streak=20)
        for number in range(1, 13)
    )


def three_results(name: str) -> tuple[Progress, ...]:
    results = (indicator(90 + n, name, "GBP", PeriodKind.QUARTER, None) for n in range(3))
    return tuple(progress(each, 1_000_000_000, "999999999.99") for each in results)


def scorecard(name: str, user_id: str = "U02RILEY", called: str | None = None) -> Scorecard:
    return Scorecard(user_id, called or name, name, NOW, TODAY, twelve(name), three_results(name))


def recorded(name: str, typed: str) -> Recorded:
    """Twenty entries at once, with everything that can be typed, and every kind of milestone."""
    stands = twelve(name)
    details = {"account": typed[:200], "note": typed, "reason": typed[:500]}
    rows = tuple(
        entry(10**17 + n, stands[n % 12].indicator, "9999.99", **details) for n in range(20)
    )
    praised = tuple(
        Milestone(kind, 1, NOW, TODAY, "U02RILEY", 7, stands[0].indicator, 1000, TODAY)
        for kind in MilestoneKind
    )
    return Recorded(rows, TODAY, TODAY, stands, praised)


def nudge_facts(name: str) -> NudgeFacts:
    return NudgeFacts("U02RILEY", TODAY, gaps(twelve(name)), "09:00", name)
