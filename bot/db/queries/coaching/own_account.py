"""What the bot cost people, and what came of its nudges."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    String,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    type_coerce,
)

from bot.db.queries.entries.totals import Span
from bot.db.queries.rows import insert_into
from bot.db.tables import deliveries, entries, interactions
from bot.domain.ledger.occasions import DeliveryState, OccasionKind
from bot.domain.nudging.account import RepCost
from bot.domain.nudging.quiet_days import DRAWN

_LENGTH_OF_A_DATE = 10
_columns = deliveries.c


@dataclass(frozen=True, slots=True)
class NudgeRow:
    """A nudge that was sent, or left out at random; the date is the rep's."""

    id: int
    person_id: int
    day: date
    sent: bool
    payload: Mapping[str, Any]


def add_interactions(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds to what each person did on a date, of each kind."""
    if not rows:
        return
    new = insert_into(connection, interactions)
    more = {name: interactions.c[name] + new.excluded[name] for name in ("times", "milliseconds")}
    keys = ["person_id", "local_date", "kind"]
    connection.execute(new.on_conflict_do_update(index_elements=keys, set_=more), list(rows))


def costs(connection: Connection, people: Collection[int], days: Span) -> Mapping[int, RepCost]:
    """What each person spent on the bot on these dates."""
    rows = connection.execute(
        select(
            interactions.c.person_id,
            func.sum(interactions.c.milliseconds),
            func.sum(interactions.c.times),
        )
        .where(
            interactions.c.person_id.in_(people),
            interactions.c.local_date.between(days.first, days.last),
        )
        .group_by(interactions.c.person_id)
    )
    return {person: RepCost(float(spent) / 1000, int(times)) for person, spent, times in rows}


def nudge_rows(
    connection: Connection, people: Collection[int], since: datetime, until: datetime
) -> list[NudgeRow]:
    """The nudges due from `since` to before `until`, sent or left out at random."""
    rows = connection.execute(
        select(_columns.id, _columns.person_id, _columns.key, _columns.state, _columns.payload)
        .where(*_of(people, since, until))
        .order_by(_columns.id)
    )
    return [
        NudgeRow(delivery_id, person_id, _date_in(key), state == DeliveryState.SENT, payload)
        for delivery_id, person_id, key, state, payload in rows.all()
    ]


def _date_in(key: str) -> date:
    """`nudge:<user>:<date>` ends in the rep's own date."""
    return date.fromisoformat(key[-_LENGTH_OF_A_DATE:])


def done_after(
    connection: Connection,
    people: Collection[int],
    since: datetime,
    until: datetime,
) -> Mapping[int, frozenset[int]]:
    """For each of these nudges, the indicators logged for its date once it was due.

    A row has all of a nudge in one text: a team's twelve weeks are ten thousand entries.
    """
    came_in = case(
        (entries.c.source == "slack", entries.c.recorded_at), else_=entries.c.occurred_at
    )
    rows = connection.execute(
        select(_columns.id, func.aggregate_strings(cast(entries.c.indicator_id, String), ","))
        .join_from(
            deliveries,
            entries,
            and_(
                entries.c.person_id == _columns.person_id,
                entries.c.local_date == _date_of_key(connection),
            ),
        )
        .where(
            *_of(people, since, until),
            entries.c.undone_at.is_(None),
            came_in >= _columns.due_at,
            came_in < until,
        )
        .group_by(_columns.id)
    )
    return {delivery_id: frozenset(map(int, ids.split(","))) for delivery_id, ids in rows.all()}


def quiet_days(
    connection: Connection, people: Collection[int], since: datetime, until: datetime
) -> Mapping[int, int]:
    """How many nudges were left out at random, by person id."""
    query = select(_columns.person_id, func.count()).group_by(_columns.person_id)
    left_out = and_(*_due(people, since, until), _columns.reason == DRAWN)
    return {row[0]: row[1] for row in connection.execute(query.where(left_out))}


def _of(
    people: Collection[int], since: datetime, until: datetime
) -> tuple[ColumnElement[bool], ...]:
    settled = or_(_columns.state == DeliveryState.SENT, _columns.reason == DRAWN)
    return (*_due(people, since, until), settled)


def _due(
    people: Collection[int], since: datetime, until: datetime
) -> tuple[ColumnElement[bool], ...]:
    return (
        _columns.person_id.in_(people),
        _columns.kind == OccasionKind.NUDGE,
        _columns.due_at >= since,
        _columns.due_at < until,
    )


def _date_of_key(connection: Connection) -> ColumnElement[date]:
    """As `_date_in`; SQLite keeps dates as such texts."""
    text = func.substr(_columns.key, func.length(_columns.key) - _LENGTH_OF_A_DATE + 1)
    return type_coerce(text, Date) if connection.dialect.name == "sqlite" else cast(text, Date)
