"""What a message that somebody found worth logging seems to tell: a start for a form, no more.

A message that `/log` would take is taken as it stands. In any other, the one behaviour that it
names, a capitalised account behind "with", and the text itself as the note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.grammar.entries import Written, read_entries
from bot.domain.grammar.log import parse_log
from bot.domain.grammar.names import Names, names_of
from bot.domain.grammar.refusals import NotUnderstood
from bot.domain.grammar.requests import (
    MAX_ACCOUNT,
    MAX_DAYS_BACK,
    MAX_NOTE,
    LogRequest,
    written_amount,
)
from bot.domain.grammar.words import WITH, Line, from_slack, line
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure

_READ: Final = 1500
"""Characters of a message in which a behaviour is looked for."""
_LONGEST_ENTRY: Final = 10
"""Words of an amount and a name."""
_MOST_IN_ACCOUNT: Final = 5
_LONGEST_AMOUNT: Final = 40
_ARTICLES: Final = frozenset({"the", "a", "an", "our", "my"})
_NAMELESS = re.compile(r"<[@#!][^<>|]*>")
"""Mentions that come without the name that the person saw."""
_PROPER = re.compile(r"[^\W_a-z]|\d")
_ENDS = ".!?:)"


@dataclass(frozen=True, slots=True)
class Clipping:
    """Values for the form's fields; None where the message doesn't tell. `quantity` is as typed."""

    day: date
    indicator: Indicator | None = None
    quantity: str | None = None
    account: str | None = None
    note: str | None = None


def clipping(text: str, indicators: Sequence[Indicator], written_on: date, today: date) -> Clipping:
    """A message's text (as Slack sends it) as a start for the form.

    `written_on` and `today` are the rep's local dates: "yesterday" is meant from the former.
    """
    day = min(max(written_on, today - timedelta(days=MAX_DAYS_BACK)), today)
    plain = from_slack(_NAMELESS.sub(" ", text)).strip()
    whole = _whole(plain, indicators, day)
    if whole is not None and whole.day >= today - timedelta(days=MAX_DAYS_BACK):
        [entry] = whole.entries
        return Clipping(
            whole.day, entry.indicator, written_amount(entry), whole.account, whole.note
        )
    cut = line(plain[:_READ])
    said = _only_entry(cut, names_of(indicators))
    return Clipping(
        day=day,
        indicator=said.indicator if said else None,
        quantity=_amount(said) if said else None,
        account=_account(cut),
        note=_note(plain),
    )


def _whole(plain: str, indicators: Sequence[Indicator], day: date) -> LogRequest | None:
    """The message as one entry of a behaviour or a result; several need several forms."""
    try:
        request = parse_log(plain, indicators, day)
    except NotUnderstood:
        return None
    return request if len(request.entries) == 1 and request.deal is None else None


def _only_entry(cut: Line, names: Names) -> Written | None:
    """The entry of the one indicator that is named in full, with its amount where that is said."""
    found: dict[int, Written] = {}
    start = 0
    while start < len(cut.tokens):
        entry = _entry_at(cut, start, names)
        if entry is None:
            start += 1
            continue
        said, start = entry
        known = found.get(said.indicator.id)
        if known is None or (said.quantity and not known.quantity):
            found[said.indicator.id] = said
    return next(iter(found.values())) if len(found) == 1 else None


def _entry_at(cut: Line, start: int, names: Names) -> tuple[Written, int] | None:
    """The longest entry with a whole name that begins at a token, and where it ends."""
    stop = min(start + _LONGEST_ENTRY, len(cut.tokens))
    readings = [
        reading
        for reading in read_entries(cut, names, start, stop)
        if len(reading.written) == 1 and not reading.guessed
    ]
    longest = max(readings, key=lambda reading: reading.end, default=None)
    return None if longest is None else (longest.written[0], longest.end)


def _amount(said: Written) -> str | None:
    """As typed; what is counted and said without a number is one."""
    if said.quantity:
        return said.quantity if len(said.quantity) <= _LONGEST_AMOUNT else None
    return "1" if said.indicator.unit.measure is Measure.COUNT else None


def _account(cut: Line) -> str | None:
    """The capitalised words behind the first "with" that such words follow."""
    for at, token in enumerate(cut.tokens[:-1]):
        if token.word not in WITH:
            continue
        start = at + 1 + (cut.tokens[at + 1].word in _ARTICLES)
        end = start
        while end < min(start + _MOST_IN_ACCOUNT, len(cut.tokens)) and _is_proper(cut, end):
            end += 1
            if cut.text[cut.tokens[end - 1].end - 1] in _ENDS:
                break
        account = cut.slice(start, end).strip(" \"“”*_~`'()").rstrip(_ENDS)
        if account:
            return account[:MAX_ACCOUNT]
    return None


def _is_proper(cut: Line, at: int) -> bool:
    written = cut.text[cut.tokens[at].start : cut.tokens[at].end].lstrip("\"“*_~`'(")
    return written in {"&", "+"} or bool(_PROPER.match(written))


def _note(plain: str) -> str | None:
    note = " ".join(plain.split())
    return (note if len(note) <= MAX_NOTE else note[: MAX_NOTE - 1].rstrip() + "…") or None
