"""From what Slack sends to words that can be compared, whatever their case, accents or hyphens."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

MAX_TEXT: Final = 2000
"""Characters of a command that are read; more is refused (Slack's own limit is far above)."""

type_of = unicodedata.category

_LINK = r"(?:https?://|mailto:|tel:)[^<>|\s]+"
_MARKUP = re.compile(rf"<(?:([@#])[A-Z0-9]+\|([^<>|]+)|{_LINK}\|([^<>|]+)|({_LINK}))>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_UNSTORABLE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")

_FRACTION = re.compile(r"(\d*)([½¼¾])")
_FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}
_DASHES = dict.fromkeys("‐‑‒–—―−﹣－", "-")
_USUAL = str.maketrans(_DASHES | dict.fromkeys("’‘ʼ´", "'") | {"×": "x"})
_WRAPPING = "\"'`“”„«»()[]{}*!?_‹›"
_WORD = re.compile(r"[a-z0-9$+#%]+")
_KEPT = frozenset("LNMS")


def from_slack(text: str) -> str:
    """Plain text from a command's escaped text, fit to be stored.

    Slack escapes `& < >` once and writes mentions and links as `<@U1|sam>`, `<https://…|…>`
    (slack-facts, "Block Kit"); they become what the person saw. Control characters become spaces,
    lone surrogates go: no database takes them.
    """
    seen = _MARKUP.sub(lambda m: (m[1] or "") + (m[2] or m[3] or m[4]), text)
    plain = _ENTITY.sub(lambda m: _ENTITIES[m[1]], seen)
    return _CONTROL.sub(" ", _UNSTORABLE.sub("", plain.replace("\r\n", "\n")))


def to_slack(text: str) -> str:
    """Text that `from_slack` reads back unchanged, escaped only where that is needed for it."""
    safe = _ENTITY.sub(lambda m: "&amp;" + m[0][1:], text)
    return _MARKUP.sub(lambda m: "&lt;" + m[0][1:], safe)


@lru_cache(maxsize=4096)
def normal(word: str) -> str:
    """A word for comparing: lower case, usual digits and dashes, no invisible characters."""
    if word.isascii():
        return word.lower().strip(_WRAPPING) or word.lower()
    halves = _FRACTION.sub(lambda m: f"{m[1] or '0'}.{_FRACTIONS[m[2]]}", word)
    usual = "".join(c if type_of(c) == "No" else unicodedata.normalize("NFKC", c) for c in halves)
    composed = unicodedata.normalize("NFC", usual.translate(_USUAL).casefold())
    seen = "".join(c for c in composed if type_of(c) not in {"Cf", "Me"} and not _selects(c))
    return seen.strip(_WRAPPING) or seen


def _selects(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f"  # which picture of an emoji to show


Spelling = tuple[str, str, str]
"""A phrase as written, without accents, and singular; spaces, hyphens and case never count."""


@lru_cache(maxsize=4096)
def spelling(word: str) -> Spelling:
    """The three spellings of one token by which names are compared, strictest first."""
    parts = _parts(normal(word))
    if not parts:
        bare = normal(word)
        return bare, bare, bare
    accentless = [_without_accents(part) for part in parts]
    return "".join(parts), "".join(accentless), "".join(singular(part) for part in accentless)


def _parts(word: str) -> list[str]:
    word = word.replace("'", "").replace("&", " and ")
    if word.isascii():
        return _WORD.findall(word)
    return "".join(c if type_of(c)[0] in _KEPT or c in "#%" else " " for c in word).split()


def _without_accents(part: str) -> str:
    if part.isascii():
        return part
    letters = unicodedata.normalize("NFKD", part)
    return "".join(c for c in letters if type_of(c) != "Mn") or part


_SHORTENED = (("ies", "y"), ("ie", "y"), ("sses", "ss"), ("is", "e"), ("us", "use"))
_HISSING = ("ches", "shes", "xes", "oes")


def singular(word: str) -> str:
    """A stem that a word's singular and plural share ("analyse", "bonuse"); not always a word.

    It forgives nothing else: "calle" is not "calls".
    """
    if len(word) < 3:
        return word
    for ending, stem in _SHORTENED:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + stem
    if word.endswith(_HISSING) and len(word) > 4:
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


class Token(NamedTuple):
    """A word, or a separator, of a line; `start` and `end` are its place in the line's text.

    A tuple, because every line makes a dozen of them.
    """

    word: str
    spelling: Spelling
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A text and its tokens; a comma or a new line is ",", a semicolon ";"."""

    text: str
    tokens: tuple[Token, ...]

    def words(self, start: int, end: int) -> tuple[str, ...]:
        """The normal forms of the words in [start, end), separators left out."""
        return tuple(t.word for t in self.tokens[start:end] if t.word != COMMA)

    def opens_quote(self, at: int) -> bool:
        """Whether a double quote stands before this word."""
        return self.text[self.tokens[at].start] in DOUBLE_QUOTES

    def slice(self, start: int, end: int) -> str:
        """The text from one token to another (`end` excluded), spaces made single."""
        if start >= end:
            return ""
        return " ".join(self.text[self.tokens[start].start : self.tokens[end - 1].end].split())


WITH: Final = frozenset({"with", "w/"})
"""The words that an account follows."""
DOUBLE_QUOTES: Final = '"“”'
COMMA: Final = ","
SEMICOLON: Final = ";"
_COMMAS = ",，،、\n"
_SEMICOLONS = ";；؛"
_BREAKS = _COMMAS + _SEMICOLONS
_TIGHT = re.compile(rf"[{_BREAKS}]|[^\s{_BREAKS}]+(?:(?<=\d)[,，](?=\d)[^\s{_BREAKS}]+)*")
_LOOSE = re.compile(rf"[{_BREAKS}]|\d+(?:\.\d+)?(?=[^\W\d_]{{2}})|[^\s:={_BREAKS}]+")


def line(text: str, *, loose: bool = False) -> Line:
    """A text cut into tokens.

    A comma between digits belongs to the number ("1,000") unless `loose`, where it separates; there
    "5calls" and "calls:5" are two words each.
    """
    tokens = []
    for found in (_LOOSE if loose else _TIGHT).finditer(text):
        word, spelled = _read(found[0])
        if word:
            tokens.append(Token(word, spelled, *found.span()))
    return Line(text, tuple(tokens))


@lru_cache(maxsize=4096)
def _read(raw: str) -> tuple[str, Spelling]:
    """A token's normal form and its spellings."""
    if raw in _COMMAS:
        return COMMA, (COMMA, COMMA, COMMA)
    if raw in _SEMICOLONS:
        return SEMICOLON, (SEMICOLON, SEMICOLON, SEMICOLON)
    return normal(raw), spelling(raw)
