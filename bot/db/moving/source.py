"""The SQLite file that is moved: ours alone while it is read, and marked when it has been."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table

from bot.db.engine import database_address
from bot.domain.errors import Refusal

_MOVED = 0x6D6F7665
"""SQLite's `user_version` of a file that was moved; 0 in all others. It is no row of any table."""
_PATIENCE_S = 2.0
_AT_ONCE = 2_000

WAS_MOVED = (
    "This installation was moved to PostgreSQL: set DATABASE_URL to its address there. "
    "(`pacesetter move --reopen` makes the old file usable again, as it was at the move.)"
)


def is_moved(engine: Engine) -> bool:
    """Whether the engine's file has been left behind by a move; never so on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return False
    with engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA user_version").scalar() == _MOVED


def path_of(url: str) -> Path:
    """The file behind an SQLite address. Raises `Refusal` where there is none."""
    path = Path(database_address(url).database or "")
    if not path.is_file():
        raise Refusal(f"There is nothing to move: DATABASE_URL names {path}, which isn't there.")
    return path


class Source:
    """The file, in one transaction that nobody else can read or write beside."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    @property
    def has_moved(self) -> bool:
        return bool(self._raw.execute("PRAGMA user_version").fetchone()[0] == _MOVED)

    @property
    def revision(self) -> str:
        """The schema that it has."""
        row = self._raw.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0])

    def count(self, table: Table) -> int:
        """How many rows the table has."""
        count: int = self._raw.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]
        return count

    def batches(self, table: Table) -> Iterator[Sequence[tuple[Any, ...]]]:
        """All rows, some at a time, each with the table's columns in their order."""
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        with closing(self._raw.execute(f'SELECT {names} FROM "{table.name}"')) as cursor:
            while batch := cursor.fetchmany(_AT_ONCE):
                yield batch

    def mark(self, *, moved: bool) -> None:
        """Marks the file so that nothing starts on it by accident, or takes the mark off."""
        self._raw.execute(f"PRAGMA user_version = {_MOVED if moved else 0}")


@contextmanager
def exclusive(path: Path) -> Iterator[Source]:
    """The file, locked against everybody. Raises `Refusal` where somebody has it open.

    Taking SQLite's write lock alone would leave a bot running that writes into the old file later;
    in exclusive mode SQLite gives way to nobody who merely has the file open, either.
    """
    address = f"{path.absolute().as_uri()}?mode=rw"
    raw = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE_S)
    with closing(raw):
        _lock(raw, path)
        yield Source(raw)
        raw.execute("COMMIT")


def _lock(raw: sqlite3.Connection, path: Path) -> None:
    with suppress(sqlite3.OperationalError):
        raw.execute("PRAGMA locking_mode = EXCLUSIVE")
        raw.execute("BEGIN EXCLUSIVE")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return
    raise Refusal(f"Something still has {path} open: stop the bot and whatever else, then again.")
