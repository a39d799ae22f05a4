"""Reading `entry {, entry}`: every way to cut the words into quantities and names, best first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.domain.grammar.names import Found, Names, spans
from bot.domain.grammar.numbers import NUMBER_WORDS, read_quantity
from bot.domain.grammar.words import COMMA, SEMICOLON, Line
from bot.domain.indicators import Indicator

MAX_ENTRIES: Final = 20
"""Entries of one line; more is refused."""
AND: Final = frozenset({COMMA, "and", "&", "+", "plus"})
_FILLER: Final = frozenset({"of", "x", "times", ":", "=", "-", "for"})
_LONGEST_QUANTITY: Final = 5
_STARTS: Final = frozenset("+-.$£€¥₹")


@dataclass(frozen=True, slots=True)
class Written:
    """One entry as typed: the indicator and the quantity's words ("" when left out)."""

    indicator: Indicator
    quantity: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The entries that the tokens up to `end` say."""

    written: tuple[Written, ...]
    end: int

    @property
    def guessed(self) -> int:
        """How many names were given by their beginning only."""
        return sum(not entry.exact for entry in self.written)


def read_entries(
    line: Line, names: Names, start: int = 0, stop: int | None = None, *, glued: bool = False
) -> list[Reading]:
    """Every reading of the tokens from `start` on, whole names and long readings first.

    Entries are separated by commas, new lines or "and"; `glued` lets separators be missing. Linear
    in the number of tokens: each place keeps one reading only.
    """
    stop = len(line.tokens) if stop is None else stop
    starts: dict[int, Reading] = {start: Reading((), start)}
    ends: dict[int, Reading] = {}
    for at in range(start, stop):
        if at in ends:
            following = _after_separators(line, at, stop)
            if following > at or glued:
                _keep(starts, Reading(ends[at].written, following))
        if at in starts and len(starts[at].written) < MAX_ENTRIES:
            for written, end in _entries_at(line, at, stop, names):
                _keep(ends, Reading((*starts[at].written, written), end))
    return sorted(ends.values(), key=lambda reading: (reading.guessed, -reading.end))


def _keep(readings: dict[int, Reading], reading: Reading) -> None:
    known = readings.get(reading.end)
    if known is None or (reading.guessed, len(reading.written)) < (
        known.guessed,
        len(known.written),
    ):
        readings[reading.end] = reading


def _after_separators(line: Line, at: int, stop: int) -> int:
    while at < stop and line.tokens[at].word in AND:
        at += 1
    return at


def _entries_at(line: Line, at: int, stop: int, names: Names) -> Iterator[tuple[Written, int]]:
    """Each entry that may begin at a token, with its end: name first, then quantity first."""
    for indicator, exact, end in _named_at(line, at, stop, names):
        yield Written(indicator, "", exact), end
        filled = end + 1 if _is_filler(line, end, stop) else end
        for quantity, after in quantities_at(line, filled, stop):
            yield Written(indicator, quantity, exact), after
    for quantity, after in quantities_at(line, at, stop):
        for first in (after, after + 1) if _is_filler(line, after, stop) else (after,):
            for indicator, exact, end in _named_at(line, first, stop, names):
                yield Written(indicator, quantity, exact), end


def _is_filler(line: Line, at: int, stop: int) -> bool:
    return at < stop and line.tokens[at].word in _FILLER


def _named_at(
    line: Line, at: int, stop: int, names: Names
) -> Iterator[tuple[Indicator, bool, int]]:
    for spelled, end in spans(line, at, names):
        if end > stop:
            return
        found: Found = names.find(spelled)
        if found.only is not None:
            yield found.only, found.exact, end


def quantities_at(line: Line, at: int, stop: int) -> list[tuple[str, int]]:
    """The quantities that begin at a token and where each ends, shortest first."""
    if at >= stop or not may_be_quantity(line.tokens[at].word):
        return []
    found: list[tuple[str, int]] = []
    words: list[str] = []
    for end in range(at, min(at + _LONGEST_QUANTITY, stop)):
        word = line.tokens[end].word
        if word in {COMMA, SEMICOLON}:
            break
        words.append(word)
        phrase = " ".join(words)
        if read_quantity(phrase) is not None:
            found.append((phrase, end + 1))
    return found


def may_be_quantity(word: str) -> bool:
    """Whether a quantity can begin with this word; quick, so most words are asked only this."""
    return (
        word[0].isdigit()
        or word[0] in _STARTS
        or word in NUMBER_WORDS
        or word in {"half", "nan", "inf", "infinity"}
        or (word[0] == "x" and (len(word) == 1 or word[1].isdigit()))
        or len(word) == 3
    )


def chunks(line: Line, start: int, stop: int) -> Sequence[tuple[int, int]]:
    """The token ranges between separators, empty ones left out."""
    bounds = [start - 1, *(i for i in range(start, stop) if line.tokens[i].word in AND), stop]
    return [(first + 1, last) for first, last in pairwise(bounds) if first + 1 < last]
