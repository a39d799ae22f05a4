"""Entries on their way in: staged in a table of this connection's own, then added by one statement.

Staging writes no table that others see, so it may take its time; on SQLite only `add_staged` holds
the file's write lock. The staging table lives until `drop_staging` or the connection's end.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.schema import CreateTable, DropTable

from bot.db.queries.people.identity import TeamRevision
from bot.db.queries.rows import insert_into
from bot.db.tables import entries, indicators, teams
from bot.db.types import BigId, Instant, Quantity

IMPORT = "import"

_staged = Table(
    "staged_activities",
    MetaData(),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("workspace_id", String(32), nullable=False),
    Column("person_id", BigId, nullable=False),
    Column("indicator_id", BigId, nullable=False),
    Column("quantity", Quantity, nullable=False),
    Column("local_date", Date, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("account", Text),
    Column("note", Text),
    Column("external_id", String(200)),
    Column("undone_at", Instant),
    Column("key", String(200), nullable=False),
    Column("content", String(40), nullable=False),
    Column("is_numbered", Boolean, nullable=False),
    prefixes=["TEMPORARY"],
)
_INSERT = insert(_staged)
_COPIED = [
    "workspace_id",
    "person_id",
    "indicator_id",
    "quantity",
    "local_date",
    "occurred_at",
    "account",
    "note",
    "external_id",
    "undone_at",
]


def create_staging(connection: Connection) -> None:
    """An empty staging table."""
    connection.execute(CreateTable(_staged))


def drop_staging(connection: Connection) -> None:
    """Gives the room back before the connection ends."""
    connection.execute(DropTable(_staged, if_exists=True))


def stage(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows, each a mapping of the staging table's columns.

    `key` is unique for a row's entry for ever; with `is_numbered`, after a running number among
    the rows of the same key has been added to it. `content` is equal for rows that say the same.
    """
    connection.execute(_INSERT, rows)


def contradictions(connection: Connection) -> list[tuple[int, int, str]]:
    """Rows (line, line of the first one, id) that use an id of the file with another content."""
    firsts = (
        select(func.min(_staged.c.line).label("line"))
        .where(~_staged.c.is_numbered)
        .group_by(_staged.c.workspace_id, _staged.c.key)
        .having(func.min(_staged.c.content) != func.max(_staged.c.content))
        .subquery()
    )
    first = _staged.alias("first")
    query = (
        select(_staged.c.line, first.c.line, func.coalesce(_staged.c.external_id, _staged.c.key))
        .join_from(firsts, first, first.c.line == firsts.c.line)
        .join(
            _staged,
            and_(
                _staged.c.workspace_id == first.c.workspace_id,
                _staged.c.key == first.c.key,
                _staged.c.content != first.c.content,
            ),
        )
        .order_by(_staged.c.line)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def _keyed() -> Select[Any]:
    """The staged rows with their final dedupe keys, those that repeat an id left out."""
    number = func.row_number().over(
        partition_by=(_staged.c.workspace_id, _staged.c.key), order_by=_staged.c.line
    )
    numbered = select(_staged, number.label("number")).subquery()
    key = case(
        (numbered.c.is_numbered, numbered.c.key + ":" + cast(numbered.c.number, String)),
        else_=numbered.c.key,
    )
    columns = [numbered.c[name] for name in _COPIED]
    return (
        select(numbered.c.line, *columns, key.label("dedupe_key"))
        .where(or_(numbered.c.is_numbered, numbered.c.number == 1))
        .order_by(numbered.c.line)
    )


def new_rows(connection: Connection) -> int:
    """How many of the staged rows `add_staged` would add."""
    keyed = _keyed().subquery()
    known = exists().where(
        entries.c.workspace_id == keyed.c.workspace_id, entries.c.dedupe_key == keyed.c.dedupe_key
    )
    found = connection.scalar(select(func.count()).select_from(keyed).where(~known))
    return found or 0


_RECORDED_AT = bindparam("recorded_at", type_=Instant())


def add_staged(connection: Connection, recorded_at: datetime) -> int:
    """Adds the staged rows that are not there yet; returns how many."""
    keyed = _keyed().subquery()
    columns = [keyed.c[name] for name in (*_COPIED, "dedupe_key")]
    source = select(*columns, _RECORDED_AT, literal(IMPORT)).order_by(keyed.c.line)
    adding = (
        insert_into(connection, entries)
        .from_select([*_COPIED, "dedupe_key", "recorded_at", "source"], source)
        .on_conflict_do_nothing(index_elements=("workspace_id", "dedupe_key"))
    )
    counted = connection.execution_options(preserve_rowcount=True)
    return counted.execute(adding, {"recorded_at": recorded_at}).rowcount


def staged_people(connection: Connection) -> list[tuple[str, TeamRevision, int]]:
    """Whose entries are staged, with workspace and active team of what they count."""
    query = (
        select(teams.c.workspace_id, teams.c.id, teams.c.revision, _staged.c.person_id)
        .distinct()
        .join_from(_staged, indicators, indicators.c.id == _staged.c.indicator_id)
        .join(teams, teams.c.id == indicators.c.team_id)
        .where(teams.c.retired_on.is_(None))
        .order_by(teams.c.id, _staged.c.person_id)
    )
    rows = connection.execute(query)
    return [(row.workspace_id, TeamRevision(row.id, row.revision), row.person_id) for row in rows]
