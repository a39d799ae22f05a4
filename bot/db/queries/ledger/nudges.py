"""What became of earlier nudges."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    String,
    case,
    cast,
    column,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
    values,
)

from bot.db.tables import deliveries, entries
from bot.db.types import Instant
from bot.domain.ledger.occasions import DeliveryState, OccasionKind
from bot.domain.nudging.nudges import IGNORED_BEFORE_WEEKLY

_LOOKING_BACK = timedelta(days=60)
"""Weekly nudges, six ignored before them: older ones change nothing."""


@dataclass(frozen=True, slots=True)
class SentNudges:
    """A person's nudges of the last sixty days: how many, and when the latest had been due, newest
    first; of those as many as make a difference."""

    number: int = 0
    latest: Sequence[datetime] = ()


@dataclass(frozen=True, slots=True)
class LastActivity:
    """The latest local date of an entry, and the instant at which the last one came in."""

    entry_on: date
    logged_at: datetime | None


def sent_nudges(
    connection: Connection, people: Collection[int], now: datetime
) -> Mapping[int, SentNudges]:
    """The nudges that were sent, by person id. A row has all of a person's, from an index alone."""
    rows = connection.execute(
        select(
            deliveries.c.person_id,
            func.aggregate_strings(_due_as_text(connection), ","),
        )
        .where(
            deliveries.c.person_id.in_(people),
            deliveries.c.kind == OccasionKind.NUDGE,
            deliveries.c.state == DeliveryState.SENT,
            deliveries.c.due_at.between(now - _LOOKING_BACK, now),
        )
        .group_by(deliveries.c.person_id)
    )
    return {person_id: _sent(text) for person_id, text in rows.all()}


def _due_as_text(connection: Connection) -> ColumnElement[str]:
    """In UTC and so that the order of texts is that of time."""
    if connection.dialect.name == "sqlite":
        return type_coerce(deliveries.c.due_at, String)
    return cast(func.timezone("UTC", deliveries.c.due_at), String)


def _sent(text: str) -> SentNudges:
    every = sorted(text.split(","), reverse=True)
    return SentNudges(len(every), [_instant(each) for each in every[:IGNORED_BEFORE_WEEKLY]])


@lru_cache(maxsize=4096)
def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def active_since(
    connection: Connection, asked: Mapping[int, tuple[date, datetime]]
) -> frozenset[int]:
    """Those who logged something for the date or later, as it stood at the instant; by person id.

    A look into an index each: most people log most days.
    """
    if not asked:
        return frozenset()
    columns = column("person_id", BigInteger), column("since", Date), column("until", Instant)
    rows = [(person_id, *each) for person_id, each in asked.items()]
    these = values(*columns).data(rows).cte("asked")
    logged = (
        select(literal_column("1"))
        .where(
            entries.c.person_id == these.c.person_id,
            entries.c.local_date >= these.c.since,
            *_had_come_in(these),
        )
        .exists()
    )
    return frozenset(connection.scalars(select(these.c.person_id).where(logged)))


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
            entries.c.local_date >= (min(until.values()) - _LOOKING_BACK).date(),
            *_had_come_in(asked),
        )
        .group_by(entries.c.person_id)
    )
    return {row.person_id: LastActivity(row.entry_on, row.logged_at) for row in rows}


def _asked(until: Mapping[int, datetime]) -> CTE:
    columns = column("person_id", BigInteger), column("until", Instant)
    return values(*columns).data(list(until.items())).cte("asked")  # SQLite names them only there


def _had_come_in(asked: CTE) -> tuple[ColumnElement[bool], ...]:
    return (
        entries.c.undone_at.is_(None),
        entries.c.occurred_at <= asked.c.until,
        or_(entries.c.source != "slack", entries.c.recorded_at <= asked.c.until),
    )
