"""How long a workspace keeps its history, and what is too old for it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select, update

from bot.db.tables import (
    commitments,
    entries,
    interactions,
    kept_totals,
    kudos,
    one_to_ones,
    time_off,
    workspaces,
)


def kept_years(connection: Connection) -> Mapping[str, int]:
    """The workspaces that don't keep everything, with the years that they keep."""
    query = select(workspaces.c.id, workspaces.c.keep_years)
    rows = connection.execute(query.where(workspaces.c.keep_years.is_not(None)))
    return {row.id: row.keep_years for row in rows}


def set_kept_years(connection: Connection, workspace_id: str, years: int | None) -> None:
    """None keeps everything."""
    chosen = update(workspaces).where(workspaces.c.id == workspace_id)
    connection.execute(chosen.values(keep_years=years))


def delete_history(connection: Connection, before: date, most: int) -> int:
    """Some of what lies before the day, in the transaction's workspace; returns how many rows."""
    whole = (
        connection.execute(delete(table).where(table.c.local_date < before)).rowcount
        for table in (interactions, kept_totals)
    )
    return sum(whole) + sum(_delete(connection, table, old, most) for table, old in _old(before))


def _old(before: date) -> list[tuple[Table, ColumnElement[bool]]]:
    """An agreement that is still open stays, whenever it was made."""
    began = datetime.combine(before, time(), UTC)
    settled = and_(commitments.c.created_at < began, commitments.c.done_at.is_not(None))
    return [
        (entries, entries.c.local_date < before),
        (commitments, settled),
        (one_to_ones, one_to_ones.c.held_on < before),
        (kudos, kudos.c.given_on < before),
        (time_off, time_off.c.ends_on < before),
    ]


def _delete(connection: Connection, table: Table, old: ColumnElement[bool], most: int) -> int:
    ids = list(connection.scalars(select(table.c.id).where(old).limit(most)))
    if not ids:
        return 0
    for child, link in (
        (entries, entries.c.replaced_by),
        (commitments, commitments.c.one_to_one_id),
    ):
        if any(key.column.table is table for key in link.foreign_keys):
            connection.execute(update(child).where(link.in_(ids)).values({link.name: None}))
    deleted: Any = connection.execute(delete(table).where(table.c.id.in_(ids)))
    return int(deleted.rowcount)
