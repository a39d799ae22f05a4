"""Rows as CSV or as one JSON array, written as they come."""

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TextIO

from bot.domain.guarded_cells import guarded
from bot.domain.quantities import plain

Cell = str | int | bool | Decimal | datetime | date | None


def write_csv(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """RFC 4180 with plain line feeds; text that a spreadsheet would run is guarded."""
    writer = csv.writer(out, lineterminator="\n")
    # Before Python 3.13 the csv module leaves a lone CR unquoted, and can't read it back.
    cautious = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for row in rows:
        cells = [_text(cell) for cell in row]
        (cautious if any("\r" in cell for cell in cells) else writer).writerow(cells)


def write_json(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """An array of objects, one a line; numbers are numbers and nothing is null."""
    separator = "[\n"
    for row in rows:
        values = {name: _value(cell) for name, cell in zip(columns, row, strict=True)}
        out.write(separator + json.dumps(values, ensure_ascii=False))
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, Decimal):
        return plain(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
