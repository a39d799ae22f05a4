"""How the grammar says that it did not understand, and what it offers instead."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.errors import Refusal

QUOTED_LENGTH: Final = 40
"""Characters of somebody's own text that a sentence repeats."""
LISTED_NAMES: Final = 5
"""Names that a sentence lists before it stops: a handful."""


class NotUnderstood(Refusal):
    """A line that could not be read; nothing of it is recorded.

    `choices` holds whole corrected lines, likeliest first, without the command's own name
    ("5 Prospecting calls with Acme"): each parses, and each can stand on a button.
    """

    def __init__(self, sentence: str, choices: Iterable[str] = ()) -> None:
        super().__init__(sentence)
        self.choices = tuple(choices)

    @property
    def corrected(self) -> str | None:
        """The likeliest corrected line, None where no good guess exists."""
        return self.choices[0] if self.choices else None


class NothingKnown(NotUnderstood):
    """A line in which nothing is known that could be logged; the sentence says what could be."""


def quoted(text: str) -> str:
    """Somebody's own words inside a sentence, on one line and cut to a readable length."""
    words = " ".join(text.split())
    if len(words) > QUOTED_LENGTH:
        words = words[: QUOTED_LENGTH - 1].rstrip() + "…"
    return f"“{words}”"


def listed(names: Sequence[str], last: str = "or") -> str:
    """ "A, B or C", at most a handful, then "and more"."""
    shown = [_short(name) for name in names[:LISTED_NAMES]]
    if len(names) > LISTED_NAMES:
        return ", ".join(shown) + " and more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def _short(name: str) -> str:
    words = " ".join(name.split())
    return words if len(words) <= QUOTED_LENGTH else words[: QUOTED_LENGTH - 1].rstrip() + "…"
