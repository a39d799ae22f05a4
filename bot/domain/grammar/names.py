"""Which indicator a phrase names: by name or alias, by a unique beginning, or by likeness."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from bot.domain.grammar.words import (
    COMMA,
    SEMICOLON,
    WITH,
    Line,
    Spelling,
    Token,
    line,
    spelling,
)
from bot.domain.indicators import Indicator

LIKE_ENOUGH: Final = 70.0
"""Likeness (0…100) from which an indicator is offered as a question."""
AS_LIKE: Final = 4.0
"""Indicators this close to the likeliest are offered beside it."""
LONGEST_GUESS: Final = 80
"""Characters of a phrase up to which a likeness is looked for."""
_SHORT_WORD: Final = 3


@dataclass(frozen=True, slots=True)
class Found:
    """The indicators that a phrase may name; more than one is a question, none is no name.

    `exact` where a whole name or alias was given, else its beginning.
    """

    indicators: tuple[Indicator, ...] = ()
    exact: bool = False

    @property
    def only(self) -> Indicator | None:
        return self.indicators[0] if len(self.indicators) == 1 else None


Index = dict[tuple[int, str], tuple[Indicator, ...]]
"""By spelling (0 as written, 1 without accents, 2 singular) and its text."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names and aliases of a team's active indicators, ready to be looked up."""

    indicators: tuple[Indicator, ...]
    _exact: Index = field(default_factory=dict)
    _beginnings: Index = field(default_factory=dict)
    _openings: Index = field(default_factory=dict)

    def find(self, phrase: Spelling) -> Found:
        """What a phrase names, the strictest spelling first, whole names before beginnings.

        A beginning is one as typed, or whole words in singular or plural ("opportunity" for
        "Opportunities identified"); "cals" is no beginning of "calls".
        """
        for level, spelled in enumerate(phrase):
            if indicators := self._exact.get((level, spelled)):
                return Found(indicators, exact=True)
        literal, bare, stem = phrase
        beginning = self._beginnings.get((0, literal)) or self._beginnings.get((1, bare))
        return Found(beginning or self._openings.get((2, stem), ()))

    def go_on(self, phrase: Spelling) -> bool:
        """Whether any name begins with the phrase in any spelling."""
        return any((level, spelled) in self._beginnings for level, spelled in enumerate(phrase))

    def like(self, phrase: str) -> tuple[Indicator, ...]:
        """Indicators whose name, alias or unit resembles the phrase, likeliest first, at most 3."""
        asked = _stemmed(phrase)
        if not asked or len(phrase) > LONGEST_GUESS:
            return ()
        scores = [(_indicator_likeness(asked, i), i) for i in self.indicators]
        best = max((score for score, _ in scores), default=0.0)
        near = [pair for pair in scores if pair[0] >= max(LIKE_ENOUGH, best - AS_LIKE)]
        near.sort(key=lambda pair: (-pair[0], pair[1].position))
        return tuple(indicator for _, indicator in near[:3])


def names_of(indicators: Sequence[Indicator]) -> Names:
    """The look-up for these indicators, in the playbook's order."""
    return _names(tuple(indicators))


@lru_cache(maxsize=256)
def _names(listed: tuple[Indicator, ...]) -> Names:
    indicators = tuple(sorted(listed, key=lambda i: (i.is_result, i.position, i.id)))
    names = Names(indicators)
    for indicator in indicators:
        for name in (indicator.name, *indicator.aliases):
            for spelled in _spellings(name):
                for level, text in enumerate(spelled):
                    _add(names._exact, level, text, indicator)
                    for length in range(1, len(text) + 1):
                        _add(names._beginnings, level, text[:length], indicator)
            tokens = line(name).tokens
            for count in range(1, len(tokens)):
                _add(names._openings, 2, joined(tokens[:count])[2], indicator)
    return names


def _add(index: Index, level: int, text: str, indicator: Indicator) -> None:
    known = index.get((level, text), ())
    if indicator not in known:
        index[level, text] = (*known, indicator)


def _spellings(name: str) -> set[Spelling]:
    tokens = line(name).tokens
    words = [token for token in tokens if token.word not in {COMMA, SEMICOLON}]
    return {joined(tokens), joined(words)} - {("", "", "")}


def joined(tokens: Sequence[Token]) -> Spelling:
    """The spelling of several words together: spaces and hyphens make no difference."""
    spellings = [token.spelling for token in tokens]
    return (
        "".join(s[0] for s in spellings),
        "".join(s[1] for s in spellings),
        "".join(s[2] for s in spellings),
    )


def spans(text: Line, start: int, names: Names) -> Iterable[tuple[Spelling, int]]:
    """Every phrase from a token on that a name may begin with, shortest first.

    None reaches into a quoted account: `1 demo with "CFO"` is not the behaviour "Demos with CFO".
    """
    literal, bare, stem = "", "", ""
    for end in range(start, len(text.tokens)):
        if end > start and text.opens_quote(end) and text.tokens[end - 1].word in WITH:
            return
        more = text.tokens[end].spelling
        literal, bare, stem = literal + more[0], bare + more[1], stem + more[2]
        phrase = literal, bare, stem
        if not names.go_on(phrase):
            return
        yield phrase, end + 1


def _stemmed(phrase: str) -> str:
    return " ".join(spelling(word)[2] for word in phrase.replace("-", " ").split())


def _indicator_likeness(asked: str, indicator: Indicator) -> float:
    candidates = (indicator.name, *indicator.aliases, indicator.unit.name)
    return max(_likeness(asked, _stemmed(candidate)) for candidate in candidates)


def _likeness(asked: str, name: str) -> float:
    whole = fuzz.ratio(asked, name)
    if min(len(asked), len(name)) <= _SHORT_WORD:
        return whole  # two letters are part of nearly everything
    if asked.count(" ") > name.count(" "):
        return whole  # a guess drops no words
    return max(whole, fuzz.token_set_ratio(asked, name) * 0.95, fuzz.WRatio(asked, name) * 0.95)
