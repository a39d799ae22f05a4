"""Sums of any stretch of dates, beside adding up the entries one by one."""

from datetime import date, timedelta
from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.progress.logged import NOTHING, Logged

FIRST = date(2026, 11, 1)
DAYS = st.integers(0, 30).map(lambda days: FIRST + timedelta(days=days))
ENTRIES = st.lists(st.tuples(DAYS, st.integers(1, 500)), max_size=40).map(sorted)
"""Dates in order, some with several entries, and hundredths."""


def of(entries: list[tuple[date, int]]) -> Logged:
    hundredths = [amount for _, amount in entries]
    return Logged([day for day, _ in entries], list(accumulate(hundredths, initial=0)))


def summed(entries: list[tuple[date, int]], first: date, last: date) -> float:
    return sum(amount for day, amount in entries if first <= day <= last) / 100


@given(ENTRIES, DAYS, DAYS)
def test_the_sum_of_a_stretch_is_that_of_its_entries(
    entries: list[tuple[date, int]], first: date, last: date
) -> None:
    first, last = sorted((first, last))
    assert of(entries).amount(first, last) == summed(entries, first, last)


@given(ENTRIES, st.lists(DAYS, min_size=2, max_size=6, unique=True).map(sorted))
def test_stretches_that_follow_each_other_have_what_each_has(
    entries: list[tuple[date, int]], starts: list[date]
) -> None:
    day = timedelta(days=1)
    each = [summed(entries, start, then - day) for start, then in pairwise(starts)]
    assert list(of(entries).amounts(starts)) == each


@given(ENTRIES, DAYS)
def test_a_day_has_all_its_entries(entries: list[tuple[date, int]], since: date) -> None:
    days = {day for day, _ in entries if day >= since}
    assert of(entries).by_day(since) == {day: summed(entries, day, day) for day in days}


def test_nothing_has_no_sum_and_no_day() -> None:
    assert NOTHING.amount(FIRST, FIRST) == 0
    assert NOTHING.amounts([FIRST, FIRST + timedelta(days=7)]) == (0,)
    assert NOTHING.by_day() == {}
