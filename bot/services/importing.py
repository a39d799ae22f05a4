"""Activities from a file: all or nothing, and once, however often the file comes (design §2.4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from bot.db.queries.entries import imports
from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.domain.activities import ActivityRow, RowProblem, shown
from bot.domain.errors import Refusal
from bot.services.celebrations.celebrating import celebrate_imported
from bot.services.reading_rows import Reader

_BATCH = 4000
MOST_SHOWN = 20
"""Problems of a file that are listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: entries added, and rows whose entries had been there already.

    `milestones` counts those that the new entries reached, whenever that was.
    """

    imported: int
    duplicates: int
    milestones: int = 0


class FileRefused(Refusal):
    """A file with something wrong in it, of which nothing was taken.

    `problems` are the first of them, in the file's order, and `more` how many there are besides.
    """

    def __init__(self, problems: tuple[RowProblem, ...], more: int) -> None:
        self.problems = problems
        self.more = more
        lines = [str(problem) for problem in problems]
        if more:
            lines.append(f"and {more:,} more")
        super().__init__("\n".join([*lines, "Nothing was imported."]))


def stage(session: Session, rows: Iterable[ActivityRow | RowProblem]) -> int:
    """Checks every row and puts it where `add_staged` takes it from; returns how many there are.

    Writes nothing that others see; end its transaction before `add_staged`, on the same connection,
    so that SQLite's write lock is not held for as long as this takes. Raises FileRefused.
    """
    imports.drop_staging(session.connection)
    imports.create_staging(session.connection)
    problems = _Problems()
    reader = Reader(session)
    staged = 0
    for batch in _batches(rows):
        values = [value for row in batch if (value := _read(reader, row, problems))]
        if values and not problems.found:
            imports.stage(session.connection, values)
            staged += len(values)
    if not problems.found:
        problems.extend(_contradictions(session))
    if problems.found:
        raise problems.refusal()
    return staged


def preview(session: Session, staged: int) -> Imported:
    """What `add_staged` would do now, its milestones aside."""
    new = imports.new_rows(session.connection)
    return Imported(new, staged - new)


def add_staged(session: Session, staged: int, now: datetime) -> Imported:
    """Adds the `staged` rows that aren't there yet, and writes down the milestones they reach.

    Their teams count as changed, so that every process's Home tabs follow.
    """
    new = imports.add_staged(session.connection, now)
    milestones = _celebrate(session) if new else 0
    imports.drop_staging(session.connection)
    return Imported(new, staged - new, milestones)


def _celebrate(session: Session) -> int:
    staged = imports.staged_people(session.connection)
    reached = 0
    for (workspace_id, team), whose in groupby(staged, key=itemgetter(0, 1)):
        with session.of(workspace_id) as theirs:
            playbook = theirs.team(team.team_id, team.revision)
            people = {person_id for *_, person_id in whose}
            reached += celebrate_imported(theirs, playbook, people)
            renew_revision(theirs.connection, team.team_id)
    return reached


def _batches(rows: Iterable[ActivityRow | RowProblem]) -> Iterator[list[ActivityRow | RowProblem]]:
    following = iter(rows)
    while batch := list(islice(following, _BATCH)):
        yield batch


class _Problems:
    """Keeps the first problems and counts all."""

    def __init__(self) -> None:
        self._first: list[RowProblem] = []
        self.found = 0

    def extend(self, problems: Iterable[RowProblem]) -> None:
        for problem in problems:
            self.found += 1
            if len(self._first) < MOST_SHOWN:
                self._first.append(problem)

    def refusal(self) -> FileRefused:
        return FileRefused(tuple(self._first), self.found - len(self._first))


def _read(
    reader: Reader, row: ActivityRow | RowProblem, problems: _Problems
) -> dict[str, Any] | None:
    if isinstance(row, RowProblem):
        problems.extend([row])
        return None
    values = reader.values(row)
    if values is None:
        problems.extend(reader.problems(row))
    return values


def _contradictions(session: Session) -> Iterator[RowProblem]:
    for line, first, external_id in imports.contradictions(session.connection):
        sentence = f"{shown(external_id)} stands on line {first} too, with other contents"
        yield RowProblem(line, "external_id", sentence)
