"""Requests that were handled, by their keys, and what was said to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.db.tables import handled_requests


def answer_to(connection: Connection, workspace_id: str, key: str) -> Any:
    """What was said to the request; None for one that wasn't handled yet."""
    return connection.scalar(
        select(handled_requests.c.answer).where(
            handled_requests.c.workspace_id == workspace_id, handled_requests.c.key == key
        )
    )


def keep_answer(
    connection: Connection, workspace_id: str, key: str, answer: Any, now: datetime
) -> None:
    """Writes down that the request was handled, and what was said."""
    row = {"workspace_id": workspace_id, "key": key, "answer": answer, "handled_at": now}
    connection.execute(insert(handled_requests).values(**row))
