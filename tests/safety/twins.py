"""Two workspaces that look the same but for their ids, and a watch over what one of them asks."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Table, create_engine, insert, select, update

from bot.db.engine import database_address, for_writing, make_engine
from bot.db.tables import entries, indicators, metadata, people, workspaces
from bot.domain.setups.documents import document_of
from bot.domain.setups.drafts import Draft
from tests.hearing import heard
from tests.migrating import everything
from tests.postgresql import as_superuser
from tests.teams import LONG_AGO, WORKSPACE, RepRow, TeamRows, a_person, a_team

OTHER = "T02OTHER"
ADMIN = "U09STRANGER"
NADIA, NOAH = "U20NADIA", "U21NOAH"
"""The manager and the rep of the own workspace's other team."""
FAR, _APART = 7_000_000, 10_000
"""The other workspace's row ids begin here, each table's in a range of its own, so that they are
known wherever they turn up."""
THEIRS = 7_777
WORDS = {WORKSPACE: "Alphaword", OTHER: "Zuluword"}
"""Stands in every free text of a workspace."""
NOON = datetime(2026, 11, 18, 12, tzinfo=LONG_AGO.tzinfo)

_SAID: dict[str, Any] = {
    "deliveries.kind": "nudge",
    "deliveries.state": "sent",
    "deliveries.recipient": "U02RILEY",
    "deliveries.payload": {},
    "milestones.kind": "first_entry",
    "entries.source": "slack",
    "entries.outcome": None,
    "entries.undone_at": None,
    "entries.replaced_by": None,
    "kudos.withdrawn_at": None,
    "milestones.revoked_at": None,
    "commitments.done_at": None,
    "pairings.cancelled_at": None,
    "experiments.stopped_at": None,
    "experiment_members.in_group": "usual",
    "time_off.source": "slack",
    "interactions.kind": "line",
    "setups.user_id": ADMIN,
    "setups.document": document_of(Draft("nonce")),
    "audit.actor": "U01MORGAN",
    "audit.subject": "U02RILEY",
}


@dataclass(frozen=True)
class Twins:
    """Team West of two workspaces: one's own, and the other's, whose people are called alike."""

    own: TeamRows
    ids: dict[str, list[int]]
    """The other workspace's row ids, by table."""

    @property
    def every_id(self) -> frozenset[int]:
        return frozenset(each for ids in self.ids.values() for each in ids)


def make_twins(url: str) -> Twins:
    """Both, committed: in each table each has a row at least."""
    engine = make_engine(url)
    with engine.connect() as connection, for_writing(connection).begin():
        own = a_team(connection)
        a_team(connection, workspace_id=OTHER)
        a_team(connection, "East", reps=[RepRow(NOAH, "Noah")], managers=[NADIA])
        for workspace_id in (WORKSPACE, OTHER):
            a_person(connection, ADMIN, "Ada", workspace_id=workspace_id, is_admin=True)
            _a_row_everywhere(connection, workspace_id)
    engine.dispose()
    _move_far_away(url)
    return Twins(own, _ids_of(url, OTHER))


def _a_row_everywhere(connection: Connection, workspace_id: str) -> None:
    for table in metadata.sorted_tables:
        if table is workspaces:
            continue
        there = select(sa.func.count()).where(table.c.workspace_id == workspace_id)
        if not connection.scalar(there):
            row = {
                column.name: _value(connection, column, workspace_id)
                for column in table.columns
                if not (column.primary_key and column.name == "id")
            }
            connection.execute(insert(table).values(row | {"workspace_id": workspace_id}))


def _value(connection: Connection, column: sa.Column[Any], workspace_id: str) -> Any:
    said = f"{column.table.name}.{column.name}"
    if said in _SAID:
        return _SAID[said]
    for key in column.foreign_keys:
        target = key.column.table
        if target is workspaces:
            return workspace_id
        own = select(target.c.id).where(target.c.workspace_id == workspace_id)
        if target is people:
            rep = "U03SAM" if column.name in {"receiver_id", "teacher_id"} else "U02RILEY"
            own = own.where(people.c.user_id == rep)
        return connection.scalar(own.order_by(target.c.id).limit(1))
    return _plain(column, WORDS[workspace_id])


def _plain(column: sa.Column[Any], word: str) -> Any:
    kinds: list[tuple[Any, Any]] = [
        (sa.Boolean, False),
        (sa.Integer, 1),
        (sa.DateTime, NOON),
        (sa.Date, date(2026, 12, 1) if "end" in column.name else NOON.date()),
        (sa.Time, time(9)),
        (sa.JSON, {"word": word}),
        (sa.Numeric, Decimal(1)),
        (sa.LargeBinary, word.encode()),
    ]
    kind = column.type.impl if isinstance(column.type, sa.types.TypeDecorator) else column.type
    for known, value in kinds:
        if isinstance(kind, known):
            return Decimal(1) if column.name in {"quantity", "amount", "target"} else value
    length = getattr(kind, "length", None)
    return word[:length] if length else word


