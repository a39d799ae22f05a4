"""From the names that an operator types to rows, in any workspace."""

from sqlalchemy import Connection, select

from bot.db.tables import people


def workspaces_of_user(connection: Connection, user_id: str) -> list[str]:
    """The workspaces that know this Slack user id."""
    known = select(people.c.workspace_id).where(people.c.user_id == user_id)
    return list(connection.scalars(known.order_by(people.c.workspace_id)))
