"""What a `/log` line asks for, as values, and the limits that each amount keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from bot.domain.grammar.days import MONTHS
from bot.domain.grammar.numbers import MOST_DECIMALS, Quantity, same_currency, typed_decimals
from bot.domain.grammar.refusals import NotUnderstood, quoted
from bot.domain.indicators import Indicator
from bot.domain.quantities import CENT, ONE, ZERO, Measure, plain

LIMITS: Final = {
    Measure.COUNT: Decimal(10_000),
    Measure.HOURS: Decimal(24),
    Measure.MONEY: Decimal(1_000_000_000),
}
"""The largest amount of one entry."""
GROUPED: Final = 3
"""Digits that a point may group ("1.000")."""
_THOUSAND: Final = Decimal(1000)
MAX_DAYS_BACK: Final = 31
"""Days back that can still be logged, the 31st included (interface.md, WHEN)."""
MAX_ACCOUNT: Final = 200
MAX_REASON: Final = 500
MAX_NOTE: Final = 1000
"""Characters of an account, a reason and a note."""


class Outcome(StrEnum):
    """How a deal ended (method.md, "Outcomes of a deal")."""

    WON = "won"
    LOST = "lost"
    NO_DECISION = "no_decision"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal that ended: its amount in the team's currency, and why, where these were said."""

    outcome: Outcome
    amount: Decimal | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedAmount:
    """One row to record: so much of one indicator; 0 only for a deal that was not won."""

    indicator: Indicator
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class LogRequest:
    """A whole line, understood and within limits.

    `day` is the rep's local date. For a deal `entries` are the rows that it makes, in order: one of
    the team's first count result, then its amount of the first money result.
    """

    entries: tuple[LoggedAmount, ...]
    day: date
    deal: Deal | None = None
    account: str | None = None
    note: str | None = None


class DoubtfulAmount(NotUnderstood):
    """An amount typed with more than two decimals, or like 1e3; `readings` it may have had."""

    def __init__(self, sentence: str, readings: Sequence[Decimal]) -> None:
        super().__init__(sentence)
        self.readings = tuple(readings)


def checked_amount(quantity: Quantity, measure: Measure, currency: str, name: str) -> Decimal:
    """The amount, if an entry may have it; a kind refusal otherwise."""
    if quantity.measure is Measure.HOURS and measure is not Measure.HOURS:
        raise NotUnderstood(f"{name} is not measured in hours: type a number, like 5.")
    if quantity.currency and measure is not Measure.MONEY:
        raise NotUnderstood(f"{name} is not counted in money: type a number, like 5.")
    if quantity.currency and not same_currency(quantity.currency, currency):
        raise NotUnderstood(f"{name} is counted in {currency}: give the amount in {currency}.")
    _within_limits(quantity.amount, measure, name)
    check_writing(quantity, name, LIMITS[measure])
    return quantity.amount


def _within_limits(amount: Decimal, measure: Measure, name: str) -> None:
    limit = LIMITS[measure]
    if amount.is_nan() or (amount <= ZERO and not amount.is_infinite()):
        raise NotUnderstood(f"{name} needs a number above 0: nothing was recorded.")
    if amount > limit or amount.is_infinite():
        unit = " hours" if measure is Measure.HOURS else ""
        raise NotUnderstood(f"{name} takes at most {limit:,}{unit} an entry: check the number.")


def check_writing(quantity: Quantity, name: str, limit: Decimal = LIMITS[Measure.MONEY]) -> None:
    """Raises DoubtfulAmount unless it was typed in digits with up to two decimals (interface.md).

    Zeros count: 1.000 is a thousand where a point groups, and one where a comma does. An amount
    outside 0 … `limit` is left to other checks.
    """
    amount = quantity.amount
    if amount.is_nan() or not ZERO < amount <= limit:
        return
    readings = readings_of(amount, limit)
    if not readings and not quantity.scientific:
        return
    how = "digits alone" if quantity.scientific else "two decimals at most"
    readings = readings or (amount,)
    meant = " or ".join(map(plain, readings))
    raise DoubtfulAmount(f"{name} takes {how}: type {meant}.", readings)


def readings_of(amount: Decimal, limit: Decimal) -> tuple[Decimal, ...]:
    """What a positive amount with more than two decimals may mean, likeliest first; else nothing.

    Nobody types a zero that says nothing, so 1.500 is rather a thousand than 1.5.
    """
    decimals = typed_decimals(amount)
    if decimals <= MOST_DECIMALS:
        return ()
    rounded = max(amount.quantize(CENT, ROUND_HALF_UP), CENT)
    thousands = amount * _THOUSAND
    if decimals != GROUPED or not ONE <= amount < _THOUSAND or thousands > limit:
        return (rounded,)
    return (thousands, rounded) if amount == rounded else (rounded, thousands)


def checked_day(when: date | None, today: date) -> date:
    """The day to record on; the future and more than 31 days back are refused with a reason."""
    if when is None:
        return today
    said = f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    if when > today:
        raise NotUnderstood(f"{said} is still to come: log it when it has happened.")
    oldest = today - timedelta(days=MAX_DAYS_BACK)
    if when < oldest:
        raise NotUnderstood(
            f"{said} is more than {MAX_DAYS_BACK} days ago: the oldest day that can still be "
            f"logged is {oldest.day} {MONTHS[oldest.month - 1]}."
        )
    return when


def checked_text(text: str | None, limit: int, what: str) -> str | None:
    """An account, reason or note, if it is short enough to keep."""
    if text is not None and len(text) > limit:
        raise NotUnderstood(
            f"The {what} {quoted(text)} has {len(text):,} characters: shorten it to {limit:,}."
        )
    return text


def deal_entries(deal: Deal, indicators: Sequence[Indicator]) -> tuple[LoggedAmount, ...]:
    """The rows that a deal makes.

    One that was won: 1 of the first count result and its amount of the first money result; one that
    was not: 0 of the first result.

    Refused where the team has no result, or where only money is counted and no amount is given.
    """
    results = sorted((i for i in indicators if i.is_result), key=lambda i: (i.position, i.id))
    if not results:
        raise NotUnderstood(
            "Your team has no result that a deal counts towards. "
            "Its manager can add one with /coach setup."
        )
    if deal.outcome is not Outcome.WON:
        return (LoggedAmount(results[0], ZERO),)
    counted = next((i for i in results if i.unit.measure is Measure.COUNT), None)
    money = money_result(results)
    rows = [LoggedAmount(counted, ONE)] if counted else []
    if money and deal.amount is not None:
        rows.append(LoggedAmount(money, deal.amount))
    if not rows:
        raise NotUnderstood(
            "How much was it? Type the amount behind won, like “won 4200 with Acme”."
        )
    return tuple(rows)


def money_result(indicators: Sequence[Indicator]) -> Indicator | None:
    """The team's first result in money, which a deal's amount counts towards."""
    results = sorted((i for i in indicators if i.is_result), key=lambda i: (i.position, i.id))
    return next((i for i in results if i.unit.measure is Measure.MONEY), None)


def written_amount(entry: LoggedAmount) -> str:
    """A quantity as one types it: "5", "1.5h"."""
    unit = "h" if entry.indicator.unit.measure is Measure.HOURS else ""
    return plain(entry.quantity) + unit


def written_entry(entry: LoggedAmount) -> str:
    """An entry as one types it: "5 Prospecting calls"."""
    return f"{written_amount(entry)} {entry.indicator.name}"
