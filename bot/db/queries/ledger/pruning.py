"""Deleting in small portions."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, delete, or_, select, tuple_, update

from bot.db.tables import deliveries, handled_requests, workspaces
from bot.domain.ledger.occasions import DeliveryState, OccasionKind

_SETTLED = (DeliveryState.SENT.value, DeliveryState.DROPPED.value, DeliveryState.FAILED.value)


def delete_deliveries(
    connection: Connection, kinds: Collection[OccasionKind], due_before: datetime, most: int
) -> int:
    """Settled deliveries of these kinds that were due before the instant; their workspaces know of
    it from then on."""
    old = (
        select(deliveries.c.id)
        .where(
            deliveries.c.state.in_(_SETTLED),
            deliveries.c.kind.in_([kind.value for kind in kinds]),
            deliveries.c.due_at < due_before,
        )
        .limit(most)
    )
    gone = delete(deliveries).where(deliveries.c.id.in_(old)).returning(deliveries.c.workspace_id)
    whose = connection.scalars(gone).all()
    _note_forgotten(connection, set(whose), due_before)
    return len(whose)


def _note_forgotten(connection: Connection, whose: Collection[str], before: datetime) -> None:
    known = workspaces.c.forgotten_before
    if whose:
        connection.execute(
            update(workspaces)
            .where(workspaces.c.id.in_(whose), or_(known.is_(None), known < before))
            .values(forgotten_before=before)
        )


def delete_requests(connection: Connection, handled_before: datetime, most: int) -> int:
    """Requests that were handled before the instant."""
    key = tuple_(handled_requests.c.workspace_id, handled_requests.c.key)
    old = (
        select(handled_requests.c.workspace_id, handled_requests.c.key)
        .where(handled_requests.c.handled_at < handled_before)
        .limit(most)
    )
    deleted: CursorResult[Any] = connection.execute(delete(handled_requests).where(key.in_(old)))
    return deleted.rowcount
