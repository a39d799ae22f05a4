"""Single rows, for set-up: where comfort counts and speed doesn't."""

from typing import Any

from sqlalchemy import Connection, Table, insert, update


def insert_row(connection: Connection, table: Table, **values: Any) -> int:
    """Adds a row and gives back its id."""
    key = connection.execute(insert(table).values(**values)).inserted_primary_key
    assert key is not None  # every table that this is used for numbers its rows
    return int(key[0])


def update_row(connection: Connection, table: Table, row_id: int | str, **values: Any) -> None:
    """Sets columns of the row with this id."""
    connection.execute(update(table).where(table.c.id == row_id).values(**values))
