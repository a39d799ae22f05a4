"""Sums for many people at once: what a plan compares with what is asked, and what streaks count."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
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
    literal_column,
    select,
    type_coerce,
)

from bot.db.prepared import Prepared
from bot.db.queries.entries.totals import Span
from bot.db.tables import entries
from bot.db.types import Quantity
from bot.domain.days.periods import PeriodKind

_WHO = (entries.c.person_id, entries.c.indicator_id)
_NO_KEY = entries.c.indicator_id + literal_column("0")
"""So that no index but the one by days will do. By the column alone, people's days would be looked
up for each indicator, or all their history read because it comes in the order of the groups."""


def hundredths(
    connection: Connection,
    people: Collection[int],
    indicators: Collection[int],
    spans: Sequence[Span],
    until: datetime,
) -> dict[tuple[int, int], tuple[int | None, ...]]:
    """(person id, indicator id) → the sum of each span, None where nothing was logged.

    As far as it had occurred by `until`; one query, from an index alone. Those that span all the
    others are summed without a look at each row's date.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    listed = json.dumps if is_sqlite else list
    bounds: dict[str, Any] = {"people": listed(list(people)), "until": until}
    bounds["indicators"] = listed(list(indicators))
    bounds["first"] = min(span.first for span in spans)
    bounds["last"] = max(span.last for span in spans)
    whole = Span(bounds["first"], bounds["last"])
    for number, span in enumerate(spans):
        if span != whole:
            bounds[f"first_{number}"], bounds[f"last_{number}"] = span
    rows = _prepared(tuple(span == whole for span in spans), is_sqlite).rows(connection, bounds)
    return {(row[0], row[1]): row[2:] for row in rows}


def sums_by_period(
    connection: Connection,
    people: Collection[int],
    indicators: Collection[int],
    kind: PeriodKind,
    span: Span,
    until: datetime,
) -> dict[tuple[int, int], dict[date, Decimal]]:
    """(person id, indicator id) → sums of days that lie in one period of the kind, each under the
    first of its days that has an entry.

    For what asks of many periods and not of days: a week's seven rows come as one, a month's
    thirty; a quarter or a year in three or twelve, a week that spans New Year's Day in two.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    listed = json.dumps if is_sqlite else list
    bounds = {"people": listed(list(people)), "indicators": listed(list(indicators))}
    dates = {"first": span.first, "last": span.last, "until": until}
    found: dict[tuple[int, int], dict[date, Decimal]] = {}
    for person, indicator, day, amount in _by_period(kind, is_sqlite).rows(
        connection, bounds | dates
    ):
        found.setdefault((person, indicator), {})[day] = amount
    return found


@lru_cache(maxsize=8)
def _by_period(kind: PeriodKind, is_sqlite: bool) -> Prepared:
    days = entries.c.local_date
    return Prepared(
        select(
            *_WHO,
            type_coerce(func.min(days), Date),
            type_coerce(func.sum(entries.c.quantity), Quantity),
        )
        .where(*_counted(is_sqlite))
        .group_by(*_WHO, _bucket(kind, is_sqlite))
    )


def _bucket(kind: PeriodKind, is_sqlite: bool) -> ColumnElement[Any]:
    day = entries.c.local_date
    if kind is PeriodKind.DAY:
        return day
    is_week = kind is PeriodKind.WEEK
    if is_sqlite:
        form: ColumnElement[str] = literal_column("'%Y-%W'" if is_week else "'%Y-%m'")
        return func.strftime(form, day)
    return func.date_trunc(literal_column("'week'" if is_week else "'month'"), day)


def _counted(
    is_sqlite: bool, indicator: ColumnElement[int] = entries.c.indicator_id
) -> tuple[ColumnElement[bool], ...]:
    one_of = _in_json if is_sqlite else _in_array
    return (
        entries.c.undone_at.is_(None),
        one_of(entries.c.person_id, "people"),
        entries.c.local_date.between(_day("first"), _day("last")),
        one_of(indicator, "indicators"),
        entries.c.occurred_at <= bindparam("until", type_=entries.c.occurred_at.type),
    )


@lru_cache(maxsize=32)
def _prepared(are_whole: tuple[bool, ...], is_sqlite: bool) -> Prepared:
    """Lists of any length in a text that never changes: SQLAlchemy would compile each anew."""
    sums = [_sum(None if is_whole else n) for n, is_whole in enumerate(are_whole)]
    who = entries.c.person_id, _NO_KEY
    return Prepared(select(*who, *sums).where(*_counted(is_sqlite, _NO_KEY)).group_by(*who))


def _in_json(of: ColumnElement[int], name: str) -> ColumnElement[bool]:
    listed = func.json_each(bindparam(name, type_=Text)).table_valued(column("value"))
    return of.in_(select(listed.c.value))


def _in_array(of: ColumnElement[int], name: str) -> ColumnElement[bool]:
    return of == any_(bindparam(name, type_=ARRAY(BigInteger)))


def _sum(number: int | None) -> ColumnElement[int]:
    """Of one span, or of every row."""
    part: ColumnElement[int] = type_coerce(entries.c.quantity, BigInteger)
    if number is not None:
        within = entries.c.local_date.between(_day(f"first_{number}"), _day(f"last_{number}"))
        part = case((within, part))
    # A bigint again: PostgreSQL's sum of bigints is a numeric, which the driver makes a Decimal.
    return cast(func.sum(part), BigInteger)


def _day(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=Date)
