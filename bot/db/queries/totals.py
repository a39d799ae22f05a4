"""What was logged, summed up. Undone entries never count; entries count from when they occurred."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, func, select, type_coerce

from bot.db.tables import entries
from bot.db.types import Quantity
from bot.domain.periods import Period
from bot.domain.quantities import ZERO


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Local dates from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums by person, indicator and span; 0 where nothing was logged."""

    amounts: Mapping[tuple[int, int, Span], Decimal]

    def of(self, person_id: int, indicator_id: int, span: Span) -> Decimal:
        return self.amounts.get((person_id, indicator_id, span), ZERO)


def span_of(period: Period) -> Span:
    """A whole period."""
    return Span(period.start, period.end)


def totals(
    connection: Connection,
    people: Collection[int],
    indicators: Collection[int],
    spans: Collection[Span],
    until: datetime,
) -> Totals:
    """The sums of each span, as far as it had occurred by `until`: one query, one scan."""
    if not (people and indicators and spans):
        return Totals({})
    ordered = sorted(spans)
    bounds: dict[str, Any] = {"until": until, "people": people, "indicators": indicators}
    bounds["first"] = ordered[0].first
    bounds["last"] = max(span.last for span in ordered)
    for number, span in enumerate(ordered):
        bounds |= {f"first_{number}": span.first, f"last_{number}": span.last}
    rows = connection.execute(_sums(len(ordered)), bounds)
    return Totals(
        {
            (row[0], row[1], span): amount
            for row in rows
            for span, amount in zip(ordered, row[2:], strict=True)
            if amount is not None
        }
    )


def daily_totals(
    connection: Connection,
    people: Collection[int],
    indicators: Collection[int],
    span: Span,
    until: datetime,
) -> Mapping[tuple[int, int], Mapping[date, Decimal]]:
    """Sums by person, indicator and local date; for streaks and weeks of history."""
    bounds = {"until": until, "people": people, "indicators": indicators}
    rows = connection.execute(_DAILY, bounds | {"first": span.first, "last": span.last})
    found: dict[tuple[int, int], dict[date, Decimal]] = {}
    for person_id, indicator_id, day, amount in rows:
        found.setdefault((person_id, indicator_id), {})[day] = amount
    return found


_COUNTED = (
    entries.c.undone_at.is_(None),
    entries.c.person_id.in_(bindparam("people", expanding=True)),
    entries.c.local_date.between(bindparam("first"), bindparam("last")),
    entries.c.indicator_id.in_(bindparam("indicators", expanding=True)),
    entries.c.occurred_at <= bindparam("until"),
)
_WHOSE = (entries.c.person_id, entries.c.indicator_id)


def _sum(quantity: ColumnElement[Any]) -> ColumnElement[Decimal]:
    return type_coerce(func.sum(quantity), Quantity)


_DAILY = (
    select(*_WHOSE, entries.c.local_date, _sum(entries.c.quantity))
    .where(*_COUNTED)
    .group_by(*_WHOSE, entries.c.local_date)
)


@lru_cache(maxsize=64)
def _sums(spans: int) -> Select[Any]:
    """Built once for each number of spans, so that SQLAlchemy compiles it once."""
    columns = (
        _sum(
            case(
                (
                    entries.c.local_date.between(
                        bindparam(f"first_{number}"), bindparam(f"last_{number}")
                    ),
                    entries.c.quantity,
                )
            )
        )
        for number in range(spans)
    )
    return select(*_WHOSE, *columns).where(*_COUNTED).group_by(*_WHOSE)
