"""Who sets a workspace up, and which of its teams are retired."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.db.tables import people, teams


def admins_of(
    connection: Connection, workspace_id: str, *, who_left: bool = True
) -> tuple[str, ...]:
    """The user ids of the workspace's admins, in the order in which they came.

    `who_left` says whether those count whose account in Slack is switched off.
    """
    query = select(people.c.user_id).where(people.c.workspace_id == workspace_id, people.c.is_admin)
    if not who_left:
        query = query.where(people.c.deactivated_at.is_(None))
    return tuple(connection.scalars(query.order_by(people.c.id)))


def set_admins(
    connection: Connection, workspace_id: str, users: Iterable[str], now: datetime
) -> None:
    """Makes these the workspace's admins, and nobody else."""
    wanted = tuple(users)
    known = set(
        connection.scalars(select(people.c.user_id).where(people.c.workspace_id == workspace_id))
    )
    for user in wanted:
        if user not in known:
            row = {"workspace_id": workspace_id, "user_id": user, "created_at": now}
            connection.execute(insert(people).values(**row))
    connection.execute(
        update(people)
        .where(people.c.workspace_id == workspace_id)
        .values(is_admin=people.c.user_id.in_(wanted))
    )


def retired_teams(connection: Connection, workspace_id: str) -> tuple[str, ...]:
    """Names of teams that there are no more."""
    query = (
        select(teams.c.name)
        .where(teams.c.workspace_id == workspace_id, teams.c.retired_on.is_not(None))
        .order_by(teams.c.name)
    )
    return tuple(connection.scalars(query))
