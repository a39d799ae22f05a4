"""Kudos: written once by their dedupe key, counted, taken back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, update

from bot.db.queries.rows import insert_once
from bot.db.tables import kudos, people
from bot.domain.feats.kudos import Kudos

_columns = kudos.c
_giver, _receiver = people.alias("giver"), people.alias("receiver")


def wait_for_giver(connection: Connection, person_id: int) -> None:
    """Lets one person's kudos be counted and written one after the other.

    On SQLite there is one writer anyway.
    """
    own = select(people.c.id).where(people.c.id == person_id)
    connection.execute(own.with_for_update(key_share=True))


def insert_new(connection: Connection, **values: Any) -> int | None:
    """Writes a kudos and gives its id; None where its dedupe key is there already."""
    return insert_once(connection, kudos, ["workspace_id", "dedupe_key"], **values)


def given_on(connection: Connection, giver_id: int, day: date) -> int:
    """How many kudos somebody gave on a local date, those taken back included."""
    query = select(func.count()).where(_columns.giver_id == giver_id, _columns.given_on == day)
    return connection.scalar(query) or 0


def find(connection: Connection, workspace_id: str, kudos_id: int) -> Kudos | None:
    """One kudos that wasn't taken back."""
    alive = _columns.id == kudos_id, _columns.withdrawn_at.is_(None)
    return _one(connection, _of(workspace_id).where(*alive))


def find_same(connection: Connection, workspace_id: str, dedupe_key: str) -> Kudos | None:
    """The kudos that was written under this dedupe key, taken back or not."""
    return _one(connection, _of(workspace_id).where(_columns.dedupe_key == dedupe_key))


def written_as(connection: Connection, workspace_id: str, dedupe_key: str) -> Kudos:
    """The kudos that is surely there under this dedupe key."""
    row = connection.execute(_of(workspace_id).where(_columns.dedupe_key == dedupe_key)).one()
    return _kudos(row)


def last_of(connection: Connection, workspace_id: str, giver_id: int) -> Kudos | None:
    """Somebody's newest kudos that wasn't taken back."""
    own = _columns.giver_id == giver_id, _columns.withdrawn_at.is_(None)
    return _one(connection, _of(workspace_id).where(*own).order_by(_columns.id.desc()).limit(1))


def withdraw(connection: Connection, kudos_id: int, now: datetime) -> bool:
    """Takes one back; False where that has been done already."""
    changed = connection.execute(
        update(kudos)
        .where(_columns.id == kudos_id, _columns.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    return changed.rowcount == 1


def counts_about(connection: Connection, workspace_id: str, about: str) -> Mapping[int, int]:
    """How many kudos there are for a celebration, by the receiver's id."""
    query = select(_columns.receiver_id, func.count()).where(
        _columns.workspace_id == workspace_id,
        _columns.about == about,
        _columns.withdrawn_at.is_(None),
    )
    rows = connection.execute(query.group_by(_columns.receiver_id))
    return dict(rows.all())


def received_in(
    connection: Connection, team_id: int, first: date, last: date, until: datetime
) -> Mapping[int, int]:
    """How many kudos each of a team's people got on these dates, by the receiver's id."""
    query = select(_columns.receiver_id, func.count()).where(
        _columns.team_id == team_id,
        _columns.given_on.between(first, last),
        _columns.given_at <= until,
        _columns.withdrawn_at.is_(None),
    )
    rows = connection.execute(query.group_by(_columns.receiver_id))
    return dict(rows.all())


def _of(workspace_id: str) -> Select[Any]:
    return (
        select(kudos, _giver.c.user_id.label("giver"), _receiver.c.user_id.label("receiver"))
        .join(_giver, _giver.c.id == _columns.giver_id)
        .join(_receiver, _receiver.c.id == _columns.receiver_id)
        .where(_columns.workspace_id == workspace_id)
    )


def _one(connection: Connection, query: Select[Any]) -> Kudos | None:
    row = connection.execute(query).one_or_none()
    return None if row is None else _kudos(row)


def _kudos(row: Row[Any]) -> Kudos:
    return Kudos(
        id=row.id,
        team_id=row.team_id,
        giver_id=row.giver_id,
        receiver_id=row.receiver_id,
        giver=row.giver,
        receiver=row.receiver,
        reason=row.reason,
        about=row.about,
        given_on=row.given_on,
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
    )
