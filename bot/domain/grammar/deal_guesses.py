"""What was not understood of a deal: a sentence that says so, and corrected lines."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from rapidfuzz import fuzz, process

from bot.domain.grammar.deals import DEAL_ALONE, amounts_at, outcome_at
from bot.domain.grammar.entries import AND, quantities_at, read_entries
from bot.domain.grammar.names import Names
from bot.domain.grammar.refusals import NotUnderstood
from bot.domain.grammar.requests import Outcome
from bot.domain.grammar.tails import read_tail
from bot.domain.grammar.words import Line, to_slack

LIKE_A_WORD: Final = 75.0
"""Likeness (0…100) from which a single word is taken for a mistyped one."""
PREPOSITIONS: Final = frozenset({"from", "at", "@", "against", "to", "for", "by"})
_COMPETITOR: Final = frozenset({"against", "to"})
"""Behind "lost", what a competitor follows and no account."""


def misread_deal(cut: Line, names: Names, today: date) -> NotUnderstood:
    """Why a line that begins like a deal was not understood."""
    if _goes_on_with_entries(cut, names):
        return NotUnderstood(DEAL_ALONE)
    sentence = "I read a deal, but not all of it. Type it like “won 4200 with Acme”."
    return NotUnderstood(sentence, _deal_guesses(cut, names, today))


def _goes_on_with_entries(cut: Line, names: Names) -> bool:
    """ "won 4200, 2 demos": an amount and a whole name behind a comma or an "and"."""
    separators = (at for at, token in enumerate(cut.tokens) if token.word in AND)
    return any(
        reading.written[0].quantity and not reading.guessed
        for at in separators
        for reading in read_entries(cut, names, at + 1)
    )


def outcome_guess(cut: Line) -> list[str]:
    """ "wonn 4200 with Acme" with the outcome that it resembles."""
    first = cut.tokens[0] if cut.tokens else None
    outcomes = [Outcome.WON.words, Outcome.LOST.words]
    like = first and process.extractOne(
        first.word, outcomes, scorer=fuzz.ratio, score_cutoff=LIKE_A_WORD
    )
    return [to_slack(str(like[0]) + cut.text[first.end :])] if first and like else []


def _deal_guesses(cut: Line, names: Names, today: date) -> Iterator[str]:
    """ "won 2 new customers" as an entry; "won Acme 4200", "won 4200 from Acme" with "with"."""
    found = outcome_at(cut, 0)
    if found is None or found[1] >= len(cut.tokens):
        return
    outcome, behind = found
    stop = body_end(cut, behind, today)
    if any(r.end == stop and not r.guessed for r in read_entries(cut, names, behind, stop)):
        yield to_slack(cut.text[cut.tokens[behind].start :])
        return
    rest = cut.text[cut.tokens[stop].start :] if stop < len(cut.tokens) else ""
    for amount, first, last in _amount_and_account(cut, behind, stop):
        lost_to = outcome is Outcome.LOST and cut.tokens[first - 1].word in _COMPETITOR
        what = "because" if lost_to else "with"
        head = f"{outcome.words} {amount} {what} {cut.slice(first, last)}"
        yield to_slack(f"{' '.join(head.split())} {rest}".strip())


def _amount_and_account(cut: Line, behind: int, stop: int) -> Iterator[tuple[str, int, int]]:
    """An amount, and the words beside it that may be an account, without their preposition."""
    amount, first = next(amounts_at(cut, behind))
    last = list(_amount_last(cut, first, stop)) if amount is None else []
    yield from last
    if last:
        return
    start = first + (cut.tokens[min(first, stop - 1)].word in PREPOSITIONS)
    if start < stop:
        yield amount or "", start, stop


def _amount_last(cut: Line, first: int, stop: int) -> Iterator[tuple[str, int, int]]:
    for at in range(max(first + 1, stop - 3), stop):
        for amount, end in quantities_at(cut, at, stop):
            if end == stop:
                yield amount, first, at - (cut.tokens[at - 1].word == "for" and at - 1 > first)


def body_end(cut: Line, start: int, today: date) -> int:
    """The first token from `start` on where the rest of the line is a tail."""
    return next(
        (at for at in range(start, len(cut.tokens)) if read_tail(cut, at, today) is not None),
        len(cut.tokens),
    )
