"""What a team did in a week, and what the bot asked of it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.db.queries.entries.totals import Span
from bot.db.tables import deliveries, entries
from bot.domain.ledger.occasions import DeliveryState


def entry_counts(
    connection: Connection, people: Collection[int], days: Span, until: datetime
) -> Mapping[int, int]:
    """How many entries each person has for these dates, as far as they had occurred by `until`."""
    rows = connection.execute(
        select(entries.c.person_id, func.count())
        .where(
            entries.c.undone_at.is_(None),
            entries.c.person_id.in_(people),
            entries.c.local_date.between(days.first, days.last),
            entries.c.occurred_at <= until,
        )
        .group_by(entries.c.person_id)
    )
    return dict(rows.all())


def sent_counts(
    connection: Connection, workspace_id: str, team_id: int, since: datetime, until: datetime
) -> Mapping[str, int]:
    """How many messages of each kind a team was sent from `since` to before `until`."""
    rows = connection.execute(
        select(deliveries.c.kind, func.count())
        .where(
            deliveries.c.workspace_id == workspace_id,
            deliveries.c.team_id == team_id,
            deliveries.c.state == DeliveryState.SENT.value,
            deliveries.c.sent_at >= since,
            deliveries.c.sent_at < until,
        )
        .group_by(deliveries.c.kind)
    )
    return dict(rows.all())
