"""What is wrong in a file, each with its place, and the refusal that carries all of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.errors import Refusal

_LONGEST = 400
"""Characters of a message or a path: a file may repeat anything, of any length, as a name."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to look at in a file. Lines and columns count from 1, as editors do.

    `where` is the path of keys (`teams[0].results[1].target`), empty for the file as a whole.
    """

    line: int
    column: int
    where: str
    message: str

    def __str__(self) -> str:
        said = (f"line {self.line}, column {self.column}", _cut(self.where), _cut(self.message))
        return ": ".join(part for part in said if part)


class PlaybookInvalid(Refusal):
    """A playbook file that can't be taken as it is; `problems` are all of them, in its order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        lines = [str(problem) for problem in self.problems]
        if len(lines) > 1:
            lines.insert(0, f"The playbook has {len(lines)} problems:")
        super().__init__("\n".join(lines))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
