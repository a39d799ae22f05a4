"""Reading `won | lost | no decision [amount] [with ACCOUNT] [because REASON] [WHEN] [; NOTE]`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from bot.domain.grammar.entries import quantities_at
from bot.domain.grammar.numbers import Quantity, read_money, read_quantity, typed_decimals
from bot.domain.grammar.requests import GROUPED, Outcome, checked_amount, money_result
from bot.domain.grammar.tails import Tail, read_tail
from bot.domain.grammar.words import Line, normal
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure

_OUTCOMES = {
    ("won",): Outcome.WON,
    ("lost",): Outcome.LOST,
    ("no", "decision"): Outcome.NO_DECISION,
    ("no-decision",): Outcome.NO_DECISION,
    ("nodecision",): Outcome.NO_DECISION,
}
DEAL_ALONE: Final = "A deal has a line to itself: log it and the rest one after the other."
_SURELY_A_SUM: Final = Decimal(100)
"""From which a bare number behind an account's name is rather a sum than part of the name."""
_FIRST_WORDS = frozenset(words[0] for words in _OUTCOMES)
_DEAL = (("a", "deal"), ("the", "deal"), ("deal",), ())


@dataclass(frozen=True, slots=True)
class WrittenDeal:
    """A deal as typed: its outcome, the amount's words and what follows."""

    outcome: Outcome
    amount: str | None
    tail: Tail


def outcome_at(line: Line, start: int) -> tuple[Outcome, int] | None:
    """The outcome that begins at a token, and the token behind it ("a deal" skipped)."""
    if start >= len(line.tokens) or line.tokens[start].word not in _FIRST_WORDS:
        return None
    for words, outcome in _OUTCOMES.items():
        end = start + len(words)
        if _words(line, start, end) == words:
            skipped = next(len(w) for w in _DEAL if _words(line, end, end + len(w)) == w)
            return outcome, end + skipped
    return None


def _words(line: Line, start: int, end: int) -> tuple[str, ...]:
    return tuple(token.word for token in line.tokens[start:end])


def read_deal(line: Line, start: int, today: date) -> WrittenDeal | None:
    """The deal that the tokens from `start` to the end say, None where they say none."""
    found = outcome_at(line, start)
    if found is None:
        return None
    outcome, behind = found
    for amount, end in amounts_at(line, behind):
        tail = read_tail(line, end, today)
        if tail is not None:
            return WrittenDeal(outcome, amount, tail)
    return None


def amounts_at(line: Line, at: int) -> Iterator[tuple[str | None, int]]:
    """The amounts that may stand at a token, longest first; at last none."""
    stop = len(line.tokens)
    first = at + 1 if at < stop and line.tokens[at].word in {"for", "of", ":"} else at
    yield from reversed(quantities_at(line, first, stop))
    yield None, at


def sum_behind(account: str) -> tuple[str, str] | None:
    """ "Acme 4200", "Acme 4200 GBP" as the account and the sum; None where no sum ends it."""
    words = account.split()
    for first in range(max(1, len(words) - 2), len(words)):
        said = " ".join(map(normal, words[first:]))
        found = read_money(said)
        if found is None or not found.amount.is_finite():
            continue
        grouped = typed_decimals(found.amount) == GROUPED  # "1.000" may be a thousand
        if found.currency or grouped or found.amount >= _SURELY_A_SUM:
            return " ".join(words[:first]), said
    return None


def deal_amount(written: str | None, indicators: Sequence[Indicator]) -> Decimal | None:
    """The typed amount, checked against the team's currency where it counts money."""
    quantity: Quantity | None = read_quantity(written, Measure.MONEY) if written else None
    if quantity is None:
        return None
    money = money_result(indicators)
    currency = money.unit.name if money else quantity.currency or ""
    return checked_amount(quantity, Measure.MONEY, currency, "A deal’s amount")
