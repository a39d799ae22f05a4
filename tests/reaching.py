"""Leaving a test's own workspace for a while, to arrange or look at another one's."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from bot.db.reach import EVERYWHERE, Reach, enter, reach_of


@contextmanager
def reaching(connection: Connection, reach: Reach = EVERYWHERE) -> Iterator[None]:
    """As if the transaction had been opened for this; one that was opened for nothing stays so."""
    before = reach_of(connection)
    if before is not None:
        enter(connection, reach)
    yield
    if before is not None:
        enter(connection, before)
