"""Taking deliveries up and settling them.

Every change of state is one conditional UPDATE, so that of two processes one alone wins.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, and_, or_, update

from bot.db.tables import deliveries
from bot.domain.ledger.deliveries import Claim
from bot.domain.ledger.occasions import DeliveryState

_PLANNED, _SENDING = DeliveryState.PLANNED.value, DeliveryState.SENDING.value
_columns = deliveries.c


def claim(
    connection: Connection, delivery_id: int, wall: datetime, lease_until: datetime
) -> Claim | None:
    """Takes a delivery up, unless somebody else has it."""
    fresh = and_(
        _columns.state == _PLANNED,
        or_(_columns.not_before.is_(None), _columns.not_before <= wall),
    )
    lapsed = and_(_columns.state == _SENDING, _columns.lease_until <= wall)
    for condition, in_doubt in ((fresh, False), (lapsed, True)):
        attempt = connection.scalar(
            update(deliveries)
            .where(_columns.id == delivery_id, condition)
            .values(
                state=_SENDING,
                lease_until=lease_until,
                not_before=None,
                attempts=_columns.attempts + 1,
            )
            .returning(_columns.attempts)
        )
        if attempt is not None:
            return Claim(delivery_id, attempt, lease_until, in_doubt)
    return None


def renew(connection: Connection, held_claim: Claim, lease_until: datetime) -> Claim | None:
    """A longer lease for a claim that is still ours."""
    still = _change_claimed(connection, held_claim, lease_until=lease_until)
    return replace(held_claim, lease_until=lease_until) if still else None


def settle(connection: Connection, held_claim: Claim, **values: Any) -> bool:
    """Ends a claim with these values; False where it is no longer ours."""
    return _change_claimed(connection, held_claim, **({"lease_until": None} | values))


def settle_sent(
    connection: Connection, delivery_id: int, channel: str, ts: str, now: datetime
) -> bool:
    """Records that it is there, whoever holds the claim by now: the truth needs no lease."""
    changed: CursorResult[Any] = connection.execute(
        update(deliveries)
        .where(_columns.id == delivery_id, _columns.state == _SENDING)
        .values(
            state=DeliveryState.SENT.value, channel=channel, ts=ts, sent_at=now, lease_until=None
        )
    )
    return changed.rowcount == 1


def withdraw(connection: Connection, workspace_id: str, key: str, reason: str) -> bool:
    """Drops a delivery that nobody has taken up yet; False where it is on its way or settled."""
    changed: CursorResult[Any] = connection.execute(
        update(deliveries)
        .where(
            _columns.workspace_id == workspace_id,
            _columns.key == key,
            _columns.state == _PLANNED,
        )
        .values(state=DeliveryState.DROPPED.value, reason=reason, not_before=None)
    )
    return changed.rowcount == 1


def _change_claimed(connection: Connection, held_claim: Claim, **values: Any) -> bool:
    changed: CursorResult[Any] = connection.execute(
        update(deliveries)
        .where(
            _columns.id == held_claim.delivery_id,
            _columns.state == _SENDING,
            _columns.attempts == held_claim.attempt,
        )
        .values(**values)
    )
    return changed.rowcount == 1
