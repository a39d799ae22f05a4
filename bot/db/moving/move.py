"""The move itself: every table, in the order of its references, verified, in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from bot.db.migrate import LATEST
from bot.db.moving.checksums import Checksum, summing
from bot.db.moving.source import WAS_MOVED, Source, exclusive
from bot.db.moving.target import Target, empty_target
from bot.db.tables import metadata
from bot.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Moved:
    """The checksums of all tables, by name: the same on both sides."""

    tables: dict[str, Checksum]

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables.values())


class Move:
    """A move that is ready to begin: nobody else reads or writes on either side."""

    def __init__(self, source: Source, target: Target) -> None:
        self._source = source
        self._target = target

    def rows(self) -> int:
        """How many rows there are to copy."""
        return sum(self._source.count(table) for table in metadata.sorted_tables)

    def run(self, progress: Callable[[int], object]) -> Moved:
        """Copies and verifies; `progress` is told of rows as they are copied.

        Raises `Refusal` where a table isn't afterwards what it was.
        """
        tables = metadata.sorted_tables
        read = {table.name: self._copy(table, progress) for table in tables}
        for table in tables:
            self._target.number_on(table)
            if self._target.checksum(table) != read[table.name]:
                raise Refusal(
                    f"What arrived in {table.name} isn't what was sent. Nothing was moved."
                )
        self._target.analyse()
        self._source.mark(moved=True)
        return Moved(read)

    def _copy(self, table: Table, progress: Callable[[int], object]) -> Checksum:
        counted = _Counted(table)

        def batches() -> Iterator[Sequence[tuple[Any, ...]]]:
            for batch in self._source.batches(table):
                counted.add(batch)
                yield batch
                progress(len(batch))

        self._target.copy(table, batches())
        return Checksum(counted.rows, counted.total)


class _Counted:
    """What has been read of a table."""

    def __init__(self, table: Table) -> None:
        self.rows = self.total = 0
        self._sum = summing(table)

    def add(self, batch: Sequence[tuple[Any, ...]]) -> None:
        self.rows += len(batch)
        self.total += self._sum(batch)


def _require_known(revision: str, path: Path) -> None:
    """A newer schema may hold what this version knows nothing of, and would leave behind."""
    if revision > LATEST:
        raise Refusal(
            f"{path} has the schema {revision}, which is newer than this version's ({LATEST}): "
            "move it with the version that it was used with last. Nothing was moved."
        )


@contextmanager
def moving(path: Path, url: str) -> Iterator[Move]:
    """Both sides, locked. What was copied is committed at the end of the block.

    PostgreSQL commits before the mark on the old file does: a process that ends between the two
    leaves a whole new database and an unmarked old one, never a mark without a move. Raises
    `Refusal` where the file is in use or of a newer schema, or the new database isn't empty.
    """
    with exclusive(path) as source:
        if source.has_moved:
            raise Refusal(WAS_MOVED)
        _require_known(source.revision, path)
        with empty_target(url) as target:
            yield Move(source, target)
