"""Design §2.2: what is expected of a rep over a period."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.days.public_holidays import public_holidays
from bot.domain.indicators import Indicator
from bot.domain.progress.targets import (
    TargetSetting,
    target_for,
)
from bot.domain.quantities import ZERO
from tests.domain.samples import (
    CALLS,
    CUSTOMERS,
    FRIDAY,
    LONDON,
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
    week_of,
)

DAY_OF, WEEKLY, QUARTERLY = PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.QUARTER
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
amounts = st.integers(1, 500).map(Decimal)
reps = st.builds(
    RepCalendar,
    zone=st.just(LONDON),
    workdays=st.frozensets(st.integers(0, 6), min_size=1),
    holidays=st.frozensets(days, max_size=5),
    time_off=st.lists(days.map(lambda day: DateRange(day, day)), max_size=5).map(tuple),
    started_on=st.none() | days,
    leaves_on=st.none() | days,
)


def target(
    indicator: Indicator, amount: str | int, calendar: RepCalendar, period: Period
) -> Decimal | None:
    return target_for(indicator, [setting(amount, period.kind)], period, calendar)


def off(*days_off: date) -> RepCalendar:
    return replace(RILEY, time_off=tuple(DateRange(day, day) for day in days_off))


# From base to target.


def test_absence_cuts_a_behaviours_target() -> None:
    assert target(MEETINGS, 5, off(FRIDAY), WEEK) == 4
    assert target(MEETINGS, 12, off(TUESDAY, FRIDAY), WEEK) == 7  # 7.2


def test_time_off_on_a_weekend_cuts_nothing() -> None:
    assert target(MEETINGS, 5, off(SATURDAY, SUNDAY), WEEK) == 5


def test_a_public_holiday_cuts_a_behaviours_target() -> None:
    american = replace(RILEY, holidays=public_holidays("US"))
    assert target(MEETINGS, 5, american, WEEK) == 4  # Thanksgiving


def test_a_holiday_during_time_off_cuts_once() -> None:
    american = replace(off(THURSDAY), holidays=public_holidays("US"))
    assert target(MEETINGS, 5, american, WEEK) == 4


def test_days_before_the_start_and_after_the_leaving_cut_a_behaviours_target() -> None:
    assert target(MEETINGS, 10, replace(RILEY, leaves_on=TUESDAY), WEEK) == 4
    assert target(MEETINGS, 10, replace(RILEY, started_on=THURSDAY, ramp=()), WEEK) == 4


def test_a_new_hire_ramps() -> None:
    hired = replace(RILEY, started_on=MONDAY)
    weeks = [WEEK, WEEK.next(), WEEK.next().next(), WEEK.next().next().next()]
    assert [target(MEETINGS, 20, hired, week) for week in weeks] == [5, 10, 15, 20]


def test_ramp_and_late_start_multiply() -> None:
    hired = replace(RILEY, started_on=WEDNESDAY)
    assert target(MEETINGS, 20, hired, WEEK) == 3  # 20 × 3 × 0.25 ÷ 5


def test_counts_round_half_up() -> None:
    hired = replace(RILEY, started_on=MONDAY)
    assert target(MEETINGS, 10, hired, WEEK) == 3  # 2.5
    assert target(MEETINGS, 9, hired, WEEK) == 2  # 2.25


def test_hours_round_half_up_to_quarter_hours() -> None:
    hired = replace(RILEY, started_on=MONDAY)
    assert target(SELLING, "2.5", hired, WEEK) == dec("0.75")  # 0.625
    assert target(SELLING, "2.4", hired, WEEK) == dec("0.5")  # 0.6


def test_a_target_is_at_least_one_step_where_any_day_counts() -> None:
    one_day = off(MONDAY, TUESDAY, WEDNESDAY, THURSDAY)
    assert target(MEETINGS, 1, one_day, WEEK) == 1
    assert target(SELLING, "0.25", one_day, WEEK) == dec("0.25")


def test_without_an_available_day_there_is_no_target() -> None:
    away = off(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
    assert target(MEETINGS, 5, away, WEEK) is None
    assert target(MEETINGS, 5, replace(RILEY, started_on=SATURDAY), WEEK) is None
    assert target(MEETINGS, 5, replace(RILEY, leaves_on=date(2026, 11, 22)), WEEK) is None


def test_a_team_without_workdays_has_no_targets() -> None:
    idle = replace(RILEY, workdays=frozenset())
    assert target(MEETINGS, 5, idle, WEEK) is None
    assert target(CUSTOMERS, 12, idle, QUARTER) is None


def test_a_quarters_target_is_the_share_of_the_whole_quarter() -> None:
    # 66 weekdays from 1 October to 31 December 2026; 24 of them from 30 November on.
    late = replace(RILEY, started_on=date(2026, 11, 30), ramp=())
    assert target(PLAN, 66, late, QUARTER) == 24


# Results.


def test_a_results_target_is_cut_by_a_late_start_and_by_leaving() -> None:
    assert target(CUSTOMERS, 66, replace(RILEY, started_on=date(2026, 11, 30)), QUARTER) == 24
    assert target(CUSTOMERS, 66, replace(RILEY, leaves_on=date(2026, 11, 27)), QUARTER) == 42


def test_a_results_target_is_never_cut_by_absence_or_holidays() -> None:
    away = replace(RILEY, time_off=(DateRange(QUARTER.start, QUARTER.end),))
    assert target(CUSTOMERS, 12, away, QUARTER) == 12
    assert target(CUSTOMERS, 12, replace(RILEY, holidays=public_holidays("US")), QUARTER) == 12


def test_a_result_ramps_only_where_the_team_says_so() -> None:
    hired = replace(RILEY, started_on=date(2026, 12, 7))
    # 19 weekdays; ramped 5 × 0.25 + 5 × 0.5 + 5 × 0.75 + 4.
    assert target(CUSTOMERS, 66, hired, QUARTER) == 19
    assert target(CUSTOMERS, 66, replace(hired, ramp_results=True), QUARTER) == 12  # 11.5


def test_a_result_has_no_target_where_the_rep_was_not_there() -> None:
    assert target(CUSTOMERS, 12, replace(RILEY, started_on=date(2027, 1, 1)), QUARTER) is None


# Daily behaviours.


def test_a_weeks_target_is_the_sum_of_its_daily_targets() -> None:
    settings = [setting(20, DAY_OF)]
    assert target_for(CALLS, settings, WEEK, RILEY) == 100
    assert target_for(CALLS, settings, WEEK, off(MONDAY)) == 80


def test_each_daily_target_rounds_by_itself() -> None:
    hired = replace(RILEY, started_on=MONDAY)
    assert target_for(CALLS, [setting(6, DAY_OF)], WEEK, hired) == 10  # 5 × 2, not 7.5
    assert target_for(CALLS, [setting(1, DAY_OF)], WEEK, hired) == 5  # at least 1 a day


def test_a_changed_daily_target_counts_from_its_day() -> None:
    settings = [setting(20, DAY_OF), setting(30, DAY_OF, WEDNESDAY)]
    assert target_for(CALLS, settings, WEEK, RILEY) == 20 * 2 + 30 * 3


def test_a_day_off_has_no_daily_target() -> None:
    settings = [setting(20, DAY_OF)]
    for day in (SATURDAY, TUESDAY):
        period = period_of(DAY_OF, day)
        assert target_for(CALLS, settings, period, off(TUESDAY)) is None


def test_a_change_from_weekly_to_daily_counts_from_the_next_monday() -> None:
    settings = [setting(50, WEEKLY), setting(20, DAY_OF, WEDNESDAY)]
    assert target_for(CALLS, settings, WEEK, RILEY) == 50
    assert target_for(CALLS, settings, period_of(DAY_OF, FRIDAY), RILEY) is None
    assert target_for(CALLS, settings, WEEK.next(), RILEY) == 100


# Properties.


@given(amounts, reps, st.sampled_from([WEEKLY, PeriodKind.MONTH, QUARTERLY]), days, days)
def test_fewer_available_days_never_raise_a_target(
    amount: Decimal, rep: RepCalendar, kind: PeriodKind, day: date, day_off: date
) -> None:
    period = period_of(kind, day)
    away = replace(rep, time_off=(*rep.time_off, DateRange(day_off, day_off)))
    for indicator in (MEETINGS, SELLING):
        settings = [TargetSetting(amount, kind)]
        present = target_for(indicator, settings, period, rep) or ZERO
        absent = target_for(indicator, settings, period, away) or ZERO
        assert absent <= present <= amount


@given(amounts, reps, days)
def test_the_daily_targets_of_a_week_add_up_to_the_weeks(
    amount: Decimal, rep: RepCalendar, day: date
) -> None:
    settings, week = [TargetSetting(amount, DAY_OF)], week_of(day)
    daily = [target_for(CALLS, settings, period_of(DAY_OF, each), rep) for each in week.days()]
    assert (target_for(CALLS, settings, week, rep) or ZERO) == sum(each or ZERO for each in daily)


@given(amounts, reps, days)
def test_there_is_a_target_exactly_where_some_day_is_available(
    amount: Decimal, rep: RepCalendar, day: date
) -> None:
    week = week_of(day)
    some = any(rep.is_available(each) for each in week.days())
    for indicator, kind in ((MEETINGS, WEEKLY), (CALLS, DAY_OF)):
        found = target_for(indicator, [TargetSetting(amount, kind)], week, rep)
        assert (found is not None) == some
        assert found is None or found >= 1


@given(reps, amounts, days, days)
def test_absence_never_changes_a_results_target(
    rep: RepCalendar, amount: Decimal, day: date, day_off: date
) -> None:
    quarter = period_of(QUARTERLY, day)
    away = replace(rep, time_off=(DateRange(day_off, day_off),), holidays=frozenset({day}))
    settings = [TargetSetting(amount, QUARTERLY)]
    before, after = (target_for(CUSTOMERS, settings, quarter, each) for each in (rep, away))
    assert before == after


@pytest.mark.parametrize("kind", [kind for kind in PeriodKind if kind is not DAY_OF])
@given(amount=amounts, day=days)
def test_who_is_there_all_the_time_has_the_base_as_target(
    kind: PeriodKind, amount: Decimal, day: date
) -> None:
    settings = [TargetSetting(amount, kind)]
    assert target_for(MEETINGS, settings, period_of(kind, day), RILEY) == amount
