"""Rows of activities files for tests."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.db.engine import for_writing
from bot.db.session import Session
from bot.db.tables import entries
from bot.domain.activities import ActivityRow
from bot.services.importing import Imported, add_staged, stage
from tests.reaching import reaching
from tests.teams import RILEY, WORKSPACE

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
_ROW = ActivityRow(2, WORKSPACE, RILEY, "First meetings", "1", "2026-11-20", "", "", "")


def a_row(line: int = 2, **cells: str) -> ActivityRow:
    """One first meeting of Riley's on 20 November, but for the cells given."""
    return _ROW._replace(line=line, **cells)


def imported(session: Session, *rows: ActivityRow) -> Imported:
    """Imports rows inside the session's own transaction, of whichever workspace, as a file does."""
    with reaching(session.connection):
        staged = stage(session, rows)
        return add_staged(session, staged, NOW)


def imported_apart(connection: Connection, rows: Iterable[Any]) -> Imported:
    """Imports as the command does: checked in one transaction, added in another."""
    session = Session(connection)
    with connection.begin():
        staged = stage(session, rows)
    with for_writing(connection).begin():
        return add_staged(session, staged, NOW)


def all_entries(connection: Connection) -> list[Row[Any]]:
    """Every entry, in the order recorded."""
    return list(connection.execute(select(entries).order_by(entries.c.id)))
