"""Writing tables, and that what was written reads back as it was."""

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities import ActivityRow
from bot.domain.guarded_cells import guarded, unguarded
from bot.files.activities import EXPORTED, read_activities
from bot.files.tables import write_csv, write_json

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
STARTS = "=+-@＝＋－＠"
UNSEEN = " \t\r\n\v\xa0\xad\u2003\u200b\u200e\u2060\u3000\ufeff"
HOSTILE = st.one_of(
    TEXT,
    st.builds("{}{}{}".format, st.text(UNSEEN + "'", max_size=3), st.sampled_from(STARTS), TEXT),
    st.builds("{}{}".format, st.sampled_from("\t\r\n'"), TEXT),
)


@given(HOSTILE)
def test_a_guard_can_always_be_taken_off(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(HOSTILE)
def test_no_guarded_text_starts_a_formula(text: str) -> None:
    assert not guarded(text).startswith(("\t", "\r", "\n"))
    assert not guarded(text).lstrip(UNSEEN).startswith(tuple(STARTS))


@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), max_size=4))
def test_activities_read_back_as_they_were_written(texts: list[tuple[str, str, str]]) -> None:
    out = StringIO(newline="")
    head, tail = ("T1", "U1"), (1, "slack", None, None)
    write_csv(
        out,
        EXPORTED,
        [(*head, b, Decimal("2.50"), "2026-11-20", a, n, "x", *tail) for b, a, n in texts],
    )
    rows = list(read_activities(BytesIO(out.getvalue().encode())))
    assert all(isinstance(row, ActivityRow) for row in rows)
    read = [(row.behaviour, row.account, row.note) for row in rows if isinstance(row, ActivityRow)]
    assert read == texts


def test_cells_are_written_plainly() -> None:
    out = StringIO(newline="")
    moment = datetime(2026, 11, 20, 9, tzinfo=UTC)
    row = (Decimal("4200.50"), Decimal("5.00"), moment, date(2026, 11, 20), None, True, 7)
    write_csv(out, list("abcdefg"), [row])
    assert list(csv.reader(StringIO(out.getvalue())))[1] == [
        "4200.5",
        "5",
        "2026-11-20T09:00:00+00:00",
        "2026-11-20",
        "",
        "True",
        "7",
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array_with_numbers_and_nulls(count: int) -> None:
    out = StringIO()
    write_json(out, ["quantity", "note"], [(Decimal("2.50"), None)] * count)
    assert json.loads(out.getvalue()) == [{"quantity": 2.5, "note": None}] * count
