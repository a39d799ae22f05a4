"""The cells of an activities file."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.activities import (
    WrongCell,
    read_amount,
    read_moment,
    read_note,
    shown,
    written_moment,
)
from bot.domain.quantities import Measure

NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Africa/Cairo"]
).map(ZoneInfo)
# Hypothesis takes bounds without a zone.
FIRST, LAST = datetime(1991, 1, 1), datetime(2099, 1, 1)  # noqa: DTZ001
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@pytest.mark.parametrize("cell", ["5", "2.5", "0.01", "1.00", "+3", " 7 "])
def test_a_quantity_is_a_plain_number(cell: str) -> None:
    assert read_amount(cell, Measure.COUNT, is_result=False) == Decimal(cell.strip())


@pytest.mark.parametrize(
    "cell, reason",
    [
        ("abc", '"abc" is not a number; write it like 5 or 2.5'),
        ("", "is not a number"),
        ("NaN", "is not a number"),
        ("inf", "is not a number"),
        ("1_000", "is not a number"),
        ("0", "must be above 0"),
        ("-1", "must be above 0"),
        ("10001", "at most 10,000"),
        ("9" * 400, "at most 10,000"),
        ("1e2", "is not a number"),
        ("1e400", "is not a number"),
        ("2.555", "more than two decimals; write 2.56 or 2555"),
        ("1.000", "more than two decimals; write 1000 or 1"),
        ("12.500", "more than two decimals; write 12.5$"),
    ],
)
def test_a_wrong_quantity_is_refused_with_the_reason(cell: str, reason: str) -> None:
    with pytest.raises(WrongCell, match=reason) as wrong:
        read_amount(cell, Measure.COUNT, is_result=False)
    assert wrong.value.column == "quantity"


def test_a_lost_deal_has_the_quantity_0() -> None:
    assert read_amount("0", Measure.COUNT, is_result=True) == 0


def test_limits_are_those_of_the_unit() -> None:
    assert read_amount("4200000", Measure.MONEY, is_result=True) == 4_200_000
    with pytest.raises(WrongCell, match="at most 24"):
        read_amount("25", Measure.HOURS, is_result=False)


def test_a_date_is_the_start_of_that_day_where_the_rep_is() -> None:
    moment = read_moment("2026-11-20", NEW_YORK)
    assert moment.instant == datetime(2026, 11, 20, 5, tzinfo=UTC)
    assert moment.day == date(2026, 11, 20)


def test_an_instant_falls_on_the_date_that_it_is_where_the_rep_is() -> None:
    assert read_moment("2026-11-20T03:00:00+00:00", NEW_YORK).day == date(2026, 11, 19)


def test_the_future_is_taken() -> None:
    assert read_moment("2099-12-31", NEW_YORK).day == date(2099, 12, 31)


@pytest.mark.parametrize(
    "cell, reason",
    [
        ("2026-11-20T09:00:00", "has no UTC offset"),
        ("20261118", '"20261118" is a date without hyphens; write 2026-11-18'),
        ("20.11.2026", "is not a date"),
        ("2026-02-30", "is not a date"),
        ("tomorrow", "is not a date or an instant"),
        ("", "is not a date"),
        ("1989-12-31", "between 1990 and 2100"),
        ("2101-01-01T00:00:00+00:00", "between 1990 and 2100"),
    ],
)
def test_a_wrong_date_is_refused_with_the_reason(cell: str, reason: str) -> None:
    with pytest.raises(WrongCell, match=reason):
        read_moment(cell, NEW_YORK)


@given(INSTANTS, ZONES)
def test_a_moment_reads_back_as_it_was_written(instant: datetime, zone: ZoneInfo) -> None:
    day = instant.astimezone(zone).date()
    written = written_moment(instant, day, zone)
    read = read_moment(written, zone)
    assert (read.instant, read.day) == (instant, day)
    assert written.startswith(day.isoformat())


@given(INSTANTS, ZONES)
def test_a_bare_date_stays_one(instant: datetime, zone: ZoneInfo) -> None:
    cell = instant.date().isoformat()
    moment = read_moment(cell, zone)
    assert written_moment(moment.instant, moment.day, zone) == cell


def test_the_date_stays_true_where_the_rep_has_moved_since() -> None:
    evening = datetime(2026, 11, 21, 4, tzinfo=UTC)
    day_before = evening.astimezone(NEW_YORK).date()
    assert written_moment(evening, day_before, ZoneInfo("Asia/Tokyo")) == "2026-11-20"


def test_a_day_whose_midnight_was_skipped_starts_behind_the_gap() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    moment = read_moment("2026-04-24", cairo)
    assert moment.instant.astimezone(cairo).date() == moment.day
    assert (moment.instant - timedelta(seconds=1)).astimezone(cairo).date() == date(2026, 4, 23)


def test_a_note_that_is_too_long_is_refused() -> None:
    assert read_note("x" * 1000) == "x" * 1000
    assert read_note(" \n") is None
    with pytest.raises(WrongCell, match="1,001 characters"):
        read_note("x" * 1001)


def test_what_is_shown_of_a_cell_is_short_and_harmless() -> None:
    assert shown("\x1b[31mred") == '"�[31mred"'
    assert len(shown("x" * 500)) < 50
