"""PostgreSQL: a commit whose answer was lost is asked about, so that nobody is told that nothing
was saved where it was, and says it again.

A transaction has a number from its beginning on; `pg_xact_status` tells what became of it, also
after PostgreSQL has begun anew (its manual, 9.27.9).
"""

import time
from typing import Any, Final

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.clock import stopwatch
from bot.db.reach import Reach, enter
from bot.domain.errors import NotKnown

_FINDS_OUT_WITHIN_S: Final = 5.0
"""A restart takes less; and whoever waits for an answer is told later what came of it."""
_BETWEEN_TRIES_S: Final = 0.1
_NUMBER: Final = "SELECT pg_current_xact_id()::text"
_STATUS: Final = "SELECT pg_xact_status(%s::xid8)"


def enter_to_write(connection: Connection, reach: Reach) -> tuple[Connection, str]:
    """BEGIN, the reach and the transaction's number in one round trip: the driver sends BEGIN with
    the first statement."""
    raw = driver_of(connection)
    with raw.pipeline():
        entered = enter(connection, reach)
        asked = raw.execute(_NUMBER)
    return entered, asked.fetchone()[0]


def commit(engine: Engine, transaction: RootTransaction, number: str) -> None:
    """Commits. Raises what the driver raises where nothing was committed, and `NotKnown`."""
    try:
        transaction.commit()
    except DBAPIError as failure:
        if not failure.connection_invalidated or not _was_committed(engine, number):
            raise


def driver_of(connection: Connection) -> Any:
    """psycopg's own connection."""
    return connection.connection.driver_connection


def _was_committed(engine: Engine, number: str) -> bool:
    latest = stopwatch() + _FINDS_OUT_WITHIN_S
    while True:
        status = _status(engine, number)
        if status in ("committed", "aborted"):
            return status == "committed"
        if stopwatch() > latest:
            raise NotKnown
        time.sleep(_BETWEEN_TRIES_S)


def _status(engine: Engine, number: str) -> str | None:
    """None where PostgreSQL can't be asked; "in progress" where it hasn't noticed the loss yet."""
    try:
        with engine.connect() as connection:
            row = driver_of(connection).execute(_STATUS, (number,)).fetchone()
    except (OperationalError, engine.dialect.loaded_dbapi.Error):
        return None
    status: str | None = row[0]
    return status
