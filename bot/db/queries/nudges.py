"""What became of earlier nudges."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import (
    CTE,
    BigInteger,
    Connection,
    case,
    column,
    func,
    or_,
    select,
    type_coerce,
    values,
)

from bot.db.tables import deliveries, entries
from bot.db.types import Instant
from bot.domain.ledger.occasions import DeliveryState, OccasionKind

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
    connection: Connection, until: Mapping[int, datetime]
) -> Mapping[int, LastActivity]:
    """The last sign of life by person id, each as of an instant of the person's own.

    None for who hadn't logged anything lately.
    """
    if not until:
        return {}
    asked = _asked(until)
    came_in = case((entries.c.source == "slack", entries.c.recorded_at))
    rows = connection.execute(
        select(
            entries.c.person_id,
            func.max(entries.c.local_date).label("entry_on"),
            type_coerce(func.max(came_in), Instant).label("logged_at"),
        )
        .join(asked, asked.c.person_id == entries.c.person_id)
        .where(
            entries.c.undone_at.is_(None),
            entries.c.local_date >= (min(until.values()) - _LOOKING_BACK).date(),
            entries.c.occurred_at <= asked.c.until,
            or_(entries.c.source != "slack", entries.c.recorded_at <= asked.c.until),
        )
        .group_by(entries.c.person_id)
    )
    return {row.person_id: LastActivity(row.entry_on, row.logged_at) for row in rows}


def _asked(until: Mapping[int, datetime]) -> CTE:
    columns = column("person_id", BigInteger), column("until", Instant)
    return values(*columns).data(list(until.items())).cte("asked")  # SQLite names them only there
