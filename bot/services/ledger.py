"""The ledger of deliveries: one row per occasion, its key unique for ever (design §4).

`now` is business time: what is due, what is too late. `wall` is the clock's: leases, and how long
Slack asked us to wait. They are the same but for `pacesetter tick --at`.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.db.queries.ledger import claims, deliveries
from bot.db.session import Session
from bot.domain.ledger.deliveries import Backlog, Claim, Due, Held, Sent, part_key
from bot.domain.ledger.occasions import Delivery, DeliveryState, Occasion, Payload

_LONGEST_REASON = 80


def add(session: Session, occasions: Iterable[Occasion], now: datetime) -> tuple[Occasion, ...]:
    """Plans a delivery for each occasion whose key is new; gives back the really new ones."""
    by_key = {(each.workspace_id, each.key): each for each in occasions}
    rows = [_row(occasion, now) for occasion in by_key.values()]
    written = deliveries.insert_new(session.connection, rows)
    new = tuple(occasion for key, occasion in by_key.items() if key in written)
    session.to_send.update(each.workspace_id for each in new if each.due_at <= now)
    return new


def add_parts(
    session: Session, beginning: Delivery, payloads: Sequence[Payload], now: datetime
) -> None:
    """Plans what goes on in a message's thread, each part a delivery of its own.

    Written with the claim of the beginning, so that a kill at any instant loses none; due once
    the beginning is there. Parts from an earlier claim stay as they are.
    """
    whole = _row(beginning.occasion, now)
    rows = [
        whole | {"key": part_key(beginning.occasion.key, number), "payload": dict(payload)}
        for number, payload in enumerate(payloads, start=2)
    ]
    deliveries.insert_new(session.connection, rows)


def known_keys(session: Session, workspace_id: str, keys: Collection[str]) -> frozenset[str]:
    """Those of the keys that are in the ledger, in whatever state."""
    return deliveries.known_keys(session.connection, workspace_id, keys)


def find(session: Session, workspace_id: str, key: str) -> Delivery | None:
    """One delivery by its key."""
    return deliveries.find(session.connection, workspace_id, key)


def due(
    session: Session, workspace_id: str, now: datetime, wall: datetime, skip: Collection[str] = ()
) -> Due:
    """What may be sent now, recipient by recipient, each one's in order; celebrations first.

    A recipient with anything held back waits altogether, so that order holds; `skip` names
    recipients to leave out. Not everything at once: ask again when this is done.
    """
    return deliveries.due(session.connection, workspace_id, now, wall, skip)


def pending_ids(session: Session, workspace_id: str, now: datetime) -> list[int]:
    """The ids of everything due that isn't settled, in order."""
    return deliveries.pending_ids(session.connection, workspace_id, now)


def load(session: Session, ids: Collection[int]) -> list[Delivery]:
    """The deliveries with these ids, in order of their due dates."""
    return deliveries.load(session.connection, ids)


def held(session: Session, workspace_id: str, now: datetime, wall: datetime) -> tuple[Held, ...]:
    """What is due but held back, and until when."""
    return deliveries.held(session.connection, workspace_id, now, wall)


def sent_between(
    session: Session, workspace_id: str, since: datetime, until: datetime
) -> list[tuple[str, datetime]]:
    """Who was written to after `since`, and when, in order; for the pace."""
    return deliveries.sent_between(session.connection, workspace_id, since, until)


def backlogs(session: Session, now: datetime) -> list[Backlog]:
    """The workspaces where something is due and not settled."""
    return deliveries.backlogs(session.connection, now)


def sendable(session: Session, now: datetime, wall: datetime) -> list[str]:
    """The workspaces where something is due that nothing holds back."""
    return deliveries.sendable(session.connection, now, wall)


def claim(session: Session, delivery_id: int, wall: datetime, lease: timedelta) -> Claim | None:
    """Takes a delivery up for `lease`; None where somebody else has it or has settled it.

    To be committed before Slack is called. A claim `in_doubt` follows one that was never settled:
    look for the message before sending it.
    """
    return claim_all(session, (delivery_id,), wall, lease).get(delivery_id)


def claim_all(
    session: Session, ids: Collection[int], wall: datetime, lease: timedelta
) -> dict[int, Claim]:
    """The same for several, of any workspaces, by their ids."""
    taken = claims.claim_all(session.connection, ids, wall, wall + lease)
    return {each.delivery_id: each for each in taken}


def renew(session: Session, held_claim: Claim, wall: datetime, lease: timedelta) -> Claim | None:
    """A longer lease; None where the claim has gone to somebody else."""
    return claims.renew(session.connection, held_claim, wall + lease)


def record_sent(session: Session, sent: Sequence[Sent]) -> None:
    """They are there, in workspaces of any number."""
    claims.settle_sent(session.connection, sent)


def record_dropped(session: Session, held_claim: Claim, reason: str) -> None:
    """It has lost its point, or comes too late."""
    _settle(session, held_claim, DeliveryState.DROPPED, reason=reason[:_LONGEST_REASON])


def record_failed(session: Session, held_claim: Claim, reason: str) -> None:
    """Slack refuses it for good; `reason` is what a manager or admin reads."""
    _settle(session, held_claim, DeliveryState.FAILED, reason=reason[:_LONGEST_REASON])


def record_deferred(session: Session, held_claim: Claim, until: datetime) -> None:
    """It is surely not there, and is to be sent after `until` (the clock's time)."""
    _settle(session, held_claim, DeliveryState.PLANNED, not_before=until)


def record_unknown(session: Session, held_claim: Claim, until: datetime) -> None:
    """It may be there: whoever takes it up after `until` (the clock's time) looks first."""
    _settle(session, held_claim, DeliveryState.SENDING, lease_until=until)


def withdraw(session: Session, workspace_id: str, key: str, reason: str) -> bool:
    """Drops a delivery that nobody has taken up yet; False where it is on its way or settled."""
    return claims.withdraw(session.connection, workspace_id, key, reason[:_LONGEST_REASON])


def change(session: Session, workspace_id: str, key: str, payload: Payload) -> bool:
    """Changes what a planned delivery will say; False where it is on its way or settled."""
    return claims.change(session.connection, workspace_id, key, payload)


def _settle(session: Session, held_claim: Claim, state: DeliveryState, **values: Any) -> None:
    claims.settle(session.connection, held_claim, state=state.value, **values)


def _row(occasion: Occasion, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": occasion.workspace_id,
        "key": occasion.key,
        "kind": occasion.kind.value,
        "team_id": occasion.team_id,
        "person_id": occasion.person_id,
        "recipient": occasion.recipient,
        "payload": dict(occasion.payload),
        "due_at": occasion.due_at,
        "expires_at": occasion.expires_at,
        "state": DeliveryState.PLANNED.value,
        "created_at": now,
    }
