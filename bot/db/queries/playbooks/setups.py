"""Guided set-ups that are under way, one for each person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.db.queries.rows import insert_into
from bot.db.tables import audit, people, setups, teams


def find_setup(connection: Connection, workspace_id: str, user_id: str) -> Mapping[str, Any] | None:
    """The person's set-up; on PostgreSQL nobody else changes it until the transaction ends."""
    document: Mapping[str, Any] | None = connection.scalar(
        select(setups.c.document)
        .where(setups.c.workspace_id == workspace_id, setups.c.user_id == user_id)
        .with_for_update()
    )
    return document


def keep_setup(
    connection: Connection,
    workspace_id: str,
    user_id: str,
    document: Mapping[str, Any],
    now: datetime,
) -> None:
    """Stores the person's set-up in the place of what there was."""
    row = {"document": dict(document), "updated_at": now}
    connection.execute(
        insert_into(connection, setups)
        .values(workspace_id=workspace_id, user_id=user_id, **row)
        .on_conflict_do_update(index_elements=["workspace_id", "user_id"], set_=row)
    )


def team_id_named(connection: Connection, workspace_id: str, name: str) -> int | None:
    """The id of the active team of exactly this name."""
    team_id: int | None = connection.scalar(
        select(teams.c.id).where(
            teams.c.workspace_id == workspace_id,
            teams.c.name == name,
            teams.c.retired_on.is_(None),
        )
    )
    return team_id


def last_to_change(connection: Connection, team_id: int) -> str | None:
    """The name of whoever changed the team last, or the user id; None where nobody noted it."""
    row = connection.execute(
        select(audit.c.actor, people.c.name)
        .outerjoin(
            people,
            (people.c.workspace_id == audit.c.workspace_id) & (people.c.user_id == audit.c.actor),
        )
        .where(audit.c.team_id == team_id)
        .order_by(audit.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.name or row.actor)


def forget_in_setups(connection: Connection, workspace_id: str, user_id: str) -> int:
    """Removes the person's own set-up, and the person from those of others; how many it touched."""
    own = (setups.c.workspace_id == workspace_id, setups.c.user_id == user_id)
    touched = connection.execute(delete(setups).where(*own)).rowcount
    kept = select(setups.c.id, setups.c.document).where(setups.c.workspace_id == workspace_id)
    for row in connection.execute(kept).all():
        without = _without(row.document, user_id)
        if without != row.document:
            changed = update(setups).where(setups.c.id == row.id).values(document=without)
            touched += connection.execute(changed).rowcount
    return touched


def _without(document: Mapping[str, Any], user_id: str) -> Mapping[str, Any]:
    lists = {
        name: [user for user in document[name] if user != user_id] for name in ("reps", "managers")
    }
    people = {user: met for user, met in document["people"].items() if user != user_id}
    return {**document, **lists, "people": people}
