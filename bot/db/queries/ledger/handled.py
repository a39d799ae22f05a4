"""Requests that Slack may send several times: taken once each."""

from datetime import datetime

from sqlalchemy import Connection

from bot.db.queries.rows import insert_into
from bot.db.tables import handled_requests


def take(connection: Connection, workspace_id: str, key: str, now: datetime) -> bool:
    """Notes that a request is being handled; False where it was before.

    Of two transactions that take the same one at once, the second waits for the first.
    """
    statement = (
        insert_into(connection, handled_requests)
        .values(workspace_id=workspace_id, key=key, handled_at=now)
        .on_conflict_do_nothing(index_elements=["workspace_id", "key"])
    )
    return connection.scalar(statement.returning(handled_requests.c.key)) is not None
