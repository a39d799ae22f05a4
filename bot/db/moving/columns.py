"""What a column holds, in the three forms that a move needs.

- *canonical*: a text that is the same wherever the value is stored, for checksums. SQLite's is made
  in Python from what the file holds; PostgreSQL's in SQL from what it has stored.
- *copied*: what COPY is given.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Time
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.db.types import Instant

Form = Callable[[Any], str]

_INSTANT = "YYYY-MM-DD HH24:MI:SS.US"
_MICROSECONDS = 6


def canonical(column: Column[Any]) -> Form:
    """The canonical text of one of SQLite's values; never asked about NULL."""
    kind = column.type
    return _instant if isinstance(kind, Instant) else _time if isinstance(kind, Time) else str


def copied(column: Column[Any]) -> Form:
    """The text that COPY takes for one of SQLite's values; never asked about NULL."""
    if isinstance(column.type, Instant):
        return lambda value: f"{value}+00"
    return str


def canonical_sql(column: Column[Any]) -> str:
    """PostgreSQL's expression for the canonical text of what it has stored."""
    name = f'"{column.name}"'
    kind: TypeEngine[Any] = column.type
    if isinstance(kind, Instant):
        return f"to_char({name} AT TIME ZONE 'UTC', '{_INSTANT}')"
    if isinstance(kind, Time):
        return f"to_char({name}, 'HH24:MI:SS.US')"
    if isinstance(kind, Date):
        return f"to_char({name}, 'YYYY-MM-DD')"
    if isinstance(kind, Boolean):
        return f"{name}::int::text"
    assert isinstance(kind, JSON | TypeDecorator) or kind.python_type in {int, str}
    return f"{name}::text"


def _instant(value: str) -> str:
    whole, _, fraction = value.partition(".")
    return f"{whole}.{fraction.ljust(_MICROSECONDS, '0')}"


_time = _instant
