"""Copies of an SQLite database, made while the bot runs, and put back while it doesn't."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.db.migrate import LATEST
from bot.domain.errors import Refusal

_PATIENCE_S = 30.0


def backup(source: Path, target: Path) -> int:
    """Copies the database as it is at this moment, checks the copy, and returns its size in bytes.

    Nobody waits: SQLite's writers go on meanwhile. The file is readable for its owner alone. Raises
    Refusal where there is nothing to copy or something is there already.
    """
    if not source.is_file():
        raise Refusal(f"There is no database {source} to back up.")
    if target.exists():
        raise Refusal(f"{target} is there already; choose another name.")
    partial = target.with_name(f"{target.name}.part")
    try:
        _copy(source, partial)
        partial.replace(target)
    except sqlite3.Error as error:
        raise Refusal(f"The backup couldn't be made: {error}.") from error
    except OSError as error:
        raise Refusal(f"{target} can't be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def restore(source: Path, target: Path) -> str:
    """Puts a backup in the place of the database, all or nothing; returns the schema it has.

    Raises Refusal for a file that is no whole backup or has a newer schema than this version, for
    the database itself, and where it is in use.
    """
    revision = _checked(source)
    if target.exists() and source.samefile(target):
        raise Refusal(f"{source} is the database itself: name a backup of it.")
    try:
        with closing(sqlite3.connect(target, timeout=1.0, isolation_level=None)) as connection:
            _require_nobody_else(connection, target)
            with closing(_opened(source)) as kept:
                kept.backup(connection)
            connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        raise Refusal(f"Nothing was restored: {error}.") from error
    return revision


def _copy(source: Path, partial: Path) -> None:
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(_opened(source)) as running, closing(sqlite3.connect(partial)) as copy:
        running.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        _require_whole(copy, source)
    with partial.open("rb") as written:
        os.fsync(written.fileno())


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE_S)


def _checked(source: Path) -> str:
    if not source.is_file():
        raise Refusal(f"There is no backup {source}.")
    try:
        with closing(_opened(source)) as kept:
            _require_whole(kept, source)
            row = kept.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise Refusal(f"{source} is no backup of Pacesetter: {error}.") from error
    revision = str(row[0]) if row else ""
    if revision > LATEST:
        raise Refusal(
            f"{source} has the schema {revision}, which is newer than this version's ({LATEST}): "
            "restore it with the version that made it, or a later one."
        )
    return revision


def _require_whole(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise Refusal(f"{path} is damaged: SQLite's own check finds that it isn't whole.")


def _require_nobody_else(connection: sqlite3.Connection, target: Path) -> None:
    """Leaving the write-ahead log takes the file for oneself: SQLite refuses while others have it
    open."""
    in_use = Refusal(f"{target} is in use. Stop Pacesetter first, then restore.")
    try:
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise in_use from error
    if mode != "delete":
        raise in_use
