"""What was not understood: a sentence that says so, and corrected lines for good guesses."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rapidfuzz import fuzz, process

from bot.domain.grammar.building import entries_request
from bot.domain.grammar.days import DAY_WORDS, read_day
from bot.domain.grammar.deal_guesses import (
    LIKE_A_WORD,
    PREPOSITIONS,
    body_end,
    misread_deal,
    outcome_guess,
)
from bot.domain.grammar.deals import DEAL_ALONE, outcome_at
from bot.domain.grammar.entries import (
    MAX_ENTRIES,
    Written,
    chunks,
    quantities_at,
    read_entries,
)
from bot.domain.grammar.names import Names, joined
from bot.domain.grammar.numbers import NUMBER_WORDS
from bot.domain.grammar.printing import print_log
from bot.domain.grammar.refusals import NothingKnown, NotUnderstood, listed, quoted
from bot.domain.grammar.tails import Tail, read_tail
from bot.domain.grammar.words import Line, line
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure

_MOST_WORDS: Final = 3
"""Words before an entry that a guess leaves out."""
_ROUGHLY: Final = frozenset({"half", "few", "several", "couple", "dozen", "many", "no", "not"})
"""Words that say something about the amount: none that a guess may leave out."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A part of the line, the readings that it may have, and what to say where it isn't clear."""

    readings: tuple[tuple[Written, ...], ...]
    sentence: str = ""


def misunderstanding(text: str, names: Names, today: date) -> NotUnderstood:
    """Why a line was not understood, with corrected lines that have still to be tried."""
    cut = line(text)
    if outcome_at(cut, 0):
        return misread_deal(cut, names, today)
    sentence, lines = _entry_guesses(cut, names, today)
    kind = NothingKnown if sentence.endswith(_how_to(names)) else NotUnderstood
    return kind(sentence, lines or outcome_guess(cut))


def _entry_guesses(cut: Line, names: Names, today: date) -> tuple[str, list[str]]:
    if read_tail(cut, 0, today) is not None:
        return f"What was it? {_how_to(names)}", []
    stop = body_end(cut, 1, today)
    mended = _located(cut, stop, names, today) or _dated(cut, stop, names, today)
    if mended:
        return mended[0], [mended[1]]
    parts = chunks(cut, 0, stop)
    if len(parts) > MAX_ENTRIES:
        return f"That is more than {MAX_ENTRIES} entries: send them in several lines.", []
    doubts = [_doubt(cut, first, last, names, today) for first, last in parts]
    sentence = (
        next((d.sentence for d in doubts if d.sentence), "")
        or f"I could not read all of that. {_how_to(names)}"
    )
    tail = read_tail(cut, stop, today)
    if not doubts or tail is None or not all(doubt.readings for doubt in doubts):
        unknown = next((d.sentence for d in doubts if not d.readings), sentence)
        return unknown, []
    return sentence, list(_lines(doubts, tail, names, today))


def _located(cut: Line, stop: int, names: Names, today: date) -> tuple[str, str] | None:
    """ "5 calls at Acme" with its "with"."""
    tail = read_tail(cut, stop, today)
    for at in range(1, stop - 1):
        if cut.tokens[at].word in PREPOSITIONS and tail and tail.account is None:
            located = replace(tail, account=cut.slice(at + 1, stop))
            if mended := _line_of(cut, at, located, names, today):
                return "An account stands behind “with”.", mended
    return None


def _dated(cut: Line, stop: int, names: Names, today: date) -> tuple[str, str] | None:
    """ "5 calls yesturday" with the day that it resembles."""
    tail = read_tail(cut, stop, today)
    last = cut.tokens[stop - 1].word
    like = process.extractOne(last, DAY_WORDS, scorer=fuzz.ratio, score_cutoff=LIKE_A_WORD)
    if like is None or tail is None or tail.when is not None:
        return None
    when = read_day(str(like[0]), today)
    mended = _line_of(cut, stop - 1, replace(tail, when=when), names, today)
    return (f"I don’t know {quoted(last)}. Did you mean {like[0]}?", mended) if mended else None


def _line_of(cut: Line, end: int, tail: Tail, names: Names, today: date) -> str | None:
    """The line for the entries up to a token, if that is where they end, and this tail."""
    for reading in read_entries(cut, names, 0, end):
        if reading.end == end:
            request = entries_request(reading.written, tail, names, today)
            return print_log(request, today, names.indicators)
    return None


