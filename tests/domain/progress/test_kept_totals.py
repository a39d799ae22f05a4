"""What one erased rep leaves in a period, and what several leave together."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.progress.kept_totals import (
    MILLION,
    NONE,
    NOTHING_KEPT,
    Asked,
    Kept,
    KeptTotals,
    share_of,
)

MONDAY = date(2026, 11, 16)
WEEK = period_of(PeriodKind.WEEK, MONDAY)
QUARTER = period_of(PeriodKind.QUARTER, MONDAY)
TUESDAY, TODAY = MONDAY + timedelta(1), MONDAY + timedelta(2)
LONG_AFTER = MONDAY + timedelta(100)
FIVE = Asked(Decimal(5), Decimal(5))


def test_the_first_date_says_what_the_whole_period_was_about() -> None:
    left = share_of(WEEK, {TUESDAY: Decimal(4)}, FIVE, LONG_AFTER)
    assert left == {
        TUESDAY: Kept(Decimal(4)),
        MONDAY: Kept(target=Decimal(5), people=1, asked=1, reached=MILLION * 4 // 5),
    }


def test_nobodys_surplus_fills_anothers_gap() -> None:
    left = share_of(WEEK, {MONDAY: Decimal(50)}, FIVE, LONG_AFTER)
    assert left[MONDAY].reached == MILLION


def test_who_logged_nothing_leaves_a_target_and_stands_behind_nothing() -> None:
    assert share_of(WEEK, {}, FIVE, LONG_AFTER) == {MONDAY: Kept(target=Decimal(5), asked=1)}
    assert share_of(WEEK, {}, Asked(Decimal(0), Decimal(0)), LONG_AFTER) == {}


def test_what_was_still_to_be_done_is_taken_off_from_tomorrow_on() -> None:
    left = share_of(WEEK, {MONDAY: Decimal(2)}, Asked(Decimal(5), Decimal(3)), TODAY)
    assert left[MONDAY].target == 5
    assert left[TODAY + timedelta(1)] == Kept(target=Decimal(-2))
    kept = KeptTotals({7: left})
    assert kept.within(7, MONDAY, TODAY).target == 5
    assert kept.within(7, *ends(WEEK)).target == 3


def test_the_chart_of_weeks_knows_weeks_alone() -> None:
    left = share_of(QUARTER, {MONDAY: Decimal(2)}, FIVE, LONG_AFTER)
    assert (left[QUARTER.start].asked, left[QUARTER.start].reached) == (0, 0)


def test_where_periods_were_of_another_length_nobody_is_counted_twice() -> None:
    weeks = {MONDAY + timedelta(weeks=n): Kept(people=people) for n, people in ((0, 2), (1, 3))}
    assert KeptTotals({7: weeks}).people_in(7, QUARTER) == 3
    assert KeptTotals({7: weeks}).people_in(7, WEEK) == 2
    assert NOTHING_KEPT.people_in(7, WEEK) == 0
    assert NOTHING_KEPT.within(7, *ends(WEEK)) == NOTHING_KEPT.on(7, MONDAY) == NONE


LOGGED = st.dictionaries(
    st.integers(0, 6).map(lambda days: MONDAY + timedelta(days)), st.integers(0, 9).map(Decimal)
)


@given(st.lists(LOGGED, max_size=5))
def test_what_several_leave_adds_up(people: list[dict[date, Decimal]]) -> None:
    together: dict[date, Kept] = {}
    for logged in people:
        for day, share in share_of(WEEK, logged, FIVE, LONG_AFTER).items():
            together[day] = together.get(day, NONE) + share
    found = KeptTotals({7: together}).within(7, *ends(WEEK))
    assert found.quantity == sum((sum(logged.values()) for logged in people), Decimal(0))
    assert found.target == 5 * len(people)
    assert found.people == sum(any(logged.values()) for logged in people)
    assert (found.asked, found.reached <= MILLION * len(people)) == (len(people), True)


def ends(period: Period) -> tuple[date, date]:
    return period.start, period.end
