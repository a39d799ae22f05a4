"""Workspaces with their active teams and direct conversations, by their ids."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.db.queries.given import as_given, each_given
from bot.db.tables import people, teams, workspaces
from bot.domain.portions import Portion


def active_revision(
    connection: Connection, team_id: int, workspace_id: str | None = None
) -> str | None:
    """The state that a team is in; None where it has been retired, or isn't the workspace's."""
    query = select(teams.c.revision).where(teams.c.id == team_id, teams.c.retired_on.is_(None))
    if workspace_id is not None:
        query = query.where(teams.c.workspace_id == workspace_id)
    revision: str | None = connection.scalar(query)
    return revision


def active_revisions(connection: Connection, portion: Portion) -> dict[int, str]:
    """The states, by team id, of those of a portion that haven't been retired."""
    theirs = teams.c.workspace_id == portion.workspace_id, teams.c.retired_on.is_(None)
    query = select(teams.c.id, teams.c.revision).select_from(each_given(connection, teams, *theirs))
    ids = as_given(connection, range(portion.first_id, portion.last_id + 1))
    rows = connection.execute(query.order_by(teams.c.id), {"ids": ids})
    return {row[0]: row[1] for row in rows if row[0] is not None}


def workspace_of_team(connection: Connection, team_id: int) -> str | None:
    """Whose team it is."""
    found: str | None = connection.scalar(select(teams.c.workspace_id).where(teams.c.id == team_id))
    return found


def workspace_ids(connection: Connection) -> list[str]:
    """Every workspace, in order."""
    return list(connection.scalars(select(workspaces.c.id).order_by(workspaces.c.id)))


def set_direct_channel(
    connection: Connection, workspace_id: str, user_id: str, channel: str
) -> None:
    """Keeps the D… that Slack opened for a person, where that person is known."""
    connection.execute(
        update(people)
        .where(people.c.workspace_id == workspace_id, people.c.user_id == user_id)
        .values(dm_channel=channel)
    )


def charts_refused_at(connection: Connection, workspace_id: str) -> datetime | None:
    """When its Slack last took a message only without charts."""
    at: datetime | None = connection.scalar(
        select(workspaces.c.charts_refused_at).where(workspaces.c.id == workspace_id)
    )
    return at


def set_charts_refused(connection: Connection, workspace_id: str, at: datetime) -> None:
    """Keeps that its Slack draws no charts just now."""
    connection.execute(
        update(workspaces).where(workspaces.c.id == workspace_id).values(charts_refused_at=at)
    )
