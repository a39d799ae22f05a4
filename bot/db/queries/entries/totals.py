"""What was logged, summed up. Undone entries never count; entries count from when they occurred."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Date,
    Select,
    bindparam,
    case,
    func,
    select,
    type_coerce,
)

from bot.db.prepared import Prepared
from bot.db.tables import entries
from bot.db.types import AsStored, Quantity
from bot.domain.days.periods import Period
from bot.domain.quantities import ZERO


class Span(NamedTuple):
    """Local dates from `first` to `last`, both included; a tuple, for it is a key of sums."""

    first: date
    last: date


EVER: Final = Span(date.min, date.max)


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
    asked = sums_asked(people, indicators, spans, until)
    if asked.shape.is_fixed:
        return asked.answer(_prepared_sums(asked.shape).rows(connection, asked.bounds))
    return asked.answer(connection.execute(sums_query(asked.shape), asked.bounds))


@dataclass(frozen=True, slots=True)
class SumsAsked:
    """What `sums_query` is to be asked: its shape, its values, and the spans in its order."""

    shape: "Shape"
    bounds: dict[str, Any]
    spans: Sequence[Span]

    def answer(self, rows: Iterable[Sequence[Any]]) -> Totals:
        """From rows of person, indicator and a sum for each span."""
        return Totals(
            {
                (row[0], row[1], span): amount
                for row in rows
                for span, amount in zip(self.spans, row[2:], strict=True)
                if amount is not None
            }
        )


def sums_asked(
    people: Collection[int], indicators: Collection[int], spans: Collection[Span], until: datetime
) -> SumsAsked:
    """A question for the sums of each span."""
    ordered = sorted(spans, key=_first_and_widest)
    first, last = ordered[0].first, max([span.last for span in ordered])
    shape = _shape(len(ordered), last == ordered[0].last, people, indicators)
    bounds = {"until": until, "first": first, "last": last} | _whose(people, indicators)
    for (its_first, its_last), span in zip(_names(len(ordered)), ordered, strict=True):
        bounds[its_first], bounds[its_last] = span
    return SumsAsked(shape, bounds, ordered)


def _first_and_widest(span: Span) -> tuple[date, int]:
    return span.first, -span.last.toordinal()


def _whose(people: Collection[int], indicators: Collection[int]) -> dict[str, Any]:
    bounds: dict[str, Any] = {"people": people, "indicators": indicators}
    if len(people) == 1:
        (bounds["person"],) = people
    bounds.update(zip(_indicator_names(len(indicators)), indicators, strict=False))
    return bounds


def daily_totals(
    connection: Connection,
    people: Collection[int],
    indicators: Collection[int],
    span: Span,
    until: datetime,
) -> Mapping[tuple[int, int], Mapping[date, Decimal]]:
    """Sums by person, indicator and local date; for streaks and weeks of history."""
    bounds = {"until": until, "first": span.first, "last": span.last}
    bounds |= _whose(people, indicators)
    shape = _shape(0, True, people, indicators)
    rows: Iterable[Any]
    if shape.is_fixed:
        rows = _prepared_days(shape).rows(connection, bounds)
    else:
        rows = connection.execute(_days(shape), bounds)
    found: dict[tuple[int, int], dict[date, Decimal]] = {}
    for person_id, indicator_id, day, amount in rows:
        found.setdefault((person_id, indicator_id), {})[day] = amount
    return found


_FEW = 4
"""Indicators that are spelled out one by one: of no more does a rep type at once."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a statement looks like apart from its values; each is built and compiled once.

    `is_one_whole` where the first span reaches over all the others. One person and few indicators
    (their number, or 0), as on the hot path, are named each: else IN has to be spelled out for
    every execution.
    """

    spans: int
    is_one_whole: bool
    one_person: bool
    few_indicators: int

    @property
    def is_fixed(self) -> bool:
        """Whether its text is the same for every execution."""
        return self.one_person and self.few_indicators > 0


def _shape(
    spans: int, is_one_whole: bool, people: Collection[int], indicators: Collection[int]
) -> Shape:
    few = len(indicators) if len(indicators) <= _FEW else 0
    return Shape(spans, is_one_whole, len(people) == 1, few)


def _indicator_names(number: int) -> tuple[str, ...]:
    return tuple([f"indicator_{n}" for n in range(number)]) if number <= _FEW else ()


_WHO = (entries.c.person_id, entries.c.indicator_id)


@lru_cache(maxsize=256)
def sums_query(shape: Shape) -> Select[Any]:
    """Person, indicator, and a sum for each span."""
    parts = [_quantity_within(*bounds) for bounds in _names(shape.spans)]
    if shape.is_one_whole:
        parts[0] = entries.c.quantity
    return select(*_WHO, *map(_sum, parts)).where(*_counted(shape)).group_by(*_WHO)


@lru_cache(maxsize=64)
def _prepared_sums(shape: Shape) -> Prepared:
    return Prepared(sums_query(shape))


@lru_cache(maxsize=8)
def _days(shape: Shape) -> Select[Any]:
    columns = (*_WHO, entries.c.local_date)
    total = _sum(entries.c.quantity)
    return select(*columns, total).where(*_counted(shape)).group_by(*columns)


@lru_cache(maxsize=8)
def _prepared_days(shape: Shape) -> Prepared:
    return Prepared(_days(shape))


def _counted(shape: Shape) -> tuple[ColumnElement[bool], ...]:
    person, indicator = entries.c.person_id, entries.c.indicator_id
    few: list[BindParameter[int]] = list(map(bindparam, _indicator_names(shape.few_indicators)))
    return (
        entries.c.undone_at.is_(None),
        person == bindparam("person") if shape.one_person else _any(person, "people"),
        entries.c.local_date.between(bindparam("first"), bindparam("last")),
        _one_of(indicator, few) if few else _any(indicator, "indicators"),
        AsStored(entries.c.occurred_at) <= bindparam("until"),
    )


def _any(column: ColumnElement[int], name: str) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))


def _one_of(column: ColumnElement[int], named: list[BindParameter[int]]) -> ColumnElement[bool]:
    return column == named[0] if len(named) == 1 else column.in_(named)


def _sum(quantity: ColumnElement[Any]) -> ColumnElement[Decimal]:
    return type_coerce(func.sum(quantity), Quantity)


@lru_cache(maxsize=64)
def _names(spans: int) -> tuple[tuple[str, str], ...]:
    """How a statement calls the first and last dates of its spans."""
    return tuple((f"first_{number}", f"last_{number}") for number in range(spans))


def _quantity_within(first: str, last: str) -> ColumnElement[Any]:
    bounds = bindparam(first, type_=Date), bindparam(last, type_=Date)
    return case((AsStored(entries.c.local_date).between(*bounds), entries.c.quantity))
