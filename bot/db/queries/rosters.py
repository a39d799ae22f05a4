"""Teams, workspaces and direct conversations, by their ids."""

from sqlalchemy import Connection, select, update

from bot.db.tables import people, teams, workspaces


def active_revision(
    connection: Connection, team_id: int, workspace_id: str | None = None
) -> str | None:
    """The state that a team is in; None where it has been retired, or isn't the workspace's."""
    query = select(teams.c.revision).where(teams.c.id == team_id, teams.c.retired_on.is_(None))
    if workspace_id is not None:
        query = query.where(teams.c.workspace_id == workspace_id)
    revision: str | None = connection.scalar(query)
    return revision


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
