"""One number for all rows of a table, whatever their order, reckoned apart on both sides.

A row is its columns' canonical texts, each behind its length, so that no two rows read alike; the
number is the sum of 56 bits of each row's SHA-256.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Table

from bot.db.moving.columns import Form, canonical, canonical_sql

_BYTES = 7
_EMPTY = "-"


@dataclass(frozen=True, slots=True)
class Checksum:
    """How many rows, and the sum over them."""

    rows: int
    total: int

    def __str__(self) -> str:
        return f"{self.total:x}"


def summing(table: Table) -> Callable[[Iterable[Sequence[Any]]], int]:
    """A function that sums rows as SQLite gives them, in the order of the table's columns."""
    forms = [canonical(column) for column in table.columns]

    def total(rows: Iterable[Sequence[Any]]) -> int:
        return sum(_number(_text(forms, row)) for row in rows)

    return total


def checksum_sql(table: Table) -> str:
    """PostgreSQL's query for the same: the count and the sum."""
    texts = (canonical_sql(column) for column in table.columns)
    row = " || ".join(f"coalesce(char_length({t})::text || ':' || {t}, '{_EMPTY}')" for t in texts)
    digest = f"substr(sha256(convert_to({row}, 'UTF8')), 1, {_BYTES})"
    number = f"('x' || encode({digest}, 'hex'))::bit({8 * _BYTES})::bigint"
    return f'SELECT count(*), coalesce(sum({number}), 0) FROM "{table.name}"'


def _text(forms: Sequence[Form], row: Sequence[Any]) -> str:
    return "".join(map(_part, forms, row))


def _part(form: Form, value: Any) -> str:
    if value is None:
        return _EMPTY
    text = form(value)
    return f"{len(text)}:{text}"


def _number(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:_BYTES], "big")
