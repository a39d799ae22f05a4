"""Streaks (design §1): consecutive periods of a behaviour that reached the target."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import PeriodKind
from bot.domain.feats.streaks import NO_STREAK, Outcome, Streak, streak, streak_of
from tests.domain.samples import (
    CALLS,
    FRIDAY,
    MEETINGS,
    MONDAY,
    RILEY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    WEEK,
    dec,
    setting,
)

DAILY = [setting(20, PeriodKind.DAY)]
WEEKLY = [setting(5, PeriodKind.WEEK)]
logged = st.lists(st.integers(0, 2), max_size=30)


def calls(today: date, amounts: dict[date, int], rep: RepCalendar = RILEY) -> Streak:
    return streak_of(CALLS, DAILY, rep, today, {day: dec(made) for day, made in amounts.items()})


def weeks(*amounts: int) -> dict[date, Decimal]:
    """Amounts logged on the Mondays of the week of the 23rd, the one before, and so on."""
    mondays = (MONDAY - timedelta(weeks=ago) for ago in range(len(amounts)))
    return {day: dec(amount) for day, amount in zip(mondays, amounts, strict=True) if amount}


def test_each_consecutive_period_that_reached_the_target_counts() -> None:
    assert streak_of(MEETINGS, WEEKLY, RILEY, SUNDAY, weeks(5, 7, 5, 4, 5)).length == 3


def test_a_streak_starts_with_its_oldest_period() -> None:
    found = streak_of(MEETINGS, WEEKLY, RILEY, SUNDAY, weeks(5, 7, 5, 4, 5))
    assert found.start == WEEK.previous().previous().start


def test_the_days_of_a_period_count_together() -> None:
    amounts = {MONDAY: dec(2), WEDNESDAY: dec(2), FRIDAY: dec(1)}
    assert streak_of(MEETINGS, WEEKLY, RILEY, FRIDAY, amounts).length == 1


def test_the_period_that_is_not_over_adds_when_reached_and_breaks_nothing_when_not() -> None:
    assert streak_of(MEETINGS, WEEKLY, RILEY, SUNDAY, weeks(4, 5, 5)).length == 2
    assert streak_of(MEETINGS, WEEKLY, RILEY, SUNDAY, weeks(5, 5, 5)).length == 3


def test_a_period_missed_breaks_the_streak_when_it_is_over() -> None:
    next_monday = WEEK.next().start
    assert streak_of(MEETINGS, WEEKLY, RILEY, next_monday, weeks(4, 5, 5)) == NO_STREAK


def test_a_daily_behaviours_streak_is_over_days() -> None:
    assert calls(WEDNESDAY, {MONDAY: 20, TUESDAY: 25, WEDNESDAY: 3}) == Streak(2, MONDAY)
    assert calls(WEDNESDAY, {MONDAY: 20, TUESDAY: 25, WEDNESDAY: 20}).length == 3


def test_a_weekend_does_not_break_a_streak_of_days() -> None:
    friday_before = MONDAY - timedelta(days=3)
    assert calls(MONDAY, {friday_before: 20, MONDAY: 20}) == Streak(2, friday_before)


def test_absence_neither_breaks_nor_lengthens_a_streak() -> None:
    away = replace(RILEY, time_off=(DateRange(TUESDAY, THURSDAY),))
    amounts = {MONDAY: 20, FRIDAY: 20}
    assert calls(FRIDAY, amounts, away) == Streak(2, MONDAY)
    assert calls(FRIDAY, amounts | {WEDNESDAY: 50}, away) == Streak(2, MONDAY)


def test_a_public_holiday_neither_breaks_nor_lengthens_a_streak() -> None:
    american = replace(RILEY, holidays=frozenset({THURSDAY}))
    assert calls(FRIDAY, {WEDNESDAY: 20, FRIDAY: 20}, american) == Streak(2, WEDNESDAY)


def test_a_week_off_neither_breaks_nor_lengthens_a_streak_of_weeks() -> None:
    away = replace(RILEY, time_off=(DateRange(MONDAY - timedelta(7), SUNDAY - timedelta(7)),))
    assert streak_of(MEETINGS, WEEKLY, away, SUNDAY, weeks(5, 0, 5)).length == 2


def test_a_late_entry_repairs_a_broken_streak() -> None:
    amounts = {MONDAY: 20, WEDNESDAY: 20}
    assert calls(THURSDAY, amounts).length == 1
    assert calls(THURSDAY, amounts | {TUESDAY: 20}).length == 3


def test_each_period_is_judged_by_the_target_of_its_time() -> None:
    raised = [setting(5, PeriodKind.WEEK), setting(8, PeriodKind.WEEK, MONDAY)]
    assert streak_of(MEETINGS, raised, RILEY, SUNDAY, weeks(8, 5, 5)).length == 3


def test_periods_of_another_kind_of_target_are_passed_over() -> None:
    changed = [setting(5, PeriodKind.WEEK), setting(2, PeriodKind.DAY, MONDAY)]
    amounts = weeks(2, 9, 9) | {TUESDAY: dec(2)}
    assert streak_of(MEETINGS, changed, RILEY, WEDNESDAY, amounts) == Streak(2, MONDAY)


def test_without_entries_or_target_there_is_no_streak() -> None:
    assert streak_of(MEETINGS, WEEKLY, RILEY, SUNDAY, {}) == NO_STREAK
    assert streak_of(MEETINGS, [], RILEY, SUNDAY, weeks(5)) == NO_STREAK


def test_entries_dated_after_today_do_not_count() -> None:
    assert calls(MONDAY, {MONDAY: 20, TUESDAY: 20}) == Streak(1, MONDAY)
    assert calls(SUNDAY, {WEEK.next().start: 20}) == NO_STREAK


def test_a_streak_reads_no_further_than_to_what_broke_it() -> None:
    outcomes = iter(
        Outcome(WEEK if amount else WEEK.previous(), dec(5), dec(amount)) for amount in (5, 0, 5)
    )
    assert streak(outcomes, SATURDAY).length == 1
    assert len(list(outcomes)) == 1


@given(logged, logged)
def test_a_miss_cuts_off_all_that_came_before_it(recent: list[int], older: list[int]) -> None:
    today = MONDAY
    reached = [amount + 5 for amount in recent]
    amounts = weeks(*reached, *([0] if recent else [5, 0]), *older)
    expected = len(recent) or 1
    assert streak_of(MEETINGS, WEEKLY, RILEY, today, amounts).length == expected


@given(logged, st.integers(0, 29))
def test_logging_more_never_shortens_a_streak(made: list[int], ago: int) -> None:
    amounts = {MONDAY - timedelta(days=n): dec(20 * some) for n, some in enumerate(made)}
    day = MONDAY - timedelta(days=ago)
    before = streak_of(CALLS, DAILY, RILEY, MONDAY, amounts)
    more = amounts | {day: amounts.get(day, dec(0)) + 20}
    assert streak_of(CALLS, DAILY, RILEY, MONDAY, more).length >= before.length


@given(logged, st.integers(0, 29))
def test_a_day_off_never_breaks_a_streak_of_others(made: list[int], ago: int) -> None:
    amounts = {MONDAY - timedelta(days=n): dec(20 * some) for n, some in enumerate(made)}
    day = MONDAY - timedelta(days=ago)
    away = replace(RILEY, time_off=(DateRange(day, day),))
    before = streak_of(CALLS, DAILY, RILEY, MONDAY, amounts)
    was_part = amounts.get(day, dec(0)) >= 20 and RILEY.is_available(day)
    after = streak_of(CALLS, DAILY, away, MONDAY, amounts)
    assert after.length >= before.length - was_part
