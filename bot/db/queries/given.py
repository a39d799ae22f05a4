"""Lists of any length as one value, read as a table: the statement's text never changes.

On SQLite they also decide where a search begins. Every statement is tied to its workspace, and of
`workspace_id = … AND id IN (…)` SQLite, which knows no table's size, takes the first for the rarer
as soon as the list has ten ids: it reads the whole workspace.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnClause,
    ColumnElement,
    Connection,
    FromClause,
    Table,
    Text,
    and_,
    bindparam,
    column,
    func,
    literal_column,
    select,
    type_coerce,
)

from bot.db.types import as_text

_ID = column("value", BigInteger)


def given_ids(connection: Connection) -> tuple[FromClause, ColumnElement[int]]:
    """A table of the `ids` that the statement is given, and its only column."""
    if connection.dialect.name == "sqlite":
        ids = func.json_each(bindparam("ids", type_=Text)).table_valued(_ID)
    else:
        lists = bindparam("ids", type_=ARRAY(BigInteger))
        ids = func.unnest(lists).table_valued(_ID).render_derived(name="given")
    return ids, ids.c.value


def each_given(
    connection: Connection,
    table: Table,
    *those: ColumnElement[bool],
    by: ColumnElement[int] | None = None,
) -> FromClause:
    """The given ids, each with its row of the table, or with its rows where they are found `by`
    a column that has an index; one that has none, or none of those, with an empty row.

    That is for the caller to leave out: a condition would let SQLite begin with the table again.
    """
    some, given_id = given_ids(connection)
    found_by = table.c.id if by is None else by
    return some.outerjoin(table, and_(found_by == given_id, *those))


def as_given(connection: Connection, ids: Collection[int]) -> str | list[int]:
    """The value to give it."""
    return json.dumps(list(ids)) if connection.dialect.name == "sqlite" else list(ids)


def given_rows(columns: Sequence[ColumnClause[Any]], *, is_sqlite: bool) -> FromClause:
    """A table of the rows that the statement is given, of these columns."""
    if is_sqlite:
        rows = func.json_each(bindparam("given", type_=Text)).table_valued(column("value"))
        parts = (
            type_coerce(func.json_extract(rows.c.value, literal_column(f"'$[{n}]'")), each.type)
            for n, each in enumerate(columns)
        )
        named = zip(parts, columns, strict=True)
        return select(*(part.label(each.name) for part, each in named)).subquery()
    lists = (bindparam(each.name, type_=ARRAY(each.type)) for each in columns)
    return func.unnest(*lists).table_valued(*columns).render_derived(name="given")


def rows_as_given(
    columns: Sequence[ColumnClause[Any]], rows: Iterable[Sequence[Any]], *, is_sqlite: bool
) -> dict[str, Any]:
    """The values to give it: numbers, dates and instants, in the order of the columns."""
    if is_sqlite:
        return {"given": json.dumps(list(rows), default=_as_stored)}
    lists = zip(*rows, strict=True)
    return {each.name: list(values) for each, values in zip(columns, lists, strict=True)}


def _as_stored(value: date) -> str | None:
    return as_text(value) if isinstance(value, datetime) else value.isoformat()
