"""Rows of an activities file: what each cell must be, and what is wrong where it isn't.

The file's columns are those of interface.md; `docs/data.md` describes them for people.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.days.zones import instant_in
from bot.domain.grammar.requests import LIMITS, MAX_ACCOUNT, MAX_NOTE, readings_of
from bot.domain.quantities import ZERO, Measure, plain

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
"""Years outside are typing errors; the future is not, for plans are tried on days to come."""
MAX_EXTERNAL_ID: Final = 190
_SHOWN: Final = 40
_DIGITS: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_MIDNIGHT = time()
_DATE_LENGTH = len("2026-11-20")
_ISO_HINT = "write it like 2026-11-20, or 2026-11-20T09:30:00+00:00"


class ActivityRow(NamedTuple):
    """One row of a file as it stands there; `line` (from 1) is where it starts."""

    line: int
    workspace: str
    user: str
    behaviour: str
    quantity: str
    occurred_on: str
    account: str
    note: str
    external_id: str
    undone_at: str = ""


class RowProblem(NamedTuple):
    """What is wrong at a place in the file; `column` is None for a whole row."""

    line: int
    column: str | None
    sentence: str

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", column `{self.column}`" if self.column else "")
        return f"{where}: {self.sentence}"


class WrongCell(Exception):
    """A cell that can't be taken; `sentence` says why and what to write."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Moment:
    """When something occurred: a UTC instant, and the rep's local date."""

    instant: datetime
    day: date


def shown(cell: str) -> str:
    """A cell in quotes, short and without anything that a terminal would obey."""
    printable = "".join(each if each.isprintable() else "�" for each in cell[: _SHOWN + 1])
    return f'"{printable[:_SHOWN]}…"' if len(cell) > _SHOWN else f'"{printable}"'


@lru_cache(maxsize=4096)
def read_amount(cell: str, measure: Measure, *, is_result: bool) -> Decimal:
    """A quantity with at most two decimals, above 0; a result may be 0, as lost deals are.

    Raises WrongCell.
    """
    amount = _number(cell)
    if amount < ZERO or (amount == ZERO and not is_result):
        raise WrongCell("quantity", f"{shown(cell)} must be above 0")
    if amount > LIMITS[measure]:
        raise WrongCell("quantity", f"{shown(cell)} is too much; at most {LIMITS[measure]:,}")
    if meant := readings_of(amount, LIMITS[measure]):
        write = " or ".join(map(plain, meant))
        raise WrongCell("quantity", f"{shown(cell)} has more than two decimals; write {write}")
    return amount


def _number(cell: str) -> Decimal:
    """Digits, as the grammar of `/log` has them: no 1e3, no 1_000."""
    if not _DIGITS.fullmatch(cell.strip()):
        raise WrongCell("quantity", f"{shown(cell)} is not a number; write it like 5 or 2.5")
    return Decimal(cell.strip())


def read_moment(cell: str, zone: ZoneInfo) -> Moment:
    """An ISO instant with its offset, or a date: then the day's start where the rep is.

    Raises WrongCell.
    """
    cell = cell.strip()
    if len(cell) == _DATE_LENGTH:
        return _start_of_day(cell, zone)
    instant = read_instant(cell, "occurred_on")
    return Moment(instant, instant.astimezone(zone).date())


@lru_cache(maxsize=16_384)
def _start_of_day(cell: str, zone: ZoneInfo) -> Moment:
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        raise WrongCell("occurred_on", f"{shown(cell)} is not a date; {_ISO_HINT}") from None
    _check_year(cell, day.year, "occurred_on")
    return Moment(midnight(zone, day), day)


@lru_cache(maxsize=16_384)
def midnight(zone: ZoneInfo, day: date) -> datetime:
    """The UTC instant at which a local day starts."""
    return instant_in(zone, day, _MIDNIGHT)


def read_instant(cell: str, column: str) -> datetime:
    """An ISO instant, in UTC; raises WrongCell, also where it has no offset."""
    try:
        instant = datetime.fromisoformat(cell)
    except ValueError:
        raise WrongCell(column, f"{shown(cell)} is not a date or an instant; {_ISO_HINT}") from None
    if instant.tzinfo is None and len(cell) < _DATE_LENGTH:
        raise WrongCell(column, f"{shown(cell)} is a date without hyphens; write {instant.date()}")
    if instant.tzinfo is None:
        raise WrongCell(column, f"{shown(cell)} has no UTC offset; {_ISO_HINT}")
    _check_year(cell, instant.year, column)
    return instant.astimezone(UTC)


def _check_year(cell: str, year: int, column: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        reason = f"{shown(cell)} is not between {FIRST_YEAR} and {LAST_YEAR}; check the year"
        raise WrongCell(column, reason)


def written_moment(occurred_at: datetime, day: date, zone: ZoneInfo) -> str:
    """What `read_moment` reads back: the date alone for a day's start, else the local instant.

    Either way the first ten characters are the rep's local date. Where the rep has moved to another
    zone since, so that the instant would fall on another date, the date is what stays true.
    """
    local = occurred_at.astimezone(zone)
    if occurred_at == midnight(zone, day) or local.date() != day:
        return day.isoformat()
    return local.isoformat()


def read_text(cell: str, column: str, limit: int) -> str | None:
    """An account, note or id; None where there is nothing. Raises WrongCell if too long."""
    if not cell or cell.isspace():
        return None
    if len(cell) > limit:
        raise WrongCell(column, f"{shown(cell)} has {len(cell):,} characters; at most {limit:,}")
    return cell


def read_account(cell: str) -> str | None:
    return read_text(cell, "account", MAX_ACCOUNT)


def read_note(cell: str) -> str | None:
    return read_text(cell, "note", MAX_NOTE)
