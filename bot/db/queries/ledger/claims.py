"""Taking deliveries up and settling them.

Every change of state is one conditional UPDATE, so that of two processes one alone wins.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, CursorResult, and_, bindparam, or_, update

from bot.db.tables import deliveries
from bot.domain.ledger.deliveries import Claim, Sent
from bot.domain.ledger.occasions import DeliveryState

_PLANNED, _SENDING = DeliveryState.PLANNED.value, DeliveryState.SENDING.value
_columns = deliveries.c
_SETTLE_SENT = (
    update(deliveries)
    .where(_columns.id == bindparam("which"), _columns.state == _SENDING)
    .values(
        state=DeliveryState.SENT.value,
        channel=bindparam("place"),
        ts=bindparam("under"),
        sent_at=bindparam("at"),
        lease_until=None,
    )
)


def claim_all(
    connection: Connection, ids: Collection[int], wall: datetime, lease_until: datetime
) -> list[Claim]:
    """Takes deliveries up, but those that somebody else has; in no order."""
    fresh = and_(
        _columns.state == _PLANNED,
        or_(_columns.not_before.is_(None), _columns.not_before <= wall),
    )
    lapsed = and_(_columns.state == _SENDING, _columns.lease_until <= wall)
    taken: list[Claim] = []
    left = set(ids)
    for condition, in_doubt in ((fresh, False), (lapsed, True)):
        if left:
            taken += _taken(connection, left, condition, lease_until, in_doubt)
            left -= {each.delivery_id for each in taken}
    return taken


def _taken(
    connection: Connection,
    ids: Collection[int],
    condition: ColumnElement[bool],
    lease_until: datetime,
    in_doubt: bool,
) -> list[Claim]:
    rows = connection.execute(
        update(deliveries)
        .where(_columns.id.in_(ids), condition)
        .values(
            state=_SENDING,
            lease_until=lease_until,
            not_before=None,
            attempts=_columns.attempts + 1,
        )
        .returning(_columns.id, _columns.attempts)
    )
    return [Claim(row.id, row.attempts, lease_until, in_doubt) for row in rows]


def renew(connection: Connection, held_claim: Claim, lease_until: datetime) -> Claim | None:
    """A longer lease for a claim that is still ours."""
    still = _change_claimed(connection, held_claim, lease_until=lease_until)
    return replace(held_claim, lease_until=lease_until) if still else None


def settle(connection: Connection, held_claim: Claim, **values: Any) -> bool:
    """Ends a claim with these values; False where it is no longer ours."""
    return _change_claimed(connection, held_claim, **({"lease_until": None} | values))


def settle_sent(connection: Connection, sent: Sequence[Sent]) -> None:
    """Records what is there, whoever holds the claims by now: the truth needs no lease."""
    connection.execute(
        _SETTLE_SENT,
        [
            {"which": each.delivery_id, "place": each.channel, "under": each.ts, "at": each.at}
            for each in sent
        ],
    )


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
