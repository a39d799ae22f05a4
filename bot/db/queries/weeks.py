"""What a team did in a week, and what the bot asked of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import (
    CTE,
    Connection,
    Date,
    Integer,
    column,
    func,
    select,
    type_coerce,
    values,
)

from bot.db.queries.totals import Span
from bot.db.tables import deliveries, entries
from bot.db.types import Quantity
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


def weekly_sums(
    connection: Connection,
    people: Collection[int],
    indicators: Collection[int],
    mondays: Sequence[date],
    until: datetime,
) -> Mapping[tuple[int, int], Mapping[int, float]]:
    """Sums by person and indicator, and by the place of the week among these: one query.

    Rows of weeks and not of days, because many months of a big team are asked for at once.
    """
    if not (people and indicators and mondays):
        return {}
    week = _weeks(mondays)
    rows = connection.execute(
        select(
            entries.c.person_id,
            entries.c.indicator_id,
            week.c.place,
            type_coerce(func.sum(entries.c.quantity), Quantity),
        )
        .join_from(week, entries, entries.c.local_date.between(week.c.first, week.c.last))
        .where(
            entries.c.undone_at.is_(None),
            entries.c.person_id.in_(people),
            entries.c.indicator_id.in_(indicators),
            entries.c.occurred_at <= until,
        )
        .group_by(entries.c.person_id, entries.c.indicator_id, week.c.place)
    )
    found: dict[tuple[int, int], dict[int, float]] = {}
    for person_id, indicator_id, place, amount in rows:
        found.setdefault((person_id, indicator_id), {})[place] = float(amount)
    return found


def _weeks(mondays: Sequence[date]) -> CTE:
    columns = (column("place", Integer), column("first", Date), column("last", Date))
    rows = [(place, day, day + timedelta(days=6)) for place, day in enumerate(mondays)]
    return values(*columns, name="weeks").data(rows).cte("weeks")
