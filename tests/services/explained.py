"""How SQLite finds what statements ask for: with `EXPLAIN QUERY PLAN`, not with a clock."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.db.session import Session

_OF_ALL = re.compile(r"SCAN (?!anon_)(?!\d+ CONSTANT)|\(workspace_id=\?\)")
"""A whole table, or the whole workspace's part of one; lists are read whole, as they should be."""
_SORTED = "USE TEMP B-TREE FOR ORDER BY"


@dataclass(frozen=True, slots=True)
class Explained:
    """A statement with its values in it, and the steps in which it is answered."""

    statement: str
    steps: tuple[str, ...]

    @property
    def of_all(self) -> list[str]:
        """The steps that read everybody's rows, of all workspaces or of the one.

        None of one that ends after its first rows, unless all have to be put in order for that.
        """
        if "LIMIT" in self.statement and _SORTED not in self.steps:
            return []
        return [each for each in self.steps if _OF_ALL.search(each)]


def explained(session: Session, work: Callable[[], object]) -> list[Explained]:
    """What the work asks a SQLite database, statement by statement."""
    raw: Any = session.connection.connection.dbapi_connection
    asked: list[str] = []
    raw.set_trace_callback(asked.append)
    work()
    raw.set_trace_callback(None)
    return [Explained(each, tuple(_steps(raw, each))) for each in asked]


def too_wide(found: list[Explained]) -> list[tuple[str, list[str]]]:
    """The statements that read everybody's rows, and where."""
    return [(each.statement, each.of_all) for each in found if each.of_all]


def _steps(raw: Any, statement: str) -> Iterator[str]:
    for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}"):
        yield row[3]