def make_telling_twins(url: str) -> Twins:
    """The same, but the other's sums (of entries that count `THEIRS`) and behaviours are known."""
    both, engine = make_twins(url), make_engine(url)
    with engine.connect() as connection, for_writing(connection).begin():
        theirs = update(entries).where(entries.c.workspace_id == OTHER)
        connection.execute(theirs.values(quantity=Decimal(THEIRS)))
        named = update(indicators).where(indicators.c.workspace_id == OTHER)
        connection.execute(named.values(name=sa.literal(f"{WORDS[OTHER]} ") + indicators.c.name))
    engine.dispose()
    return both


def _move_far_away(url: str) -> None:
    engine = create_engine(database_address(as_superuser(url)))
    tables = list(metadata.sorted_tables)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for table in tables:
            for column in _id_columns(table):
                far = column + FAR + _APART * tables.index(_pointed_at(column))
                statement = update(table).where(table.c.workspace_id == OTHER)
                connection.execute(statement.values({column.name: far}))
    engine.dispose()


def _id_columns(table: Table) -> Iterator[sa.Column[Any]]:
    if table is not workspaces:
        for column in table.columns:
            keys = [key for key in column.foreign_keys if key.column.table is not workspaces]
            is_number = isinstance(table.c[column.name].type, sa.BigInteger | sa.Integer)
            if keys or (column.name == "id" and is_number):
                yield column


def _pointed_at(column: sa.Column[Any]) -> Table:
    keys = [key.column.table for key in column.foreign_keys]
    return next((table for table in keys if table is not workspaces), column.table)


def _ids_of(url: str, workspace_id: str) -> dict[str, list[int]]:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: list(
                connection.scalars(select(table.c.id).where(table.c.workspace_id == workspace_id))
            )
            for table in metadata.sorted_tables
            if table is not workspaces and "id" in table.c
        }
    engine.dispose()
    return found


def rows_of(engine: Engine, workspace_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a workspace."""
    return {
        name: [row for row in rows if workspace_id in row]
        for name, rows in everything(engine).items()
    }


@dataclass
class Watch:
    """Notes statements that name a row of the other workspace and don't name the own one.

    Such a statement would find the row, were it there: the wall would be the caller's memory.
    """

    foreign: frozenset[int]
    unbound: set[str] = field(default_factory=set)
    seen: int = 0

    def look(self, statement: str, given: Any) -> None:
        self.seen += 1
        values = set(_flat(given))
        if values & self.foreign and WORKSPACE not in values:
            self.unbound.add(statement)


def _flat(given: Any) -> Iterator[Any]:
    if isinstance(given, dict):
        given = list(given.values())
    if isinstance(given, list | tuple):
        for each in given:
            yield from _flat(each)
    else:
        yield given


@contextmanager
def watched(engine: Engine, foreign: frozenset[int]) -> Iterator[Watch]:
    """Looks at every statement that goes to the database, prepared ones too."""
    watch = Watch(foreign)
    with heard(engine, lambda _connection, text, given: watch.look(text, given)):
        yield watch


def constants(module: Any) -> Sequence[str]:
    """The names that a module of names holds."""
    held = vars(module).items()
    return [value for name, value in held if name.isupper() and isinstance(value, str)]


def pressed(user_id: str, action_id: str, value: str, **more: Any) -> dict[str, Any]:
    """A button's payload as Slack sends it, made up."""
    option = {"text": {"type": "plain_text", "text": "x"}, "value": value}
    pressed = {"action_id": action_id, "block_id": "b", "value": value, "type": "button"}
    return {
        "type": "block_actions",
        "user": {"id": user_id, "team_id": WORKSPACE},
        "team": {"id": WORKSPACE},
        "trigger_id": f"forged.{action_id}.{value}"[:100],
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C01WEST"},
        "actions": [pressed | ({"selected_option": option} if more.pop("menu", False) else {})],
        **more,
    }


def sent_form(
    user_id: str, callback_id: str, metadata: Any, values: dict[str, Any], view_id: str = "VF"
) -> dict[str, Any]:
    """A form's payload as Slack sends it, made up; `metadata` is what it carries along."""
    kept = metadata if isinstance(metadata, str) else json.dumps(metadata)
    return {
        "type": "view_submission",
        "user": {"id": user_id, "team_id": WORKSPACE},
        "team": {"id": WORKSPACE},
        "trigger_id": "forged",
        "view": {
            "id": view_id,
            "type": "modal",
            "callback_id": callback_id,
            "private_metadata": kept,
            "blocks": [{"type": "input", "block_id": name} for name in values],
            "state": {"values": values},
        },
    }
