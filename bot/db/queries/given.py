"""Lists of any length as one value, read as a table: the statement's text never changes.

On SQLite they also decide where a search begins. Every statement is tied to its workspace, and of
`workspace_id = … AND id IN (…)` SQLite, which knows no table's size, takes the first for the rarer
as soon as the list has ten ids: it reads the whole workspace.
"""

import json
from collections.abc import Collection

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Table,
    Text,
    and_,
    bindparam,
    column,
    func,
)

_ID = column("value", BigInteger)


def given_ids(connection: Connection, name: str = "ids") -> tuple[FromClause, ColumnElement[int]]:
    """A table of the ids that the statement is given under this name, and its only column."""
    if connection.dialect.name == "sqlite":
        ids = func.json_each(bindparam(name, type_=Text)).table_valued(_ID)
    else:
        lists = bindparam(name, type_=ARRAY(BigInteger))
        ids = func.unnest(lists).table_valued(_ID).render_derived(name="given")
    return ids, ids.c.value


def each_given(connection: Connection, table: Table, *those: ColumnElement[bool]) -> FromClause:
    """The given ids, each with its row of the table; one that isn't there, or isn't one of those,
    with an empty row.

    That is for the caller to leave out: a condition would let SQLite begin with the table again.
    """
    some, given_id = given_ids(connection)
    return some.outerjoin(table, and_(table.c.id == given_id, *those))


def as_given(connection: Connection, ids: Collection[int]) -> str | list[int]:
    """The value to give it."""
    return json.dumps(list(ids)) if connection.dialect.name == "sqlite" else list(ids)
