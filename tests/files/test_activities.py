"""Reading activities files: what each row says, and where each fault stands."""

from io import BytesIO

import pytest

from bot.domain.activities import ActivityRow, RowProblem
from bot.files.activities import COLUMNS, Parsed, read_activities

HEADER = ",".join(COLUMNS)
ROW = "T01TEST,U02RILEY,call,5,2026-11-20,Acme,met the CFO,x1"


def read(*lines: str, encoding: str = "utf-8") -> list[Parsed]:
    return list(read_activities(BytesIO("\n".join([*lines, ""]).encode(encoding))))


def problems(*lines: str) -> list[str]:
    return [str(each) for each in read(*lines) if isinstance(each, RowProblem)]


def test_a_row_is_read_with_its_line() -> None:
    assert read(HEADER, ROW) == [
        ActivityRow(
            2, "T01TEST", "U02RILEY", "call", "5", "2026-11-20", "Acme", "met the CFO", "x1"
        )
    ]


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert len(read(HEADER, ROW, encoding="utf-8-sig")) == 1


def test_carriage_returns_end_lines_as_well() -> None:
    assert read(f"{HEADER}\r", f"{ROW}\r") == read(HEADER, ROW)


def test_columns_may_stand_in_any_order_and_an_export_has_more() -> None:
    names = ["undone_at", *reversed(COLUMNS), "id", "source", "recorded_at"]
    cells = ["2026-11-21T09:00:00+00:00", *reversed(ROW.split(",")), "7", "slack", "whenever"]
    (row,) = read(",".join(names), ",".join(cells))
    assert isinstance(row, ActivityRow)
    assert (row.user, row.undone_at) == ("U02RILEY", "2026-11-21T09:00:00+00:00")


def test_occurred_at_is_another_name_of_occurred_on() -> None:
    assert read(HEADER.replace("occurred_on", "occurred_at"), ROW) == read(HEADER, ROW)


def test_line_numbers_stay_right_behind_line_breaks_in_cells() -> None:
    long = ROW.replace("met the CFO", '"met the CFO,\nthe ""real"" one\n"')
    first, second = read(HEADER, long, ROW)
    assert isinstance(first, ActivityRow)
    assert first.note == 'met the CFO,\nthe "real" one\n'
    assert (first.line, second.line) == (2, 5)


def test_a_guard_against_formulas_is_taken_off() -> None:
    (row,) = read(HEADER, ROW.replace("met the CFO", "'=1+1"))
    assert isinstance(row, ActivityRow)
    assert row.note == "=1+1"


def test_empty_lines_mean_nothing() -> None:
    assert [row.line for row in read(HEADER, "", ROW, "", ROW)] == [3, 5]


@pytest.mark.parametrize(
    "header, fault",
    [
        ("", "line 1: there is no header; the first line must be workspace,user,"),
        (HEADER.replace(",note", ""), "line 1: the column `note` is missing"),
        (HEADER.replace("note", "notes"), 'the column "notes" is unknown; did you mean `note`?'),
        (f"{HEADER},note", "line 1: the column `note` is there 2 times"),
        (f"{HEADER},occurred_at", "line 1: the column `occurred_on` is there 2 times"),
        (HEADER.replace(",", ";"), "line 1: the cells must be separated by commas"),
    ],
)
def test_a_wrong_header_is_told_and_nothing_else(header: str, fault: str) -> None:
    told = problems(header, ROW, "x")
    assert any(fault in each for each in told)
    assert all(each.startswith("line 1") for each in told)


def test_a_row_of_another_width_is_told() -> None:
    assert problems(HEADER, ROW, "T01TEST,U02RILEY") == [
        "line 3: has 2 cells, but the header has 8"
    ]


def test_an_open_quote_is_told_with_its_place() -> None:
    (fault,) = problems(HEADER, ROW, ROW.replace("met", '"met'), ROW)
    assert "never closed" in fault


def test_a_cell_that_is_too_long_is_told_as_that() -> None:
    (fault,) = problems(HEADER, ROW.replace("Acme", "A" * 140_000), ROW)
    assert fault.startswith("line 2: a cell is longer than 131,072 characters; shorten it")


def test_what_is_not_utf_8_is_told_and_the_rest_checked_too() -> None:
    latin = f"{HEADER}\n{ROW}\n{ROW}é\n{ROW},\n".encode("latin-1")
    told = [str(each) for each in read_activities(BytesIO(latin)) if isinstance(each, RowProblem)]
    assert [each.partition(":")[0] for each in told] == ["line 3", "line 4"]
    assert "CSV UTF-8" in told[0]


def test_nul_bytes_are_told() -> None:
    assert "NUL" in problems(HEADER, ROW.replace("Acme", "A\0me"))[0]


def test_a_file_without_line_ends_is_not_taken_into_memory() -> None:
    (fault,) = read_activities(BytesIO(f"{HEADER}\n".encode() + b"x" * 3_000_000))
    assert "longer than 1 MB" in str(fault)


def test_progress_is_told_in_bytes() -> None:
    content = f"{HEADER}\n{ROW}é\n".encode()
    seen: list[int] = []
    list(read_activities(BytesIO(content), seen.append))
    assert sum(seen) == len(content)
