"""What tests of migrations need: a row in every table, and revisions of their own."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, MetaData, Table, func, insert, inspect, select

import migrations
from bot.db.tables import deliveries, entries, handled_requests, milestones
from tests.teams import ALEX, MORGAN, RILEY, WORKSPACE, RepRow, TeamRows, a_target, a_team

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOON.date()
VERSIONS = Path(migrations.__file__).parent / "versions"

_ANY: dict[type[sa.types.TypeEngine[Any]], Any] = {
    sa.Boolean: True,
    sa.Integer: 1,
    sa.String: "T01TEST",
    sa.DateTime: NOON,
    sa.Date: TODAY,
    sa.Time: time(9),
    sa.JSON: [1],
    sa.Numeric: Decimal(1),
    sa.LargeBinary: b"1",
}
"""One value for each kind of column. Ids are 1 and T01TEST, so every reference holds."""


def a_used_team(connection: Connection) -> TeamRows:
    """Team West with time off, a target of a segment, a deal, a milestone and messages sent.

    Each other table has a row of whatever it takes.
    """
    away = ((date(2026, 12, 14), date(2026, 12, 18)),)
    rows = a_team(connection, reps=(RepRow(RILEY, "Riley", away=away), RepRow(ALEX, "Alex")))
    a_target(connection, rows, "First meetings", "2.5", "week", TODAY, segment="SDR")
    owned = {"workspace_id": WORKSPACE, "person_id": rows.people[RILEY]}
    what = {"indicator_id": rows.indicators["New customers"]}
    at = {"local_date": TODAY, "occurred_at": NOON, "recorded_at": NOON}
    deal = {"deal": "d1", "outcome": "won", "amount": Decimal("4200.50"), "quantity": Decimal(1)}
    more = {"source": "slack", "dedupe_key": "k1", "account": "Ácme", "note": "met the CFO ✓"}
    connection.execute(insert(entries).values(**owned, **what, **at, **deal, **more))
    about = {"team_id": rows.team_id, "key": "first_entry:1", "kind": "first_entry"}
    reached = {"reached_at": NOON, "reached_on": TODAY}
    connection.execute(insert(milestones).values(**owned, **what, **about, **reached))
    message = {"team_id": rows.team_id, "key": "nudge:U02RILEY:2026-11-20", "kind": "nudge"}
    where = {"recipient": MORGAN, "payload": {"a": [1]}, "state": "sent", "due_at": NOON}
    connection.execute(insert(deliveries).values(**owned, **message, **where, created_at=NOON))
    handled = {"workspace_id": WORKSPACE, "key": "Ev1", "handled_at": NOON}
    connection.execute(insert(handled_requests).values(**handled))
    a_row_everywhere(connection)
    return rows


def a_row_everywhere(connection: Connection) -> None:
    """A row in each table that has none, whatever tables and columns a revision has."""
    for table in _tables(connection):
        if not connection.scalar(select(func.count()).select_from(table)):
            row = {column.name: _any_value(column) for column in table.columns}
            connection.execute(insert(table).values(row))


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _any_value(column: sa.Column[Any]) -> Any:
    return next(value for kind, value in _ANY.items() if isinstance(column.type, kind))


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each table has."""
    with engine.connect() as connection:
        query = {
            table.name: select(func.count()).select_from(table) for table in _tables(connection)
        }
        return {name: connection.scalar(each) or 0 for name, each in query.items()}


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in _tables(connection)
        }


def indexes(engine: Engine) -> dict[str, list[str]]:
    """Every index with its columns and its condition."""
    inspector = inspect(engine)
    return {
        table: sorted(f"{_plain(index)}" for index in inspector.get_indexes(table))
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def _plain(index: Any) -> tuple[object, ...]:
    where = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return (index["name"], index["column_names"], bool(index["unique"]), where)


Revise = Callable[[str], None]


def add_revision(place: Path, head: str, body: str) -> None:
    """Copies the migrations to `place` and adds a revision "next" behind `head`.

    `body` is what its upgrade does.
    """
    shutil.copytree(VERSIONS.parent, place, ignore=shutil.ignore_patterns("__pycache__"))
    names = {"revision": "next", "down_revision": head, "branch_labels": None, "depends_on": None}
    lines = [f"{name} = {value!r}" for name, value in names.items()]
    lines += ["import sqlalchemy as sa", "from alembic import op", "def upgrade():"]
    lines += [f"    {line}" for line in body.strip().splitlines()]
    lines += ["def downgrade():", "    pass"]
    (place / "versions" / "next.py").write_text("\n".join(lines), encoding="utf-8")