def _lines(doubts: list[Doubt], tail: Tail, names: Names, today: date) -> Iterator[str]:
    """One corrected line for each reading of the first part that has several."""
    most = max(len(doubt.readings) for doubt in doubts)
    for nth in range(most):
        chosen = [doubt.readings[nth % len(doubt.readings)] for doubt in doubts]
        written = tuple(entry for reading in chosen for entry in reading)
        yield print_log(entries_request(written, tail, names, today), today, names.indicators)


def _doubt(cut: Line, first: int, last: int, names: Names, today: date) -> Doubt:
    for glued in (False, True):
        for reading in read_entries(cut, names, first, last, glued=glued):
            if reading.end == last:
                sentence = "Put a comma between two entries." if glued else ""
                return Doubt((reading.written,), sentence)
    if outcome_at(cut, first):
        return Doubt((), DEAL_ALONE)
    if _has_its_own_day(cut, first, last, names, today):
        return Doubt((), "One day a line: send the entries of each day by themselves.")
    doubts = []
    for quantity, start, end in _quantities_around(cut, first, last):
        if start == end:
            return Doubt((), f"{quoted(cut.slice(first, last))} of what? {_how_to(names)}")
        doubts.append(_named_nearly(cut, start, end, quantity, names))
    doubts.append(_named_nearly(cut, first, last, "", names))
    return next((doubt for doubt in doubts if doubt.readings), None) or (
        _behind_more_words(cut, first, last, names) or doubts[0]
    )


def _behind_more_words(cut: Line, first: int, last: int, names: Names) -> Doubt | None:
    """ "I made 5 calls": an amount and a whole name behind words that say no amount."""
    for at in range(first + 1, min(first + _MOST_WORDS, last - 1) + 1):
        said = cut.tokens[at - 1].word
        if said in NUMBER_WORDS or said in _ROUGHLY or _digits(said):
            return None
        for reading in read_entries(cut, names, at, last):
            entry = reading.written[0]
            if reading.end == last and entry.quantity and not reading.guessed:
                sentence = f"I don’t know {quoted(cut.slice(first, at))}. Did you mean just this?"
                return Doubt((reading.written,), sentence)
    return None


def _has_its_own_day(cut: Line, first: int, last: int, names: Names, today: date) -> bool:
    ends = (reading.end for reading in read_entries(cut, names, first, last))
    return any(read_day(" ".join(cut.words(end, last)), today) is not None for end in ends)


def _quantities_around(cut: Line, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """The quantity at the beginning or the end of a part, and where the rest of it lies."""
    for quantity, end in quantities_at(cut, first, last):
        of = end < last and cut.tokens[end].word in {"of", "x"}
        yield quantity, end + of, last
    for at in range(max(first + 1, last - 3), last):
        for quantity, end in quantities_at(cut, at, last):
            if end == last:
                yield quantity, first, at


def _named_nearly(cut: Line, start: int, end: int, quantity: str, names: Names) -> Doubt:
    phrase = cut.slice(start, end)
    several = names.find(joined(cut.tokens[start:end])).indicators
    if several:
        choice = listed([indicator.name for indicator in several])
        sentence = f"{quoted(phrase)} could be {choice}: type more of the name."
        return Doubt(_each(several[:3], quantity), sentence)
    like = tuple(i for i in names.like(phrase) if _digits(phrase) <= _digits(_all_names(i)))
    if like:
        asked = listed([indicator.name for indicator in like])
        return Doubt(_each(like, quantity), f"I don’t know {quoted(phrase)}. Did you mean {asked}?")
    return Doubt((), f"I don’t know {quoted(phrase)}. {_how_to(names)}")


def _each(indicators: tuple[Indicator, ...], quantity: str) -> tuple[tuple[Written, ...], ...]:
    return tuple((Written(indicator, quantity, exact=False),) for indicator in indicators)


def _digits(text: str) -> set[str]:
    """Digits in words that a guess may not drop: "3-4 calls" is not "calls"."""
    return {character for character in text if character.isnumeric()}


def _all_names(indicator: Indicator) -> str:
    return " ".join((indicator.name, *indicator.aliases))


def _how_to(names: Names) -> str:
    """What this team can log, with an example to copy."""
    behaviours = [i for i in names.indicators if not i.is_result] or list(names.indicators)
    first = behaviours[0]
    amount = "1h30" if first.unit.measure is Measure.HOURS else "2"
    example = quoted(f"{amount} {first.name}")
    return f"You can log {listed([i.name for i in behaviours])}, like {example}."
