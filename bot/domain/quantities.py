"""Amounts: their units, how they round and how they are written.

A quantity is a `Decimal` with at most two places: 5 calls, 1.5 hours, 4200.00 of a currency.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum

import iso4217

ZERO = Decimal(0)
ONE = Decimal(1)
CENT = Decimal("0.01")
QUARTER_HOUR = Decimal("0.25")

_HOUR_UNITS = frozenset({"h", "hr", "hrs", "hour", "hours"})
_CURRENCIES = frozenset(currency.value for currency in iso4217.Currency)
_CURRENCY_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


class Measure(StrEnum):
    """What kind of thing a unit counts; it decides how amounts round."""

    COUNT = "count"
    HOURS = "hours"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Unit:
    """How an indicator is measured; `name` stands behind the number ("calls", "hours", "GBP")."""

    name: str
    measure: Measure

    @property
    def step(self) -> Decimal:
        """The smallest amount a target or an ask is rounded to (design §2.2)."""
        return QUARTER_HOUR if self.measure is Measure.HOURS else ONE


def unit_named(name: str) -> Unit:
    """The unit that a playbook's `unit:` names; money where it is an ISO 4217 code or its sign."""
    if name.casefold() in _HOUR_UNITS:
        return Unit(name, Measure.HOURS)
    code = _CURRENCY_SYMBOLS.get(name, name)
    if code in _CURRENCIES:
        return Unit(code, Measure.MONEY)
    return Unit(name, Measure.COUNT)


def round_half_up(amount: Decimal, unit: Unit) -> Decimal:
    """To whole counts or quarter hours, halves upwards (design §2.2)."""
    return (amount / unit.step).quantize(ONE, ROUND_HALF_UP) * unit.step


def round_up(amount: Decimal, unit: Unit) -> Decimal:
    """To the next whole count or quarter hour (design §2.3, ask today)."""
    return (amount / unit.step).quantize(ONE, ROUND_CEILING) * unit.step


def plain(quantity: Decimal) -> str:
    """The shortest way to write a number: "5", "1.5", "4200"."""
    return f"{quantity.normalize() + ZERO:f}"  # the sum because of Decimal("-0")
