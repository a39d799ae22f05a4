"""Taking deliveries up and settling them.

Every change of state is one conditional UPDATE, so that of two processes one alone wins.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, CursorResult, and_, bindparam, or_, update
from sqlalchemy.sql.dml import ReturningUpdate

from bot.db.tables import deliveries
from bot.domain.ledger.deliveries import Claim, Sent
from bot.domain.ledger.occasions import DeliveryState, Payload

_PLANNED, _SENDING = DeliveryState.PLANNED.value, DeliveryState.SENDING.value
_columns = deliveries.c
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


def _take(condition: ColumnElement[bool]) -> ReturningUpdate[Any]:
    return (
        update(deliveries)
        .where(_columns.id.in_(bindparam("ids", expanding=True)), condition)
        .values(
            state=_SENDING,
            lease_until=bindparam("until"),
            not_before=None,
            attempts=_columns.attempts + 1,
        )
        .returning(_columns.id, _columns.attempts)
    )


_TAKE_FRESH = _take(
    and_(
        _columns.state == _PLANNED,
        or_(_columns.not_before.is_(None), _columns.not_before <= bindparam("wall")),
    )
)
_TAKE_LAPSED = _take(and_(_columns.state == _SENDING, _columns.lease_until <= bindparam("wall")))
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
    taken: list[Claim] = []
    left = set(ids)
    for take, in_doubt in ((_TAKE_FRESH, False), (_TAKE_LAPSED, True)):
        if left:
            given = {"ids": _filled_up(left), "wall": wall, "until": lease_until}
            rows = connection.execute(take, given)
            taken += [Claim(row.id, row.attempts, lease_until, in_doubt) for row in rows]
            left -= {each.delivery_id for each in taken}
    return taken


def _filled_up(ids: Collection[int]) -> list[int]:
    """With one of them repeated, as many as one of a few sizes: each size is a statement that the
    database has to prepare."""
    listed = list(ids)
    size = next((each for each in _SIZES if each >= len(listed)), len(listed))
    return listed + listed[:1] * (size - len(listed))


def renew(connection: Connection, held_claim: Claim, lease_until: datetime) -> Claim | None:
    """A longer lease for a claim that is still ours."""
    still = _change_claimed(connection, held_claim, lease_until=lease_until)
    return replace(held_claim, lease_until=lease_until) if still else None


def settle(connection: Connection, held_claim: Claim, **values: Any) -> bool:
    """Ends a claim with these values; False where it is no longer ours."""
    return _change_claimed(connection, held_claim, **({"lease_until": None} | values))


def settle_sent(connection: Connection, sent: Sequence[Sent]) -> None:
    """Records what is there, whoever holds the claims by now: the truth needs no lease."""
    if not sent:
        return
    connection.execute(
        _SETTLE_SENT,
        [
            {"which": each.delivery_id, "place": each.channel, "under": each.ts, "at": each.at}
            for each in sent
        ],
    )


def withdraw(connection: Connection, workspace_id: str, key: str, reason: str) -> bool:
    """Drops a delivery that nobody has taken up yet; False where it is on its way or settled."""
    dropped = {"state": DeliveryState.DROPPED.value, "reason": reason, "not_before": None}
    return _change_planned(connection, workspace_id, key, **dropped)


def change(connection: Connection, workspace_id: str, key: str, payload: Payload) -> bool:
    """Gives a delivery that nobody has taken up yet another payload; False as `withdraw`."""
    return _change_planned(connection, workspace_id, key, payload=dict(payload))


def _change_planned(connection: Connection, workspace_id: str, key: str, **values: Any) -> bool:
    changed: CursorResult[Any] = connection.execute(
        update(deliveries)
        .where(
            _columns.workspace_id == workspace_id,
            _columns.key == key,
            _columns.state == _PLANNED,
        )
        .values(**values)
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
