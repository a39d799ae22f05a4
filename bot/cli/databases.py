"""Connections for commands that need more than the one transaction of `session_for`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.domain.errors import NotSaved

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.settings import Settings

_PATIENCE_S = 30.0


@contextmanager
def connected(settings: "Settings") -> "Iterator[Connection]":
    """A connection to a database that is up to date, not yet in a transaction.

    Its transactions don't take SQLite's write lock unless `for_writing` says so. Raises `Refusal`
    with a sentence for the operator where the database can't be used.
    """
    from sqlalchemy.exc import OperationalError

    from bot.db.engine import make_engine
    from bot.wiring import prepare_database

    prepare_database(settings.database_url)
    engine = make_engine(settings.database_url, busy_timeout=_PATIENCE_S)
    try:
        with engine.connect() as connection:
            yield connection
    except OperationalError as error:
        raise NotSaved from error
    finally:
        engine.dispose()
