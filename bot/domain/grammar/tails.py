"""What may follow the entries of a line: `[with ACCOUNT] [because REASON] [WHEN] [; NOTE]`.

WHEN may also stand first ("first meeting yesterday with Acme"), the reason before the account
("lost because price with Acme"). An account or a reason runs to the next part; in double quotes it
is taken literally, whatever it contains (`with "Acme; Tuesday"`).
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.domain.grammar.days import LONGEST_DAY, Spoken, read_day
from bot.domain.grammar.words import COMMA, SEMICOLON, WITH, Line

BECAUSE: Final = frozenset({"because"})
_NEXT_PART: Final = WITH | BECAUSE | {SEMICOLON}
_PART_OF_REASON: Final = frozenset(
    "go goes going gone went stay stays stayed staying stick stuck sign signed signing happy "
    "unhappy met meet meeting spoke talk talked deal deals dealt agree agreed work works worked "
    "working live compete competing fit along comfortable familiar partner partnered "
    "start started issue issues problem problems trouble contract experience".split()
)
"""Words whose "with" goes on with the reason: "because they went with Beta"."""
_NO_ACCOUNT: Final = frozenset(
    "a an the this that it us them him her me you our your their his its no any some more less "
    "other another what which who".split()
)
"""Words that no account's name begins with where a reason stands before it."""
_QUOTED = re.compile(r'["“”](?P<literal>(?:[^"“”]|"")+)["“”](?=[\s,;]|$)')


@dataclass(frozen=True, slots=True)
class Tail:
    """The parts behind the entries. An account or reason is "" where its word stands alone.

    `literal_account` where the account stood in quotes.
    """

    account: str | None = None
    reason: str | None = None
    when: Spoken | None = None
    note: str | None = None
    literal_account: bool = False


@dataclass(frozen=True, slots=True)
class _Phrase:
    text: str
    when: Spoken | None
    end: int
    literal: bool = False


def read_tail(line: Line, start: int, today: date) -> Tail | None:
    """What stands from a token to the line's end; None where it isn't a tail."""
    at = after_commas(line, start)
    leading = _leading_when(line, at, today)
    tail = Tail()
    if leading:
        tail, at = Tail(when=leading[0]), after_commas(line, leading[1])
    if _is(line, at, WITH):
        tail, at = _with_account(line, at, tail, today)
    if _is(line, at, BECAUSE):
        tail, at = _with_reason(line, at, tail, today)
        if tail.account is None and _is(line, at, WITH):
            tail, at = _with_account(line, at, tail, today)
    return _with_note(line, at, tail)


def _with_account(line: Line, at: int, tail: Tail, today: date) -> tuple[Tail, int]:
    stops = {SEMICOLON} if tail.reason is not None else BECAUSE | {SEMICOLON}
    found = _literal(line, at + 1, stops, tail, today) or _phrase(
        line, at + 1, _stop(line, at + 1, stops), tail, today
    )
    when = tail.when or found.when
    told = replace(tail, account=found.text, when=when, literal_account=found.literal)
    return told, found.end


def _with_reason(line: Line, at: int, tail: Tail, today: date) -> tuple[Tail, int]:
    stops = {SEMICOLON} if tail.account is not None else WITH | {SEMICOLON}
    found = _literal(line, at + 1, stops, tail, today)
    if found is None:
        end = _stop(line, at + 1, {SEMICOLON})
        if tail.account is None:
            end = _account_behind(line, at + 1, end)
        found = _phrase(line, at + 1, end, tail, today)
    told = replace(tail, reason=_without_of(found), when=tail.when or found.when)
    return told, found.end


def _account_behind(line: Line, start: int, end: int) -> int:
    """Where the "with" of an account stands behind a reason; the reason's end where none does."""
    for at in range(end - 2, start, -1):
        if line.tokens[at].word in WITH:
            before, after = line.tokens[at - 1].word, line.tokens[at + 1].word
            return end if before in _PART_OF_REASON or after in _NO_ACCOUNT else at
    return end


def _with_note(line: Line, at: int, tail: Tail) -> Tail | None:
    if at == len(line.tokens):
        return tail
    if line.tokens[at].word != SEMICOLON:
        return None
    return replace(tail, note=line.text[line.tokens[at].end :].strip() or None)


def _without_of(reason: _Phrase) -> str:
    return reason.text if reason.literal else re.sub(r"(?i)^of ", "", reason.text)


def after_commas(line: Line, at: int) -> int:
    """The next token that is no comma and no new line."""
    while _is(line, at, frozenset({COMMA})):
        at += 1
    return at


def _is(line: Line, at: int, words: frozenset[str]) -> bool:
    return at < len(line.tokens) and line.tokens[at].word in words


def _leading_when(line: Line, at: int, today: date) -> tuple[Spoken, int] | None:
    """A day up to the next part, and where it ends."""
    end = at
    while end < len(line.tokens) and line.tokens[end].word not in _NEXT_PART:
        end += 1
        if end - at > LONGEST_DAY + 1:
            return None
    first = at + 1 if _is(line, at, frozenset({"on"})) else at
    day = read_day(" ".join(line.words(first, end)), today) if first < end else None
    return None if day is None else (day, end)


def _phrase(line: Line, start: int, end: int, tail: Tail, today: date) -> _Phrase:
    if tail.when is not None:
        return _Phrase(_trimmed(line.slice(start, end)), None, end)
    for first in range(max(start + 1, end - LONGEST_DAY), end):
        day = read_day(" ".join(line.words(first, end)), today)
        if day is not None and line.tokens[first].word != COMMA:
            return _Phrase(_trimmed(line.slice(start, _before_on(line, start, first))), day, end)
    return _Phrase(_trimmed(line.slice(start, end)), None, end)


def _before_on(line: Line, start: int, first: int) -> int:
    return first - 1 if first - 1 > start and line.tokens[first - 1].word == "on" else first


def _stop(line: Line, start: int, stops: AbstractSet[str]) -> int:
    end = start
    while end < len(line.tokens) and line.tokens[end].word not in stops:
        end += 1
    return end


def _trimmed(text: str) -> str:
    return text.strip(" ,،，、")


def _literal(
    line: Line, start: int, stops: AbstractSet[str], tail: Tail, today: date
) -> _Phrase | None:
    """A phrase in quotes, if nothing but a day stands between it and the next part."""
    if start >= len(line.tokens):
        return None
    match = _QUOTED.match(line.text, line.tokens[start].start)
    if not match:
        return None
    text = " ".join(match["literal"].replace('""', '"').split())
    after = start
    while after < len(line.tokens) and line.tokens[after].start < match.end():
        after += 1
    after = after_commas(line, after)
    end = _stop(line, after, stops)
    if after == end:
        return _Phrase(text, None, end, literal=True)
    first = after + 1 if line.tokens[after].word == "on" else after
    day = read_day(" ".join(line.words(first, end)), today) if first < end else None
    if day is None or tail.when is not None:
        return None
    return _Phrase(text, day, end, literal=True)
