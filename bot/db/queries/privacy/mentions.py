"""A person's Slack id where no column is for it: inside keys, payloads and the audit log."""

import re
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    cast,
    delete,
    or_,
    select,
    tuple_,
    update,
)

from bot.db.tables import audit, deliveries, handled_requests, kudos

ERASED: Final = "erased"
"""Stands in the audit log for whoever was erased."""


def erase_mentions(connection: Connection, workspace_id: str, user_id: str) -> Mapping[str, int]:
    """Removes the id wherever the workspace's rows still say it; how many rows of each table.

    What was done stays in the audit log, done by or to somebody erased. Requests that were handled
    and messages about the person alone go; a round-up keeps what it says of others.
    """
    found = _Found(connection, workspace_id, user_id)
    return {
        "audit": found.in_audit(),
        "deliveries": found.in_deliveries(),
        "handled_requests": found.in_requests(),
        "kudos": found.in_kudos(),
    }


class _Found:
    def __init__(self, connection: Connection, workspace_id: str, user_id: str) -> None:
        self._connection, self._workspace_id, self._user_id = connection, workspace_id, user_id
        self._whole = re.compile(rf"(?<![A-Z0-9]){re.escape(user_id)}(?![A-Z0-9])")

    def in_audit(self) -> int:
        columns = audit.c.actor, audit.c.subject, audit.c.detail
        rows = self._rows(audit, columns, audit.c.id, *columns)
        for row in rows:
            values = {
                "actor": ERASED if row.actor == self._user_id else row.actor,
                "subject": None if row.subject == self._user_id else row.subject,
                "detail": {name: self._unnamed(said) for name, said in row.detail.items()},
            }
            own = audit.c.workspace_id == self._workspace_id, audit.c.id == row.id
            self._connection.execute(update(audit).where(*own).values(**values))
        return len(rows)

    def in_deliveries(self) -> int:
        columns = deliveries.c.key, deliveries.c.payload, deliveries.c.recipient
        rows = self._rows(deliveries, columns, deliveries.c.id, *columns)
        for row in rows:
            own = deliveries.c.workspace_id == self._workspace_id, deliveries.c.id == row.id
            left = self._without(row.payload)
            if self._mentions((row.key, row.recipient)) or len(left) < len(row.payload):
                self._connection.execute(delete(deliveries).where(*own))
            else:
                self._connection.execute(update(deliveries).where(*own).values(payload=left))
        return len(rows)

    def in_requests(self) -> int:
        key = handled_requests.c.key
        rows = self._rows(handled_requests, (key, handled_requests.c.answer), key)
        whose = tuple_(handled_requests.c.workspace_id, key)
        for row in rows:
            gone = delete(handled_requests).where(whose == (self._workspace_id, row.key))
            self._connection.execute(gone)
        return len(rows)

    def in_kudos(self) -> int:
        rows = self._rows(kudos, (kudos.c.about,), kudos.c.id, kudos.c.about)
        for row in rows:
            own = kudos.c.workspace_id == self._workspace_id, kudos.c.id == row.id
            self._connection.execute(update(kudos).where(*own).values(about=None))
        return len(rows)

    def _rows(self, table: Any, looked_at: tuple[Any, ...], *wanted: Any) -> list[Any]:
        says: ColumnElement[bool] = or_(
            *(cast(column, Text).contains(self._user_id, autoescape=True) for column in looked_at)
        )
        query = select(*wanted, *looked_at).where(table.c.workspace_id == self._workspace_id, says)
        return [row for row in self._connection.execute(query).all() if self._mentions(tuple(row))]

    def _mentions(self, value: object) -> bool:
        return self._whole.search(str(value)) is not None

    def _unnamed(self, said: str) -> str:
        """The text as it was, but for the person: a line of it may be about others, or targets."""
        return self._whole.sub(ERASED, said)

    def _without(self, said: Any) -> Any:
        """The document without whatever mentions the person; lists keep what they say of others."""
        if not isinstance(said, Mapping):
            return said
        left: dict[str, Any] = {}
        for name, value in said.items():
            if isinstance(value, list):
                left[name] = [each for each in value if not self._mentions(each)]
            elif not self._mentions(value):
                left[name] = value
        return left
