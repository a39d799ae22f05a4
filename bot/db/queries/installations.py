"""Installations, by the id of their workspace or organisation."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, or_, select, update

from bot.db.queries.rows import insert_into
from bot.db.tables import installations


def find(connection: Connection, workspace_id: str) -> Row[Any] | None:
    """The row with all that it holds, secrets encrypted."""
    chosen = installations.c.workspace_id == workspace_id
    return connection.execute(select(installations).where(chosen)).one_or_none()


def find_for_update(connection: Connection, workspace_id: str) -> Row[Any] | None:
    """The row, which nobody else changes until the transaction's end."""
    chosen = select(installations).where(installations.c.workspace_id == workspace_id)
    return connection.execute(chosen.with_for_update()).one_or_none()


def every(connection: Connection) -> Sequence[Row[Any]]:
    """All of them, in order."""
    return connection.execute(select(installations).order_by(installations.c.workspace_id)).all()


def put(connection: Connection, workspace_id: str, values: dict[str, Any]) -> None:
    """A new row, or everything of the old one anew."""
    row = values | {"revision": secrets.token_hex(8)}
    statement = insert_into(connection, installations).values(workspace_id=workspace_id, **row)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["workspace_id"], set_=row),
    )


def change(
    connection: Connection, workspace_id: str, values: dict[str, Any], *, seen: str | None = None
) -> bool:
    """Changes a row, only at the revision `seen`, where one is given; False where nothing fits.

    The revision stays: a renewal that is under way must find the row that it began with.
    """
    chosen = update(installations).where(installations.c.workspace_id == workspace_id)
    if seen is not None:
        chosen = chosen.where(installations.c.revision == seen)
    return connection.execute(chosen.values(**values)).rowcount > 0


def replace(
    connection: Connection, workspace_id: str, values: dict[str, Any], *, seen: str
) -> bool:
    """The same, with a new revision: what was seen before isn't so any more."""
    row = values | {"revision": secrets.token_hex(8)}
    return change(connection, workspace_id, row, seen=seen)


def rejoin(
    connection: Connection, organisation: str, workspace_ids: Collection[str] | None = None
) -> None:
    """These workspaces, or all, are served by their organisation's installation again."""
    served = update(installations).where(
        installations.c.organisation == organisation,
        installations.c.token.is_(None),
        installations.c.quiet_because.is_not(None),
    )
    if workspace_ids is not None:
        served = served.where(installations.c.workspace_id.in_(workspace_ids))
    gone = {"quiet_because": None, "quiet_since": None, "revision": secrets.token_hex(8)}
    connection.execute(served.values(**gone))


def begin_renewal(
    connection: Connection, workspace_id: str, seen: str, now: datetime, until: datetime
) -> bool:
    """Takes the right to renew, at this revision; False where somebody else has it."""
    free = or_(installations.c.renewing_until.is_(None), installations.c.renewing_until <= now)
    taken = (
        update(installations)
        .where(installations.c.workspace_id == workspace_id, free)
        .where(installations.c.revision == seen, installations.c.quiet_because.is_(None))
        .values(renewing_until=until)
    )
    return connection.execute(taken).rowcount > 0


def expiring(connection: Connection, before: datetime) -> list[str]:
    """Those in use whose token expires before the instant and can be renewed."""
    query = select(installations.c.workspace_id).where(
        installations.c.expires_at < before,
        installations.c.refresh_token.is_not(None),
        installations.c.quiet_because.is_(None),
    )
    return list(connection.scalars(query.order_by(installations.c.expires_at)))
