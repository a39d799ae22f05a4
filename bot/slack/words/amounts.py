"""Amounts, days and periods in words. Whatever a user once typed comes back escaped."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from bot.domain.days.periods import Period, PeriodKind, short_day
from bot.domain.indicators import Indicator
from bot.domain.progress.pace import Progress
from bot.domain.quantities import ONE, ZERO, Measure, Unit
from bot.slack.escaping import escaped
from bot.slack.rendering import shortened

LONGEST_NAME: Final = 80
"""Characters of a name inside a message; as long as a playbook lets one be."""
_LONGEST_UNIT: Final = 40
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def name(indicator: Indicator, most: int = LONGEST_NAME) -> str:
    """What an indicator is called, escaped."""
    return escaped(shortened(indicator.name, most))


def number(quantity: Decimal) -> str:
    """ "1,234.5": grouped, without empty decimals."""
    return f"{quantity.normalize() + ZERO:,f}"


def money(quantity: Decimal) -> str:
    """ "4,200", "4,200.50": a sum without its currency, cents in two digits or not at all."""
    return f"{quantity:,.2f}" if quantity % ONE else number(quantity)


def figure(quantity: Decimal, unit: Unit) -> str:
    """A quantity without its unit, as this unit writes numbers."""
    return money(quantity) if unit.measure is Measure.MONEY else number(quantity)


def amount(quantity: Decimal, unit: Unit) -> str:
    """A quantity with its unit, plain: "5 calls", "1.5 h", "GBP 4,200"."""
    if unit.measure is Measure.HOURS:
        return f"{number(quantity)} h"
    if unit.measure is Measure.MONEY:
        return f"{unit.name} {money(quantity)}"
    return f"{number(quantity)} {shortened(unit.name, _LONGEST_UNIT)}"


def logged(quantity: Decimal, indicator: Indicator, most: int = LONGEST_NAME) -> str:
    """An entry, plain: "5 × First meetings", "1.5 h of Selling time"."""
    what = shortened(indicator.name, most)
    if indicator.unit.measure is Measure.COUNT:
        return f"{number(quantity)} × {what}"
    return f"{amount(quantity, indicator.unit)} of {what}"


def day_words(day: date, today: date) -> str:
    """ "today", "yesterday", "Tue 17 Nov", with the year where it is another one."""
    if day == today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    return short_day(day) + ("" if day.year == today.year else f" {day.year}")


def period_words(period: Period, today: date) -> str:
    """ "this week" while it lasts; else which one: "the week of Mon 9 Nov", "Q3 2026"."""
    if today in period:
        return "today" if period.kind is PeriodKind.DAY else f"this {period.kind.value}"
    match period.kind:
        case PeriodKind.DAY:
            return day_words(period.start, today)
        case PeriodKind.WEEK:
            return f"the week of {day_words(period.start, today)}"
        case PeriodKind.MONTH:
            return f"{period.start:%B %Y}"
        case PeriodKind.QUARTER:
            return f"Q{(period.start.month + 2) // 3} {period.start.year}"
        case PeriodKind.YEAR:
            return str(period.start.year)


def ordinal(count: int) -> str:
    """ "1st", "2nd", "11th"."""
    teens = count % 100 in {11, 12, 13}
    return f"{count}{'th' if teens else _ORDINALS.get(count % 10, 'th')}"


def streak_unit(indicator: Indicator) -> str:
    """What a streak of it counts: "day" for a daily behaviour, else its period."""
    return indicator.period.value


def is_daily(progress: Progress) -> bool:
    """Whether today has a target of its own beside the week's (design §2.3)."""
    return progress.today_target is not None
