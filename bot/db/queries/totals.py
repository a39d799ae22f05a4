"""What was logged, summed up. Undone entries never count; entries count from when they occurred."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, func, select, type_coerce

from bot.db.tables import entries
from bot.db.types import Quantity
from bot.domain.periods import Period

Totals = Mapping[tuple[int, int], Decimal]
"""(person id, indicator id) → amount; absent where nothing was logged."""


@dataclass(frozen=True, slots=True)
class Span:
    """Local dates from `first` to `last`, both included, as far as it had occurred by `until`."""

    first: date
    last: date
    until: datetime


def _counted(
    people: Collection[int], indicators: Collection[int], span: Span
) -> tuple[ColumnElement[bool], ...]:
    return (
        entries.c.undone_at.is_(None),
        entries.c.person_id.in_(people),
        entries.c.local_date.between(span.first, span.last),
        entries.c.indicator_id.in_(indicators),
        entries.c.occurred_at <= span.until,
    )


def _sum() -> ColumnElement[Decimal]:
    return type_coerce(func.sum(entries.c.quantity), Quantity).label("total")


def totals(
    connection: Connection, people: Collection[int], indicators: Collection[int], span: Span
) -> Totals:
    """Sums by person and indicator."""
    rows = connection.execute(
        select(entries.c.person_id, entries.c.indicator_id, _sum())
        .where(*_counted(people, indicators, span))
        .group_by(entries.c.person_id, entries.c.indicator_id)
    )
    return {(row.person_id, row.indicator_id): row.total for row in rows}


def daily_totals(
    connection: Connection, people: Collection[int], indicators: Collection[int], span: Span
) -> Mapping[tuple[int, int], Mapping[date, Decimal]]:
    """Sums by person, indicator and local date; for streaks and weeks of history."""
    rows = connection.execute(
        select(entries.c.person_id, entries.c.indicator_id, entries.c.local_date, _sum())
        .where(*_counted(people, indicators, span))
        .group_by(entries.c.person_id, entries.c.indicator_id, entries.c.local_date)
    )
    found: dict[tuple[int, int], dict[date, Decimal]] = {}
    for row in rows:
        found.setdefault((row.person_id, row.indicator_id), {})[row.local_date] = row.total
    return found


def period_span(period: Period, until: datetime) -> Span:
    """A whole period, as it stood at an instant."""
    return Span(period.start, period.end, until)
