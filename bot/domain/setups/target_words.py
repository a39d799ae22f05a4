"""A target as people say it: "40 calls a day", "1h30 a week", "USD 90,000 a quarter"."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.grammar.numbers import Quantity, read_quantity
from bot.domain.grammar.requests import check_writing
from bot.domain.grammar.words import normal
from bot.domain.playbook.amounts import amount_faults
from bot.domain.playbook.names import MAX_UNIT, default_unit
from bot.domain.quantities import ZERO, Measure, Unit, unit_named

_EACH: Final = frozenset({"a", "an", "per", "each", "every", "/", "one"})
_PERIODS: Final = {kind.value: kind for kind in PeriodKind} | {
    "daily": PeriodKind.DAY,
    "weekly": PeriodKind.WEEK,
    "wk": PeriodKind.WEEK,
    "monthly": PeriodKind.MONTH,
    "quarterly": PeriodKind.QUARTER,
    "yearly": PeriodKind.YEAR,
    "annually": PeriodKind.YEAR,
}
_HOW: Final = "Write how many and how often, like “5 a week”, “40 calls a day” or “5 hours a week”."


@dataclass(frozen=True, slots=True)
class Target:
    """An amount, its unit, and over which period it is expected of one rep."""

    amount: Decimal
    unit: Unit
    period: PeriodKind


def read_target(typed: str, name: str, usual: PeriodKind) -> Target:
    """What the words say. The unit is the name where none is said, the period the `usual` one.

    Raises Refusal for what is no target.
    """
    words = typed.replace("/", " / ").split()
    period = _period(words)
    amount, unit = _amount(words)
    for fault in amount_faults((), amount):
        raise Refusal(f"A target {fault.sentence}.")
    if len(unit) > MAX_UNIT:
        raise Refusal(f"“{unit[:MAX_UNIT]}…” is too long for a unit: use {MAX_UNIT} characters.")
    return Target(amount, unit_named(unit) if unit else default_unit(name), period or usual)


def target_words(target: Target) -> str:
    """The words that say it."""
    return f"{amount_words(target.amount, target.unit)} a {target.period.value}"


def amount_words(amount: Decimal, unit: Unit) -> str:
    """An amount with its unit, as `read_target` reads it back."""
    number = f"{amount.normalize() + ZERO:,f}"
    if unit.measure is Measure.MONEY:
        return f"{unit.name} {number}"
    return f"{number} {unit.name}"


def _period(words: list[str]) -> PeriodKind | None:
    """Takes the period off the end."""
    if not words:
        return None
    period = _PERIODS.get(normal(words[-1]))
    if period is not None:
        words.pop()
        if len(words) > 1 and normal(words[-1]) in _EACH:
            words.pop()
    return period


def _amount(words: list[str]) -> tuple[Decimal, str]:
    """The number and the unit behind (or, for a currency, before) it; "" where none is said."""
    spoken = [normal(word) for word in words]
    whole = _quantity(spoken, Measure.MONEY) or _quantity(spoken, Measure.COUNT)
    if whole is not None:
        said = "hours" if whole.measure is Measure.HOURS else whole.currency or ""
        return whole.amount, said
    first = _quantity(spoken[:1], Measure.COUNT)
    if first is None or first.measure is not None:
        raise Refusal(_HOW)
    return first.amount, " ".join(words[1:])


def _quantity(words: list[str], measure: Measure) -> Quantity | None:
    quantity = read_quantity(" ".join(words), measure) if words else None
    if quantity is not None:
        check_writing(quantity, "A target")
    return quantity
