"""Sums for many people at once, as plain hundredths: what a plan compares with what is asked."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Text,
    any_,
    bindparam,
    case,
    cast,
    column,
    func,
    select,
    type_coerce,
)

from bot.db.prepared import Prepared
from bot.db.queries.totals import Span
from bot.db.tables import entries

_WHO = (entries.c.person_id, entries.c.indicator_id)


def hundredths(
    connection: Connection,
    people: Collection[int],
    indicators: Collection[int],
    spans: Sequence[Span],
    until: datetime,
) -> dict[tuple[int, int], tuple[int | None, ...]]:
    """(person id, indicator id) → the sum of each span, None where nothing was logged.

    As far as it had occurred by `until`; one query, from an index alone.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    listed = json.dumps if is_sqlite else list
    bounds: dict[str, Any] = {"people": listed(list(people)), "until": until}
    bounds["indicators"] = listed(list(indicators))
    bounds["first"] = min(span.first for span in spans)
    bounds["last"] = max(span.last for span in spans)
    for number, span in enumerate(spans):
        bounds[f"first_{number}"], bounds[f"last_{number}"] = span
    rows = _prepared(len(spans), is_sqlite).rows(connection, bounds)
    return {(row[0], row[1]): row[2:] for row in rows}


@lru_cache(maxsize=32)
def _prepared(spans: int, is_sqlite: bool) -> Prepared:
    """Lists of any length in a text that never changes: SQLAlchemy would compile each anew."""
    one_of = _in_json if is_sqlite else _in_array
    return Prepared(
        select(*_WHO, *map(_sum_within, range(spans)))
        .where(
            entries.c.undone_at.is_(None),
            one_of(entries.c.person_id, "people"),
            entries.c.local_date.between(_day("first"), _day("last")),
            one_of(entries.c.indicator_id, "indicators"),
            entries.c.occurred_at <= bindparam("until", type_=entries.c.occurred_at.type),
        )
        .group_by(*_WHO)
    )


def _in_json(of: ColumnElement[int], name: str) -> ColumnElement[bool]:
    listed = func.json_each(bindparam(name, type_=Text)).table_valued(column("value"))
    return of.in_(select(listed.c.value))


def _in_array(of: ColumnElement[int], name: str) -> ColumnElement[bool]:
    return of == any_(bindparam(name, type_=ARRAY(BigInteger)))


def _sum_within(number: int) -> ColumnElement[int]:
    within = entries.c.local_date.between(_day(f"first_{number}"), _day(f"last_{number}"))
    # A bigint again: PostgreSQL's sum of bigints is a numeric, which the driver makes a Decimal.
    return cast(func.sum(case((within, type_coerce(entries.c.quantity, BigInteger)))), BigInteger)


def _day(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=Date)
