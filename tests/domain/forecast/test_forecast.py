"""The chance of reaching a target: what it is for certain, and which way it moves."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.forecast.chances import chances
from bot.domain.forecast.habits import team_habits
from bot.domain.forecast.likelihood import Likelihood, likelihood
from bot.domain.forecast.prospects import Prospect, Record, TeamHabits
from bot.domain.quantities import Unit, unit_named

WEDNESDAY = date(2026, 11, 25)
FRIDAY, SUNDAY = date(2026, 11, 27), date(2026, 11, 29)
CALENDAR = RepCalendar(ZoneInfo("UTC"))
CALLS, HOURS, POUNDS = unit_named("calls"), unit_named("hours"), unit_named("GBP")
LONG_AGO = WEDNESDAY - timedelta(weeks=20)
daily = st.lists(st.integers(0, 9), min_size=5, max_size=60)
units = st.sampled_from([CALLS, HOURS, POUNDS])


def record(amounts: list[int], *, weeks: int = 20, calendar: RepCalendar = CALENDAR) -> Record:
    """These amounts on the workdays before Wednesday, the last of them on Tuesday."""
    days = (WEDNESDAY - timedelta(days=back) for back in range(1, 200))
    workdays = (day for day in days if day.weekday() < 5)
    logged = {day: float(amount) for day, amount in zip(workdays, reversed(amounts), strict=False)}
    return Record(logged, calendar, WEDNESDAY - timedelta(weeks=weeks), 5.0)


def prospect(
    known: Record,
    target: float = 25,
    actual: float = 10,
    *,
    unit: Unit = CALLS,
    ends: date = SUNDAY,
) -> Prospect:
    return Prospect(known, unit, WEDNESDAY, ends, Decimal(str(target)), Decimal(str(actual)))


def chance(asked: Prospect, habits: TeamHabits | None = None) -> float:
    (found,) = chances([asked], [habits])
    assert found is not None
    return found


STEADY = record([5, 4, 6, 5, 5] * 12)
HABITS = team_habits([STEADY, record([4, 5, 6, 4, 6] * 12)], CALLS, WEDNESDAY)


def test_a_target_that_is_reached_is_certain() -> None:
    assert chance(prospect(STEADY, 25, 25)) == 1.0


def test_with_no_workday_left_what_is_missing_stays_missing() -> None:
    off = replace(CALENDAR, time_off=(DateRange(WEDNESDAY, SUNDAY),))
    assert chance(prospect(replace(STEADY, calendar=off), 25, 24)) == 0.0


def test_a_rep_who_does_five_a_day_makes_ten_in_three_days_and_not_thirty() -> None:
    assert chance(prospect(STEADY, 20, 10)) > 0.95
    assert chance(prospect(STEADY, 40, 10)) < 0.05
    assert 0.3 < chance(prospect(STEADY, 25, 10)) < 0.75


def test_with_under_three_weeks_and_no_team_there_is_no_forecast() -> None:
    new = record([5] * 9, weeks=2)
    assert chances([prospect(new)], [None]) == [None]
    assert chances([prospect(record([5] * 15, weeks=4))], [None]) != [None]


def test_what_nobody_ever_logged_has_no_forecast() -> None:
    assert chances([prospect(record([0] * 60))], [None]) == [None]
    assert team_habits([record([0] * 60), record([0] * 60)], CALLS, WEDNESDAY) is None


def test_a_rep_with_little_history_leans_on_the_team() -> None:
    weak_day = record([0], weeks=0)
    assert chance(prospect(weak_day, 20, 10), HABITS) > 0.6
    assert chance(prospect(weak_day, 60, 10), HABITS) < 0.1


def test_a_long_history_outweighs_the_team() -> None:
    slow = record([1, 2, 1, 1, 0] * 12)
    assert chance(prospect(slow, 20, 10), HABITS) < 0.15


def test_one_rep_is_no_team() -> None:
    assert team_habits([STEADY], CALLS, WEDNESDAY) is None


def test_whose_fridays_bring_nothing_has_less_of_a_chance_on_friday() -> None:
    no_fridays = record([7, 6, 6, 6, 0] * 11 + [7, 6])
    friday = replace(prospect(no_fridays, 25, 22), today=FRIDAY)
    assert chance(friday) < 0.5 * chance(replace(prospect(STEADY, 25, 22), today=FRIDAY))


def test_who_has_been_improving_has_more_of_a_chance_than_who_has_been_fading() -> None:
    rising = [1 + week * 2 // 3 for week in range(12) for _ in range(5)]
    assert chance(prospect(record(rising))) > chance(prospect(record(rising[::-1]))) + 0.3


def test_days_off_ahead_lower_the_chance() -> None:
    off = replace(CALENDAR, time_off=(DateRange(FRIDAY, FRIDAY),))
    assert chance(prospect(replace(STEADY, calendar=off))) < chance(prospect(STEADY))


def test_bursts_make_the_unlikely_likelier() -> None:
    bursty = record([0, 0, 25, 0, 0] * 12)
    assert chance(prospect(bursty, 40, 10)) > chance(prospect(STEADY, 40, 10))


def test_a_call_today_never_makes_it_less_likely() -> None:
    found = []
    for logged in range(12):
        known = replace(STEADY, amounts={**STEADY.amounts, WEDNESDAY: float(logged)})
        found.append(chance(prospect(known, 27, 10 + logged)))
    assert all(after >= before - 0.02 for before, after in pairwise(found))


@settings(deadline=None, max_examples=60)
@given(daily, units, st.floats(1, 80), st.floats(0, 60), st.floats(0, 40))
def test_more_done_never_lowers_it_and_more_asked_never_raises_it(
    amounts: list[int], unit: Unit, target: float, actual: float, more: float
) -> None:
    known = record([*amounts, 1])
    target, actual, more = round(target), round(actual), round(more)
    usual, done, asked = chances(
        [
            prospect(known, target, actual, unit=unit),
            prospect(known, target, actual + more, unit=unit),
            prospect(known, target + more, actual, unit=unit),
        ],
        [HABITS] * 3,
    )
    assert usual is not None
    assert done is not None
    assert asked is not None
    assert 0 <= asked <= usual <= done <= 1


@settings(deadline=None, max_examples=60)
@given(daily, units, st.integers(0, 4), st.integers(0, 20))
def test_another_day_never_lowers_it(
    amounts: list[int], unit: Unit, days: int, missing: int
) -> None:
    known = record([*amounts, 1])
    last = WEDNESDAY + timedelta(days=days)
    target = 10 + missing
    sooner, later = chances(
        [
            prospect(known, target, 10, unit=unit, ends=last),
            prospect(known, target, 10, unit=unit, ends=last + timedelta(days=1)),
        ],
        [HABITS] * 2,
    )
    assert sooner is not None
    assert later is not None
    assert later >= sooner - 0.03


@settings(deadline=None, max_examples=30)
@given(daily, daily)
def test_who_else_is_asked_at_the_same_time_changes_nothing(a: list[int], b: list[int]) -> None:
    first, second = prospect(record([*a, 1])), prospect(record([*b, 1]), unit=HOURS)
    together = chances([first, second], [HABITS, None])
    alone = [chances([first], [HABITS])[0], chances([second], [None])[0]]
    assert [each and round(each, 9) for each in together] == [
        each and round(each, 9) for each in alone
    ]


def test_the_words_for_a_chance() -> None:
    said = [likelihood(each) for each in (0.696, 0.694, 0.3, 0.294, None)]
    assert said == [
        Likelihood.LIKELY,
        Likelihood.EVEN,
        Likelihood.EVEN,
        Likelihood.UNLIKELY,
        None,
    ]
