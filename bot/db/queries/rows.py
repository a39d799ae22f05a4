"""Single rows where comfort counts and speed doesn't; inserts that know what is there already."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite


def insert_row(connection: Connection, table: Table, **values: Any) -> int:
    """Adds a row and gives back its id."""
    key = connection.execute(insert(table).values(**values)).inserted_primary_key
    assert key is not None  # every table that this is used for numbers its rows
    return int(key[0])


def insert_into(connection: Connection, table: Table) -> sqlite.dml.Insert | postgresql.dml.Insert:
    """An insert in the database's own dialect, which can say what to do about a conflict."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def insert_once(
    connection: Connection, table: Table, keys: Sequence[str], **values: Any
) -> int | None:
    """Adds a row and gives back its id; None where one with these keys is there already."""
    statement = insert_into(connection, table).values(**values)
    written: int | None = connection.scalar(
        statement.on_conflict_do_nothing(index_elements=keys).returning(table.c.id)
    )
    return written


def update_row(connection: Connection, table: Table, row_id: int | str, **values: Any) -> None:
    """Sets columns of the row with this id."""
    connection.execute(update(table).where(table.c.id == row_id).values(**values))


def stamp_once(
    connection: Connection, column: Column[Any], workspace_id: str, row_id: int, now: datetime
) -> bool:
    """Writes the instant into a row's empty column; False where it was written before."""
    table = column.table
    stamped = connection.execute(
        update(table)
        .where(table.c.workspace_id == workspace_id, table.c.id == row_id, column.is_(None))
        .values({column.name: now})
    )
    return stamped.rowcount == 1
