"""Activities files: CSV as interface.md lays it down, read row by row however long the file is."""

import csv
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from operator import itemgetter
from typing import BinaryIO, Final

from bot.domain.activities import ActivityRow, RowProblem, shown
from bot.domain.counts import counted
from bot.domain.guarded_cells import unguarded

COLUMNS: Final = (
    "workspace",
    "user",
    "behaviour",
    "quantity",
    "occurred_on",
    "account",
    "note",
    "external_id",
)
"""What a file must have, in any order."""
EXPORTED: Final = (*COLUMNS, "id", "source", "recorded_at", "undone_at")
"""What an export has; of the last four only `undone_at` is read."""
_OF_RESULTS: Final = ("outcome", "amount", "reason", "deal")
_ALSO_KNOWN = {"occurred_at": "occurred_on"}
_BOM = b"\xef\xbb\xbf"
_LONGEST_LINE: Final = 1 << 20

Parsed = ActivityRow | RowProblem


def read_activities(
    file: BinaryIO, progress: Callable[[int], object] = lambda _: None
) -> Iterator[Parsed]:
    """The rows of a file and the problems of its form, in its order, one line in memory at a time.

    `progress` is told the bytes of each line read. After a problem that leaves the rest of the file
    without meaning (an open quote, a wrong header) nothing follows.
    """
    lines = _Lines(file, progress)
    rows = csv.reader(lines, strict=True)
    try:
        header = next(rows, [])
        yield from lines.problems_found()
        columns, wrong = _columns(header)
        yield from wrong
        if not wrong:
            yield from _rows(rows, lines, columns, len(header))
    except csv.Error as error:
        yield RowProblem(lines.number, None, _quoting(error))
    except _Unreadable as unreadable:
        yield RowProblem(lines.number, None, str(unreadable))


def _rows(
    rows: Iterator[list[str]], lines: "_Lines", columns: Sequence[int], width: int
) -> Iterator[Parsed]:
    pick = itemgetter(*columns)
    first = lines.number + 1
    for cells in rows:
        yield from lines.problems_found()
        if len(cells) == width:
            picked = [unguarded(cell) if cell[:1] == "'" else cell for cell in pick(cells)]
            yield ActivityRow(first, *picked)
        elif cells:
            has = f"has {counted(len(cells), 'cell')}, but the header has {width}"
            yield RowProblem(first, None, has)
        first = lines.number + 1
    yield from lines.problems_found()


def _columns(header: Sequence[str]) -> tuple[list[int], list[RowProblem]]:
    """Where the columns that are read stand, and what is wrong with the header."""
    names = [name.strip().lower() for name in header]
    names = [_ALSO_KNOWN.get(name, name) for name in names]
    problems = [RowProblem(1, None, sentence) for sentence in _faults(names)]
    if problems:
        return [], problems
    read = [*COLUMNS, *(["undone_at"] if "undone_at" in names else [])]
    return [names.index(name) for name in read], []


def _faults(names: Sequence[str]) -> Iterator[str]:
    if not any(names):
        yield f"there is no header; the first line must be {','.join(COLUMNS)}"
    elif len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        yield "the cells must be separated by commas; save the file as “CSV UTF-8”"
    else:
        known = {*EXPORTED, *_OF_RESULTS}
        yield from (f"the column `{n}` is missing" for n in COLUMNS if n not in names)
        yield from (_unknown(n) for n in dict.fromkeys(names) if n not in known)
        yield from (
            f"the column `{n}` is there {names.count(n)} times"
            for n in dict.fromkeys(names)
            if n in known and names.count(n) > 1
        )


def _unknown(name: str) -> str:
    likely = get_close_matches(name, EXPORTED, n=1)
    hint = f"did you mean `{likely[0]}`?" if likely else f"known are {', '.join(EXPORTED)}"
    return f"the column {shown(name)} is unknown; {hint}"


def _quoting(error: csv.Error) -> str:
    if "field limit" in str(error):
        most = f"{csv.field_size_limit():,}"
        return (
            f'a cell is longer than {most} characters; shorten it, or close a quote (") before it'
        )
    if "end of data" in str(error):
        return 'a quote (") is opened before here and never closed; write a quote in a cell twice'
    return f"the quotes or line ends are wrong ({error}); write a quote in a cell twice"


class _Unreadable(Exception):
    """The file can't be CSV."""


class _Lines:
    """Lines of bytes as text for the csv module, whose `number` is that of the last one given.

    What can't be text is replaced, and noted as a problem, so that the rest is checked too.
    """

    def __init__(self, file: BinaryIO, progress: Callable[[int], object]) -> None:
        self._file = file
        self._progress = progress
        self._problems: list[RowProblem] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self._file.readline(_LONGEST_LINE)
        if not raw:
            raise StopIteration
        self.number += 1
        self._progress(len(raw))
        if len(raw) == _LONGEST_LINE:
            raise _Unreadable("the line is longer than 1 MB, so this is no activities file")
        if self.number == 1:
            raw = raw.removeprefix(_BOM)
        if b"\0" in raw:
            self._note("has a NUL byte; save the file as “CSV UTF-8”")
            raw = raw.replace(b"\0", b"?")
        return self._text(raw)

    def problems_found(self) -> list[RowProblem]:
        """What was noted since the last call."""
        found, self._problems = self._problems, []
        return found

    def _text(self, raw: bytes) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            place = f"byte {error.start + 1}"
            self._note(f"is not UTF-8 ({place}); save the file as “CSV UTF-8”")
            return raw.decode(errors="replace")

    def _note(self, sentence: str) -> None:
        self._problems.append(RowProblem(self.number, None, sentence))
