"""`/log`: `entry {, entry} [with ACCOUNT] [WHEN] [; NOTE]`, deals and the sub-commands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.domain.grammar.building import deal_request, entries_request
from bot.domain.grammar.days import LONGEST_DAY, read_day
from bot.domain.grammar.deals import outcome_at, read_deal
from bot.domain.grammar.entries import read_entries
from bot.domain.grammar.guesses import misunderstanding
from bot.domain.grammar.names import Names, names_of, spans
from bot.domain.grammar.refusals import NothingKnown, NotUnderstood
from bot.domain.grammar.requests import LogRequest
from bot.domain.grammar.tails import after_commas, read_tail
from bot.domain.grammar.words import MAX_TEXT, Line, from_slack, line
from bot.domain.indicators import Indicator

MAX_CHOICE: Final = 1500
"""Characters of a corrected line: a Slack button's value holds 2000, and a handler adds its own."""
_HELP: Final = frozenset({"help", "?", "-h", "--help"})


@dataclass(frozen=True, slots=True)
class OpenForm:
    """`/log` alone: a form."""


@dataclass(frozen=True, slots=True)
class UndoLast:
    """`/log undo`: take one's own last entry back."""


@dataclass(frozen=True, slots=True)
class ListRecent:
    """`/log list` (or `/log edit`): recent entries, each with undo and edit."""


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """`help` behind any command."""


LogCommand = OpenForm | UndoLast | ListRecent | ShowHelp | LogRequest

_WORDS: Final[dict[str, OpenForm | UndoLast | ListRecent]] = {
    "": OpenForm(),
    "undo": UndoLast(),
    "undo last": UndoLast(),
    "undo that": UndoLast(),
    "list": ListRecent(),
    "edit": ListRecent(),
}


def is_help(text: str) -> bool:
    """Whether a command's text asks for help."""
    return text.strip().casefold() in _HELP


def parse_log_command(text: str, indicators: Sequence[Indicator], today: date) -> LogCommand:
    """What `/log` with this text asks for; raises what `parse_log` raises."""
    if is_help(text):
        return ShowHelp()
    words = " ".join(text.casefold().split()) if len(text) <= MAX_TEXT else text
    return _WORDS.get(words) or parse_log(text, indicators, today)


def parse_log(text: str, indicators: Sequence[Indicator], today: date) -> LogRequest:
    """The entries or the deal that a line says, all of it or nothing.

    `text` is as Slack sends it (escaped); `indicators` are the team's active ones; `today` is the
    rep's local date. Raises `NotUnderstood`, with whole corrected lines where a good guess exists.
    """
    names = names_of(indicators)
    plain = _readable(text, names)
    try:
        request = understood(plain, names, today)
        if request is None:
            raise misunderstanding(plain, names, today)
    except NotUnderstood as refusal:
        works = (choice for choice in refusal.choices if _works(choice, names, today))
        kind = NothingKnown if isinstance(refusal, NothingKnown) else NotUnderstood
        raise kind(refusal.sentence, dict.fromkeys(works)) from None
    return request


def _works(corrected: str, names: Names, today: date) -> bool:
    if len(corrected) > MAX_CHOICE:
        return False
    try:
        return understood(_readable(corrected, names), names, today) is not None
    except NotUnderstood:
        return False


def _readable(text: str, names: Names) -> str:
    if len(text) > MAX_TEXT:
        raise NotUnderstood(
            f"That’s {len(text):,} characters: keep a line to {MAX_TEXT:,}, its note included."
        )
    if not names.indicators:
        raise NotUnderstood(
            "Your team has nothing to log yet. Its manager can add behaviours with /coach setup."
        )
    return _unwrapped(from_slack(text).strip())


def _unwrapped(text: str) -> str:
    """A line copied from an example: its backticks and the command's own name left out."""
    if len(text) > 2 and text[0] == text[-1] == "`":
        text = text[1:-1].strip()
    return text.removeprefix("/log ").strip()


def understood(text: str, names: Names, today: date) -> LogRequest | None:
    """The request that plain text says without any guessing, None where it isn't understood.

    Raises `NotUnderstood` where it is understood but can't be recorded (a day to come, 0 calls).
    """
    tight = line(text)
    request = _read(tight, 0, names, today)
    if request is None:
        request = _read(line(text, loose=True), 0, names, today)
    return _after_leading_day(tight, names, today) if request is None else request


def _read(cut: Line, start: int, names: Names, today: date) -> LogRequest | None:
    ended = outcome_at(cut, start)
    if ended and not _names_more(cut, start, ended[1], names):
        return _deal(cut, start, names, today)
    return _entries(cut, start, names, today) or (ended and _deal(cut, start, names, today)) or None


def _names_more(cut: Line, start: int, end: int, names: Names) -> bool:
    """Whether a whole name goes on beyond "won" or "lost", as "Lost customers" does."""
    return any(
        stop > end and names.find(spelled).exact for spelled, stop in spans(cut, start, names)
    )


def _deal(cut: Line, start: int, names: Names, today: date) -> LogRequest | None:
    written = read_deal(cut, start, today)
    return None if written is None else deal_request(written, names, today)


def _entries(cut: Line, start: int, names: Names, today: date) -> LogRequest | None:
    for reading in read_entries(cut, names, start):
        tail = read_tail(cut, reading.end, today)
        if tail is not None:
            return entries_request(reading.written, tail, names, today)
    return None


def _after_leading_day(cut: Line, names: Names, today: date) -> LogRequest | None:
    """A line that begins with its day: "yesterday 5 calls", "tue: 2 demos"."""
    for end in range(min(LONGEST_DAY, len(cut.tokens) - 1), 0, -1):
        when = read_day(" ".join(cut.words(0, end)), today)
        if when is None:
            continue
        for reading in read_entries(cut, names, after_commas(cut, end)):
            tail = read_tail(cut, reading.end, today)
            if tail is not None and tail.when is None:
                return entries_request(reading.written, replace(tail, when=when), names, today)
    return None
