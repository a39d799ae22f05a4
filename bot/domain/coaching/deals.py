"""How deals ended, and why: each reason points at a behaviour (method.md, "Outcomes of a deal")."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

from bot.domain.grammar.requests import Outcome
from bot.domain.indicators import Indicator

WEEKS: Final = 12
FEWEST: Final = 10
"""Deals below which a share says nothing."""
REFERENCE: Final = {Outcome.WON: 46.9, Outcome.LOST: 29.3, Outcome.NO_DECISION: 23.8}
"""Per cent of forecast deals in one study of 2016; a context, never a target (method.md)."""
_MOST_OTHERS: Final = 5


class Weakness(StrEnum):
    """What a lost or undecided deal lacked, of the five that each point at a behaviour."""

    BUYING_PROCESS = "buying process not understood"
    DECISION_MAKERS = "not all decision makers reached"
    NEEDS = "needs analysis too thin"
    DIFFERENCE = "no difference shown against the competition"
    BUSINESS_CASE = "no business case"

    @property
    def remedy(self) -> str:
        """The behaviour that it points at."""
        return _REMEDIES[self]


_REMEDIES: Final = {
    Weakness.BUYING_PROCESS: "ask how they buy, in the first meeting",
    Weakness.DECISION_MAKERS: "account plans: map who decides and who influences",
    Weakness.NEEDS: "conversations: more questions before the demo",
    Weakness.DIFFERENCE: "demos: show what only you do",
    Weakness.BUSINESS_CASE: "proposals: put their numbers into it",
}
_SIGNS: Final = {
    Weakness.DECISION_MAKERS: (
        "decision maker decisionmaker decider stakeholder champion sponsor influencer gatekeeper "
        "wrong person boss board cfo ceo cto management"
    ),
    Weakness.BUYING_PROCESS: "process procurement purchasing legal tender rfp approval compliance",
    Weakness.BUSINESS_CASE: "business case budget price pricing expensive cost roi money value",
    Weakness.DIFFERENCE: "competit competition competitor rival incumbent difference differentiat",
    Weakness.NEEDS: "need requirement fit feature discovery qualif pain understand",
}
"""Words, or how they begin, in the order in which they are looked for."""
_TWO_WORDS: Final = ("decision maker", "business case", "wrong person")
_BEHAVIOURS: Final = {
    Weakness.BUYING_PROCESS: ("first meeting", "discovery", "qualif"),
    Weakness.DECISION_MAKERS: ("account plan", "stakeholder", "decision"),
    Weakness.NEEDS: ("conversation", "discovery", "needs"),
    Weakness.DIFFERENCE: ("demo", "presentation"),
    Weakness.BUSINESS_CASE: ("proposal", "business case", "quote"),
}
"""How a playbook's own behaviour for it may be called."""


@dataclass(frozen=True, slots=True)
class EndedDeal:
    """One deal that ended; `reason` as somebody typed it."""

    outcome: Outcome
    reason: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of all, in per cent, with the interval that holds the true share in 19 of 20."""

    count: int
    percent: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How often deals were lost, or left undecided, for one reason.

    `behaviour` is the team's own that it points at, where its name says so.
    """

    weakness: Weakness
    count: int
    behaviour: Indicator | None = None


@dataclass(frozen=True, slots=True)
class DealFacts:
    """A team's ended deals over `weeks` weeks; the commonest reasons first.

    `others` are reasons of no known kind, as typed and how often; `unexplained` are lost or
    undecided deals without any.
    """

    shares: dict[Outcome, Share]
    reasons: tuple[ReasonCount, ...]
    others: tuple[tuple[str, int], ...]
    unexplained: int
    weeks: int = WEEKS

    @property
    def total(self) -> int:
        return sum(share.count for share in self.shares.values())

    @property
    def says_something(self) -> bool:
        """Whether there are enough deals for shares."""
        return self.total >= FEWEST


def deal_facts(deals: Sequence[EndedDeal], behaviours: Sequence[Indicator]) -> DealFacts:
    """What a team's ended deals say together."""
    counts = Counter(deal.outcome for deal in deals)
    unwon = [deal for deal in deals if deal.outcome is not Outcome.WON]
    known = Counter(found for deal in unwon if (found := weakness_in(deal.reason)) is not None)
    others = Counter(
        _normal(deal.reason) for deal in unwon if deal.reason and weakness_in(deal.reason) is None
    )
    return DealFacts(
        {outcome: share_of(counts[outcome], len(deals)) for outcome in Outcome},
        tuple(
            ReasonCount(weakness, count, _behaviour(weakness, behaviours))
            for weakness, count in known.most_common()
        ),
        tuple(others.most_common(_MOST_OTHERS)),
        sum(1 for deal in unwon if not deal.reason),
    )


def weakness_in(reason: str | None) -> Weakness | None:
    """Which of the five a reason speaks of, None if none of them."""
    text = _normal(reason or "")
    words = text.split()
    for weakness, signs in _SIGNS.items():
        pairs = [pair for pair in _TWO_WORDS if set(pair.split()) <= set(signs.split())]
        single = [sign for sign in signs.split() if not any(sign in pair for pair in pairs)]
        if any(pair in text for pair in pairs):
            return weakness
        if any(word.startswith(sign) for word in words for sign in single):
            return weakness
    return None


def share_of(count: int, total: int) -> Share:
    """A share with Wilson's interval."""
    if not total:
        return Share(0, 0.0, 0.0, 100.0)
    z = 1.959964
    rate, scale = count / total, 1 + z**2 / total
    middle = (rate + z**2 / (2 * total)) / scale
    reach = z * sqrt(rate * (1 - rate) / total + z**2 / (4 * total**2)) / scale
    low, high = max(0.0, middle - reach), min(1.0, middle + reach)
    return Share(count, 100 * rate, 100 * low, 100 * high)


def _behaviour(weakness: Weakness, behaviours: Iterable[Indicator]) -> Indicator | None:
    signs = _BEHAVIOURS[weakness]
    named = (each for each in behaviours if any(sign in each.name.casefold() for sign in signs))
    return next(named, None)


def _normal(reason: str) -> str:
    """The same reason, however it was typed."""
    kept = "".join(letter if letter.isalnum() else " " for letter in reason.casefold())
    return " ".join(kept.split())
