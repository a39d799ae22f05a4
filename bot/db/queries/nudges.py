"""What became of earlier nudges."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, case, func, select, type_coerce

from bot.db.tables import deliveries, entries
from bot.db.types import Instant
from bot.domain.occasions import DeliveryState, OccasionKind

_LOOKING_BACK = timedelta(days=60)
"""Weekly nudges, six ignored before them: older ones change nothing."""


@dataclass(frozen=True, slots=True)
class LastActivity:
    """The latest local date of an entry, and the instant at which the last one came in."""

    entry_on: date
    logged_at: datetime | None


def sent_nudges(
    connection: Connection, people: Collection[int], now: datetime
) -> Mapping[int, list[datetime]]:
    """When nudges that were sent had been due, by person id, newest first."""
    rows = connection.execute(
        select(deliveries.c.person_id, deliveries.c.due_at)
        .where(
            deliveries.c.kind == OccasionKind.NUDGE,
            deliveries.c.state == DeliveryState.SENT,
            deliveries.c.person_id.in_(people),
            deliveries.c.due_at.between(now - _LOOKING_BACK, now),
        )
        .order_by(deliveries.c.due_at.desc())
    )
    found: dict[int, list[datetime]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row.due_at)
    return found


def last_activity(
    connection: Connection, people: Collection[int], now: datetime
) -> Mapping[int, LastActivity]:
    """The last sign of life by person id; none for who hasn't logged anything lately."""
    came_in = and_(entries.c.source == "slack", entries.c.recorded_at <= now)
    logged_at = func.max(case((came_in, entries.c.recorded_at)))
    rows = connection.execute(
        select(
            entries.c.person_id,
            func.max(entries.c.local_date).label("entry_on"),
            type_coerce(logged_at, Instant).label("logged_at"),
        )
        .where(
            entries.c.undone_at.is_(None),
            entries.c.person_id.in_(people),
            entries.c.local_date >= (now - _LOOKING_BACK).date(),
            entries.c.occurred_at <= now,
        )
        .group_by(entries.c.person_id)
    )
    return {row.person_id: LastActivity(row.entry_on, row.logged_at) for row in rows}
