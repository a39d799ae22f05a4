"""Design §2.3: expected, pace, status and what today asks for."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import PeriodKind
from bot.domain.indicators import Indicator
from bot.domain.progress.pace import Progress, Status, assess
from bot.domain.progress.targets import Scope
from bot.domain.quantities import ZERO
from tests.domain.samples import (
    CALLS,
    CUSTOMERS,
    FRIDAY,
    MEETINGS,
    MONDAY,
    PLAN,
    QUARTER,
    RILEY,
    SATURDAY,
    SELLING,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    WEEK,
    dec,
    setting,
)


def score(
    indicator: Indicator,
    amount: str | int,
    actual: str | int,
    today: date,
    calendar: RepCalendar = RILEY,
) -> Progress:
    return assess(indicator, [setting(amount, indicator.period)], calendar, today, dec(actual))


def off(*days_off: date) -> RepCalendar:
    return replace(RILEY, time_off=tuple(DateRange(day, day) for day in days_off))


# Expected and pace.


def test_today_is_not_held_against_anyone_until_it_is_over() -> None:
    expected = [score(MEETINGS, 10, 0, day).expected for day in WEEK.days()]
    assert expected == [0, 2, 4, 6, 8, 10, 10]


def test_pace_is_actual_by_now_over_what_was_expected_before_today() -> None:
    progress = score(MEETINGS, 10, 3, WEDNESDAY)
    assert progress.pace == dec("0.75")
    assert progress.attainment == dec("0.3")


def test_pace_is_unknown_while_nothing_is_expected() -> None:
    assert score(MEETINGS, 10, 3, MONDAY).pace is None


def test_a_day_off_is_not_expected_to_bring_anything() -> None:
    progress = score(MEETINGS, 10, 0, WEDNESDAY, off(TUESDAY))
    assert progress.target == 8
    assert progress.expected == 2  # Monday alone


def test_expected_goes_by_the_weights_of_a_ramp() -> None:
    hired = replace(RILEY, started_on=date(2026, 12, 7))
    progress = score(PLAN, 66, 0, date(2026, 12, 14), hired)
    assert progress.target == 12  # 11.5 rounded half up
    assert progress.expected == 12 * dec("1.25") / dec("11.5")


# Status.


def test_done_at_the_target_even_before_anything_is_expected() -> None:
    assert score(MEETINGS, 5, 5, MONDAY).status is Status.DONE
    assert score(MEETINGS, 5, 6, SUNDAY).status is Status.DONE


def test_not_started_where_no_available_day_is_completed() -> None:
    assert score(MEETINGS, 5, 4, MONDAY).status is Status.NOT_STARTED
    assert score(MEETINGS, 5, 0, WEDNESDAY, off(MONDAY, TUESDAY)).status is Status.NOT_STARTED
    hired = replace(RILEY, started_on=THURSDAY)
    assert score(MEETINGS, 40, 0, THURSDAY, hired).status is Status.NOT_STARTED
    assert score(MEETINGS, 40, 0, FRIDAY, hired).status is Status.BEHIND


@pytest.mark.parametrize(
    "actual,status",
    [
        ("44", Status.AHEAD),
        ("43.99", Status.ON_PACE),
        ("36", Status.ON_PACE),
        ("35.99", Status.BEHIND),
        ("0", Status.BEHIND),
    ],
)
def test_ahead_from_1_1_and_on_pace_from_0_9(actual: str, status: Status) -> None:
    assert score(MEETINGS, 100, actual, WEDNESDAY).status is status


@pytest.mark.parametrize("share", range(1, 13))
def test_thresholds_are_met_exactly_where_expected_has_no_end_of_digits(share: int) -> None:
    three_days = replace(RILEY, workdays=frozenset({0, 1, 2}))
    third = score(SELLING, 20 * share, 6 * share, TUESDAY, three_days)  # 6 of 6⅔
    assert (third.pace, third.status) == (dec("0.9"), Status.ON_PACE)
    monthly, today = [setting(20, PeriodKind.MONTH)], date(2026, 10, 1 + share)
    gone = sum(RILEY.is_pattern_day(date(2026, 10, 1 + day)) for day in range(share))
    month = assess(SELLING, monthly, RILEY, today, dec(gone))  # 1 of 20/22 a day
    assert month.pace == dec("1.1")
    assert month.status is Status.AHEAD


def test_a_count_is_behind_only_when_a_whole_unit_is_missing() -> None:
    assert score(PLAN, 1, 0, date(2026, 10, 2)).status is Status.ON_PACE
    middle = date(2026, 11, 17)  # 33 of 66 weekdays are over: 0.5 rounds up to 1
    assert score(PLAN, 1, 0, date(2026, 11, 16)).status is Status.ON_PACE
    assert score(PLAN, 1, 0, middle).status is Status.BEHIND
    assert score(MEETINGS, 7, 1, TUESDAY).status is Status.ON_PACE  # 1 of 1.4
    assert score(MEETINGS, 8, 1, TUESDAY).status is Status.BEHIND  # 1 of 1.6


def test_hours_have_no_such_grace() -> None:
    assert score(SELLING, 7, 1, TUESDAY).status is Status.BEHIND


def test_without_a_target_there_is_no_status_and_nothing_is_asked() -> None:
    away = off(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
    progress = score(MEETINGS, 5, 2, WEDNESDAY, away)
    assert (progress.target, progress.attainment, progress.pace, progress.status) == (None,) * 4
    assert progress.expected == 0
    assert progress.ask_today == 0
    assert progress.actual == 2


def test_completed_days_that_weigh_nothing_put_nobody_behind() -> None:
    hired = replace(RILEY, started_on=MONDAY, ramp=(ZERO, dec(1)))
    quarterly = [setting(66, PeriodKind.QUARTER)]
    progress = assess(SELLING, quarterly, hired, WEDNESDAY, ZERO)
    assert progress.pace is None
    assert progress.status is Status.ON_PACE


# Today's ask.


def test_the_ask_spreads_what_is_missing_over_the_days_left_today_included() -> None:
    assert score(MEETINGS, 10, 1, WEDNESDAY).ask_today == 3
    assert score(MEETINGS, 10, 1, FRIDAY).ask_today == 9
    assert score(MEETINGS, 10, 1, WEDNESDAY, off(FRIDAY)).ask_today == 4  # 7 over two days


def test_the_ask_is_rounded_up() -> None:
    assert score(MEETINGS, 10, 0, WEDNESDAY).ask_today == 4  # 3⅓
    assert score(SELLING, 10, 0, WEDNESDAY).ask_today == dec("3.5")


def test_nothing_is_asked_when_done_or_on_a_day_off() -> None:
    assert score(MEETINGS, 5, 5, TUESDAY).ask_today == 0
    assert score(MEETINGS, 5, 0, SATURDAY).ask_today == 0
    assert score(MEETINGS, 5, 0, TUESDAY, off(TUESDAY)).ask_today == 0
    assert score(MEETINGS, 5, 0, FRIDAY, replace(RILEY, leaves_on=THURSDAY)).ask_today == 0


def test_this_mornings_ask_leaves_out_what_was_logged_today() -> None:
    weekly = [setting(10, PeriodKind.WEEK)]
    progress = assess(MEETINGS, weekly, RILEY, WEDNESDAY, dec(5), today_actual=dec(4))
    assert progress.ask_this_morning == 3
    assert progress.ask_today == 2


# Daily behaviours, results, other periods.


def test_a_daily_behaviour_shows_today_but_is_scored_over_the_week() -> None:
    daily = [setting(20, PeriodKind.DAY)]
    progress = assess(CALLS, daily, RILEY, WEDNESDAY, dec(45), today_actual=dec(12))
    assert progress.period == WEEK
    assert progress.target == 100
    assert progress.actual == 45
    assert progress.expected == 40
    assert progress.today_target == 20
    assert progress.today_actual == 12
    assert progress.status is Status.AHEAD
    assert progress.ask_today == 19  # 55 over three days


def test_a_daily_behaviour_asks_nothing_of_a_day_off() -> None:
    progress = score(CALLS, 20, 60, SATURDAY)
    assert progress.today_target is None
    assert progress.ask_today == 0
    assert progress.status is Status.BEHIND


def test_only_a_daily_behaviour_has_a_target_for_today() -> None:
    assert score(MEETINGS, 5, 0, MONDAY).today_target is None


def test_the_kind_of_period_is_that_of_the_target_in_force() -> None:
    own = [setting(20, PeriodKind.DAY), setting(80, PeriodKind.WEEK, scope=Scope.REP)]
    progress = assess(CALLS, own, RILEY, TUESDAY, dec(20))
    assert progress.period == WEEK
    assert progress.target == 80
    assert progress.today_target is None


def test_a_result_goes_by_the_days_since_the_start_absence_or_not() -> None:
    away = replace(RILEY, time_off=(DateRange(QUARTER.start, MONDAY),))
    progress = score(CUSTOMERS, 66, 20, TUESDAY, away)
    assert progress.target == 66
    assert progress.expected == 38
    assert progress.status is Status.BEHIND


def test_a_period_that_is_over_is_scored_as_a_whole() -> None:
    weekly = [setting(10, PeriodKind.WEEK)]
    last = assess(MEETINGS, weekly, RILEY, WEEK.next().start, dec(9), period=WEEK)
    assert last.period == WEEK
    assert last.expected == 10
    assert last.pace == dec("0.9")
    assert last.status is Status.ON_PACE
    assert last.ask_today == 0
    assert last.days_left == 0
