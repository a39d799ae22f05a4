"""If-then plans that were reminded of, and what was logged of them."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select, type_coerce

from bot.db.tables import deliveries, entries
from bot.db.types import Instant
from bot.domain.ledger.occasions import DeliveryState, OccasionKind
from bot.domain.nudging.plans_kept import LastRecorded

_LOOKING_BACK = timedelta(days=60)
_MOST = 10


def reminded_of(
    connection: Connection, person_id: int, now: datetime
) -> list[tuple[datetime, int]]:
    """When the rep's last reminders had been due, newest first, each with its indicator's id."""
    rows = connection.execute(
        select(deliveries.c.due_at, deliveries.c.payload)
        .where(
            deliveries.c.person_id == person_id,
            deliveries.c.kind == OccasionKind.REMINDER,
            deliveries.c.state == DeliveryState.SENT,
            deliveries.c.due_at.between(now - _LOOKING_BACK, now),
        )
        .order_by(deliveries.c.due_at.desc())
        .limit(_MOST)
    )
    return [(row.due_at, int(row.payload["indicator"])) for row in rows]


def last_recorded(
    connection: Connection, person_id: int, indicators: Collection[int], first: date, now: datetime
) -> LastRecorded:
    """When the rep's last entry of each of these behaviours and days since `first` came in."""
    rows = connection.execute(
        select(
            entries.c.indicator_id,
            entries.c.local_date,
            type_coerce(func.max(entries.c.recorded_at), Instant).label("last"),
        )
        .where(
            entries.c.person_id == person_id,
            entries.c.indicator_id.in_(indicators),
            entries.c.local_date >= first,
            entries.c.occurred_at <= now,
            entries.c.undone_at.is_(None),
        )
        .group_by(entries.c.indicator_id, entries.c.local_date)
    )
    return {(row.indicator_id, row.local_date): row.last for row in rows}
