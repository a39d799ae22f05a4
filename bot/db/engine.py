"""Database addresses → engines that are set up the way the rest relies on."""

from sqlite3 import OperationalError
from time import sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError

from bot.clock import stopwatch

_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "sqlite": "sqlite",
}
BUSY_TIMEOUT_S = 2.0
"""How long to wait for SQLite's write lock; Slack waits 3 s for our answer in all."""

_REST_S = 1.0
_TURNS, _TURN_S = 40, 0.05
_CHECKPOINT_PAGES = 4000
"""How much may wait in the log before a commit carries it over, 16 MB: that takes 4 ms, and at
SQLite's own 1000 pages it doubles the mean time of a commit."""


def database_address(url: str) -> URL:
    """The address with this project's driver, whichever it names: psycopg 3 for PostgreSQL.

    Raises `sqlalchemy.exc.ArgumentError` for text that is no address.
    """
    address = make_url(url)
    backend = address.drivername.partition("+")[0]
    return address.set(drivername=_DRIVERS.get(backend, address.drivername))


def make_engine(url: str, *, pool_size: int = 10, busy_timeout: float = BUSY_TIMEOUT_S) -> Engine:
    """An engine for SQLite (one file, many readers, one writer) or PostgreSQL.

    `pool_size` has a connection for each thread of `SharedRoundTrips`: none is opened and closed
    for one transaction. `busy_timeout`, in seconds, is how long SQLite waits for another process's
    lock. Errors leave out the values of their statement, which may be somebody's note.
    """
    address = database_address(url)
    if address.get_backend_name() != "sqlite":
        engine = create_engine(address, pool_size=pool_size, hide_parameters=True)
        _ping_after_a_rest(engine)
        return engine
    waiting = {"isolation_level": None, "timeout": busy_timeout}
    engine = create_engine(address, connect_args=waiting, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def conninfo(engine: Engine) -> str:
    """A PostgreSQL engine's address, password included, as the driver takes it."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415  of no use on SQLite

    _, options = engine.dialect.create_connect_args(engine.url)
    return make_conninfo(**{name: str(v) for name, v in options.items() if name != "context"})


def for_writing(connection: Connection) -> Connection:
    """Marks a connection whose transactions take SQLite's write lock as they begin.

    A transaction that reads first and writes later could otherwise fail half-way.
    """
    return connection.execution_options(writes=True)


def _ping_after_a_rest(engine: Engine) -> None:
    """Tries a connection that lay idle before it is used, and replaces it where it has died.

    SQLAlchemy's own `pool_pre_ping` does so each time: a round trip for every request.
    """

    def lies_idle(_raw: object, record: Any) -> None:
        record.info["idle_since"] = stopwatch()

    def is_used_again(raw: Any, record: Any, _proxy: object) -> None:
        since = record.info.get("idle_since")
        if since is None or stopwatch() - since < _REST_S:
            return
        try:
            engine.dialect.do_ping(raw)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error  # the pool forgets them all, and connects anew

    event.listen(engine, "checkin", lies_idle)
    event.listen(engine, "checkout", is_used_again)


def _set_up_sqlite(raw: Any, _record: object) -> None:
    _keep_a_log(raw)
    raw.execute("PRAGMA synchronous = FULL")  # acknowledged means on disk
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")


def _keep_a_log(raw: Any) -> None:
    """Write-ahead logging. Where two processes turn it on at once in a new file, SQLite tells one
    of them at once that the file is locked, whatever the timeout."""
    for _ in range(_TURNS):
        try:
            raw.execute("PRAGMA journal_mode = WAL")
        except OperationalError:
            sleep(_TURN_S)
        else:
            return
    raw.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    # The driver's own BEGIN is off: with it, savepoints leak rows on Python 3.11.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
