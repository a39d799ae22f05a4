"""A tick without Slack: planned, rendered by the real writers and settled in the ledger."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.db.session import Session
from bot.db.tables import deliveries
from bot.domain.ledger.deliveries import Sent
from bot.services import ledger, workspaces
from bot.services.planning import plan_teams
from jobs.rendering import Drop, Order, Wait, render
from jobs.writers import all_writers
from tests.teams import TeamRows

SENT = "sent"
_WRITERS = all_writers()
_LEASE = timedelta(seconds=20)


def plan(session: Session, team: TeamRows, now: datetime) -> list[str]:
    """Plans the team as it stands in the database; gives back the keys that are new."""
    playbook = workspaces.active_playbook(session, team.team_id)
    assert playbook is not None
    return [occasion.key for occasion in plan_teams(session, [playbook], now)]


def settle(session: Session, team: TeamRows, now: datetime) -> dict[str, str]:
    """Sends what waits. Gives back, by key, `sent` or why it was dropped."""
    waiting = ledger.load(session, ledger.pending_ids(session, team.workspace_id, now))
    orders = [(each, render(session, each, now, _WRITERS)) for each in waiting]
    return {
        delivery.occasion.key: _settled(session, delivery.id, order, now)
        for delivery, order in orders
        if not isinstance(order, Wait)
    }


def tick(session: Session, team: TeamRows, now: datetime) -> dict[str, str]:
    """Plans and sends everything due. Gives back, by key, `sent` or why it was dropped."""
    plan(session, team, now)
    return settle(session, team, now)


def planned(session: Session) -> dict[str, tuple[str, str | None]]:
    """The state and the reason of everything in the ledger, by key."""
    query = select(deliveries.c.key, deliveries.c.state, deliveries.c.reason)
    return {row.key: (row.state, row.reason) for row in session.connection.execute(query)}


def _settled(session: Session, delivery_id: int, order: Order, now: datetime) -> str:
    claim = ledger.claim(session, delivery_id, now, _LEASE)
    assert claim is not None
    if isinstance(order, Drop):
        ledger.record_dropped(session, claim, order.reason)
        return order.reason
    ledger.record_sent(session, [Sent(delivery_id, "D01SENT", f"{delivery_id}.0", now)])
    return SENT
