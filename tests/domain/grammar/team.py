"""A team's indicators, among them names that a grammar could trip over, and short ways to read."""

from datetime import date

import pytest

from bot.domain.days.periods import PeriodKind
from bot.domain.grammar.log import parse_log
from bot.domain.grammar.refusals import NotUnderstood
from bot.domain.grammar.requests import LogRequest
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.quantities import plain, unit_named

TODAY = date(2026, 11, 23)
"""A Monday."""


def indicator(
    position: int, name: str, unit: str, *aliases: str, result: bool = False
) -> Indicator:
    kind = IndicatorKind.RESULT if result else IndicatorKind.BEHAVIOUR
    return Indicator(
        position, kind, name, unit_named(unit), PeriodKind.WEEK, aliases, position=position
    )


TEAM = (
    indicator(1, "First meetings", "meetings", "meeting", "fm"),
    indicator(2, "Prospecting calls", "calls", "call"),
    indicator(3, "Demos", "demos"),
    indicator(4, "Demos with CFO", "demos"),
    indicator(5, "Selling time", "hours", "prospecting"),
    indicator(6, "Follow-ups kept", "follow-ups"),
    indicator(7, "Opportunities identified", "opportunities"),
    indicator(8, "1st visits", "visits"),
    indicator(9, "Calls, cold", "calls"),
    indicator(10, "Événements", "events"),
    indicator(20, "New customers", "customers", result=True),
    indicator(21, "Revenue", "GBP", result=True),
    indicator(22, "Lost customers", "customers", result=True),
)


def read(text: str, today: date = TODAY) -> LogRequest:
    return parse_log(text, TEAM, today)


def amounts(text: str) -> list[tuple[str, str]]:
    """The entries of a line as (quantity, name)."""
    return [(plain(e.quantity), e.indicator.name) for e in read(text).entries]


def refused(text: str, today: date = TODAY) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as refusal:
        read(text, today)
    return refusal.value
