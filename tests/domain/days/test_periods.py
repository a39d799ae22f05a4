"""Periods of a local calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.periods import (
    ONE_DAY,
    Period,
    PeriodKind,
    days_between,
    period_of,
    scored_period,
)

kinds = st.sampled_from(PeriodKind)
days = st.dates(date(1900, 1, 8), date(2200, 1, 1))


@pytest.mark.parametrize(
    "kind,start,end",
    [
        (PeriodKind.DAY, date(2028, 2, 29), date(2028, 2, 29)),
        (PeriodKind.WEEK, date(2028, 2, 28), date(2028, 3, 5)),
        (PeriodKind.MONTH, date(2028, 2, 1), date(2028, 2, 29)),
        (PeriodKind.QUARTER, date(2028, 1, 1), date(2028, 3, 31)),
        (PeriodKind.YEAR, date(2028, 1, 1), date(2028, 12, 31)),
    ],
)
def test_a_period_holds_whole_calendar_units(kind: PeriodKind, start: date, end: date) -> None:
    assert period_of(kind, date(2028, 2, 29)) == Period(kind, start, end)


def test_a_week_starts_on_monday_and_runs_across_the_new_year() -> None:
    week = period_of(PeriodKind.WEEK, date(2027, 1, 1))
    assert (week.start, week.end) == (date(2026, 12, 28), date(2027, 1, 3))


def test_the_last_quarter_ends_with_the_year() -> None:
    quarter = period_of(PeriodKind.QUARTER, date(2026, 11, 23))
    assert (quarter.start, quarter.end) == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter.next().start == date(2027, 1, 1)
    assert quarter.previous().start == date(2026, 7, 1)


def test_a_daily_target_is_scored_over_the_week_and_any_other_over_its_own_period() -> None:
    day = date(2026, 11, 25)
    assert scored_period(PeriodKind.DAY, day) == period_of(PeriodKind.WEEK, day)
    for kind in set(PeriodKind) - {PeriodKind.DAY}:
        assert scored_period(kind, day) == period_of(kind, day)


def test_no_dates_lie_between_a_day_and_the_day_before() -> None:
    assert not list(days_between(date(2026, 11, 2), date(2026, 11, 1)))


@given(kinds, days)
def test_each_day_of_a_period_has_that_period(kind: PeriodKind, day: date) -> None:
    period = period_of(kind, day)
    assert day in period
    assert {period_of(kind, each) for each in period.days()} == {period}
    assert period.start - ONE_DAY not in period
    assert period.end + ONE_DAY not in period


@given(kinds, days)
def test_periods_follow_each_other_without_gap(kind: PeriodKind, day: date) -> None:
    period = period_of(kind, day)
    assert period.next().start == period.end + ONE_DAY
    assert period.next().previous() == period
