"""What is forgotten, and what never is."""

from datetime import timedelta

from sqlalchemy import insert, select

from bot.db.session import Session
from bot.db.tables import handled_requests
from bot.domain.ledger.occasions import OccasionKind
from jobs.prune import prune
from sandbox import Sandbox
from tests.jobs.conftest import NOON, Outbox

LATER = NOON + timedelta(days=91)


def note_requests(session: Session) -> None:
    rows = [
        {"workspace_id": "T01TEST", "key": "old", "handled_at": LATER - timedelta(days=8)},
        {"workspace_id": "T01TEST", "key": "new", "handled_at": LATER - timedelta(days=6)},
    ]
    session.connection.execute(insert(handled_requests), rows)


async def known(outbox: Outbox, *keys: str) -> set[str]:
    from bot.services import ledger

    return set(
        await outbox.wired.transactions.everywhere.read(
            lambda session: ledger.known_keys(session, "T01TEST", keys)
        )
    )


async def test_settled_deliveries_are_forgotten_after_ninety_days(
    outbox: Outbox, slack: Sandbox
) -> None:
    young = outbox.occasion("recap:young", due_at=NOON + timedelta(days=2))
    waiting = outbox.occasion("recap:waiting", "C02EAST")
    old = [f"{kind}:old" for kind in OccasionKind]
    await outbox.plan(young, *map(outbox.occasion, old))
    await outbox.drain(at=LATER)
    await outbox.plan(waiting)
    await prune(outbox.wired, LATER)
    keys = (*old, "recap:young", "recap:waiting")
    kept = {"recap:young", "recap:waiting", "welcome:old", "notice:old"}
    assert await known(outbox, *keys) == kept


async def test_handled_requests_are_forgotten_after_a_week(outbox: Outbox) -> None:
    await outbox.wired.transactions.everywhere.write(note_requests)
    await prune(outbox.wired, LATER)
    keys = await outbox.wired.transactions.everywhere.read(
        lambda session: session.connection.scalars(select(handled_requests.c.key)).all()
    )
    assert keys == ["new"]
