"""What reps typed and how their deals ended, row by row, for the playbook of the best."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from bot.db.queries.entries.totals import Span
from bot.db.tables import entries
from bot.domain.coaching.deals import EndedDeal
from bot.domain.grammar.requests import Outcome

_SLACK = "slack"


class TypedEntry(NamedTuple):
    """An entry as it was typed in Slack; `is_live` where it was typed when it happened."""

    person_id: int
    indicator_id: int
    day: date
    occurred_at: datetime
    is_live: bool
    account: str | None


def typed_entries(
    connection: Connection,
    people: Collection[int],
    indicators: Collection[int],
    days: Span,
    until: datetime,
) -> list[TypedEntry]:
    """Every entry of these that was typed in Slack: imports have no hour of their own."""
    rows = connection.execute(
        select(
            entries.c.person_id,
            entries.c.indicator_id,
            entries.c.local_date,
            entries.c.occurred_at,
            entries.c.occurred_at == entries.c.recorded_at,
            entries.c.account,
        ).where(
            entries.c.source == _SLACK,
            entries.c.indicator_id.in_(indicators),
            *_counted(people, days, until),
        )
    )
    return [TypedEntry(*row) for row in rows]


def ended_deals(
    connection: Connection, people: Collection[int], days: Span, until: datetime
) -> list[EndedDeal]:
    """Every deal that ended, once: the rows of one share its id."""
    rows = connection.execute(
        select(entries.c.id, entries.c.deal, entries.c.outcome, entries.c.reason)
        .where(entries.c.outcome.is_not(None), *_counted(people, days, until))
        .order_by(entries.c.id)
    )
    found: dict[object, Row[Any, Any, Any, Any]] = {}
    for row in rows:
        found.setdefault(row.deal or row.id, row)
    return [EndedDeal(Outcome(row.outcome), row.reason) for row in found.values()]


def _counted(people: Collection[int], days: Span, until: datetime) -> tuple[Any, ...]:
    return (
        entries.c.undone_at.is_(None),
        entries.c.person_id.in_(people),
        entries.c.local_date.between(days.first, days.last),
        entries.c.occurred_at <= until,
    )
