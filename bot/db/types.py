"""How domain values are stored: instants in UTC, quantities as whole hundredths."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

BigId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column that is exactly INTEGER."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite has no zones, so there the zone is left off and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        in_utc = _in_utc(value)
        if in_utc is None or dialect.name != "sqlite":
            return in_utc
        return in_utc.replace(tzinfo=None)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """On SQLite the text that SQLAlchemy writes, at a third of the time."""
        return as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError("an instant without a zone can't be stored")
    return value.astimezone(UTC)


def as_text(value: datetime | None) -> str | None:
    """An instant as SQLite keeps it."""
    in_utc = _in_utc(value)
    if in_utc is None:
        return None
    return in_utc.replace(tzinfo=None).isoformat(" ", "microseconds")


class Quantity(TypeDecorator[Decimal]):
    """A decimal with two places, stored as an integer so that sums are exact on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> int | None:
        return None if value is None else int((value * 100).to_integral_value())

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-2)


class AsStored(FunctionElement[Any]):
    """A column of dates or instants, compared as it is stored.

    To SQLite such a column is a number: for each comparison it tries to make one of both texts. A
    plus before the column keeps it from that, and from looking it up in an index: so only where a
    scan compares row by row, which takes a third of its time.
    """

    inherit_cache = True
    name = "as_stored"

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(AsStored)
def _plain(element: AsStored, compiler: Any, **options: Any) -> str:
    (column,) = element.clauses
    text: str = compiler.process(column, **options)
    return text


@compiles(AsStored, "sqlite")
def _without_affinity(element: AsStored, compiler: Any, **options: Any) -> str:
    return f"+{_plain(element, compiler, **options)}"
