"""What became of earlier nudges."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnClause,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    String,
    and_,
    case,
    cast,
    column,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from bot.db.prepared import Prepared
from bot.db.queries.given import given_rows, rows_as_given
from bot.db.tables import deliveries, entries
from bot.db.types import Instant
from bot.domain.ledger.occasions import DeliveryState, OccasionKind
from bot.domain.nudging.nudges import IGNORED_BEFORE_WEEKLY

_LOOKING_BACK = timedelta(days=60)
"""Weekly nudges, six ignored before them: older ones change nothing."""
_SLACK: ColumnElement[str] = literal_column("'slack'")
_ASKED: tuple[ColumnClause[Any], ...] = (
    column("person_id", BigInteger),
    column("since", Date),
    column("until", Instant),
)


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
    is_sqlite = connection.dialect.name == "sqlite"
    rows = _active(is_sqlite).rows(connection, _listed(asked, is_sqlite=is_sqlite))
    return frozenset(person_id for (person_id,) in rows)


def last_activity(
    connection: Connection, until: Mapping[int, datetime]
) -> Mapping[int, LastActivity]:
    """The last sign of life by person id, each as of an instant of the person's own.

    None for who hadn't logged anything lately.
    """
    if not until:
        return {}
    since = (min(until.values()) - _LOOKING_BACK).date()
    asked = {each: (since, at) for each, at in until.items()}
    is_sqlite = connection.dialect.name == "sqlite"
    rows = _latest(is_sqlite).rows(connection, _listed(asked, is_sqlite=is_sqlite))
    return {person_id: LastActivity(*latest) for person_id, *latest in rows}


@lru_cache(maxsize=2)
def _active(is_sqlite: bool) -> Prepared:
    asked = given_rows(_ASKED, is_sqlite=is_sqlite)
    logged = select(literal_column("1")).where(*_had_come_in(asked)).exists()
    return Prepared(select(asked.c.person_id).where(logged))


@lru_cache(maxsize=2)
def _latest(is_sqlite: bool) -> Prepared:
    asked = given_rows(_ASKED, is_sqlite=is_sqlite)
    came_in = case((entries.c.source == _SLACK, entries.c.recorded_at))
    return Prepared(
        select(
            entries.c.person_id,
            type_coerce(func.max(entries.c.local_date), Date),
            type_coerce(func.max(came_in), Instant),
        )
        .join_from(entries, asked, and_(*_had_come_in(asked)))
        .group_by(entries.c.person_id)
    )


def _listed(asked: Mapping[int, tuple[date, datetime]], *, is_sqlite: bool) -> dict[str, Any]:
    """The values of the people, dates and instants asked about."""
    rows = ((person_id, since, until) for person_id, (since, until) in asked.items())
    return rows_as_given(_ASKED, rows, is_sqlite=is_sqlite)


def _had_come_in(asked: FromClause) -> tuple[ColumnElement[bool], ...]:
    return (
        entries.c.person_id == asked.c.person_id,
        entries.c.local_date >= asked.c.since,
        entries.c.undone_at.is_(None),
        entries.c.occurred_at <= asked.c.until,
        or_(entries.c.source != _SLACK, entries.c.recorded_at <= asked.c.until),
    )
