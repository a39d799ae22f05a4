"""What the top reps do, without names, and no number for fewer than four people (design §2.8)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coaching.benchmarks import (
    FEWEST_PEOPLE,
    WEEKS,
    Attempt,
    Best,
    Habits,
    best_of,
    habits_of,
    top_reps,
)
from bot.domain.days.periods import PeriodKind
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam
from bot.domain.quantities import unit_named

CALLS = Indicator(
    1, IndicatorKind.BEHAVIOUR, "Calls", unit_named("calls"), PeriodKind.DAY, (), 0, 3, 2
)
MEETINGS = Indicator(
    2, IndicatorKind.BEHAVIOUR, "Meetings", unit_named("meetings"), PeriodKind.WEEK, (), 1, 3
)
CUSTOMERS = Indicator(
    3, IndicatorKind.RESULT, "Customers", unit_named("customers"), PeriodKind.QUARTER, (), 2
)
MONDAY = date(2026, 11, 16)


def a_rep(number: int, customers: float, calls: float = 100, meetings: float = 5) -> WeeklyRep:
    """The same every week, of 1 customer a week asked."""
    done = {
        1: (float(calls),) * WEEKS,
        2: (float(meetings),) * WEEKS,
        3: (float(customers),) * WEEKS,
    }
    return WeeklyRep(number, f"U{number}", done, {3: (1.0,) * WEEKS}, (5,) * WEEKS)


def best(reps: list[WeeklyRep], attempts: list[Attempt] | None = None) -> Best:
    team = WeeklyTeam("West", (), tuple(reps))
    periods = {1: PeriodKind.DAY, 2: PeriodKind.WEEK}
    return best_of(team, CUSTOMERS, [CALLS, MEETINGS], periods, 5, attempts or [])


def test_the_top_third_is_by_attainment_of_the_result_not_by_volume() -> None:
    reps = [a_rep(n, customers=n, calls=1000 - n) for n in range(15)]
    top, ranked = top_reps(WeeklyTeam("West", (), tuple(reps)), CUSTOMERS)
    assert [rep.person_id for rep in top] == [14, 13, 12, 11, 10]
    assert ranked == 15


def test_it_is_at_least_four_people_else_nothing() -> None:
    assert best([a_rep(n, 1) for n in range(3)]).benchmarks == ()
    found = best([a_rep(n, n) for n in range(5)])
    assert (found.people, found.ranked) == (4, 5)


def test_numbers_are_medians_over_the_targets_own_period() -> None:
    reps = [a_rep(n, 9, calls, m) for n, (calls, m) in enumerate([(50, 4), (100, 6), (150, 6)])]
    reps += [a_rep(4, 9, 5000, 8), *(a_rep(n, 1, 1, 1) for n in range(5, 12))]
    calls, meetings = best(reps).benchmarks
    assert (calls.period, calls.amount) == (PeriodKind.DAY, Decimal(25))  # of 10, 20, 30 and 1000
    assert (meetings.period, meetings.amount) == (PeriodKind.WEEK, Decimal(6))
    assert calls.conversion == pytest.approx(median([4 / 50, 6 / 100, 6 / 150, 8 / 5000]))
    assert calls.leads_to == MEETINGS
    assert meetings.leads_to == CUSTOMERS


def test_weeks_away_do_not_make_a_rep_slower() -> None:
    half = a_rep(1, 9)
    half = replace(
        half, days=(5, 0) * 6, done={key: (row[0], 0.0) * 6 for key, row in half.done.items()}
    )
    others = [a_rep(n, 9) for n in range(2, 5)]
    assert best([replace(half, days=(5,) * 9 + (0,) * 3), *others]).benchmarks[1].amount == 5
    assert best([half, *others]).ranked == 3  # six weeks of work are too few to be ranked


def test_a_new_rep_and_one_without_a_target_are_not_ranked() -> None:
    new = a_rep(1, 99)
    new = replace(new, done={key: (0.0,) * 9 + row[9:] for key, row in new.done.items()})
    free = replace(a_rep(2, 99), asked={})
    assert best([new, free, *(a_rep(n, 1) for n in range(3, 7))]).ranked == 4


def test_nothing_is_said_where_no_result_has_come_yet() -> None:
    assert best([a_rep(n, 0) for n in range(8)]).benchmarks == ()


def test_a_number_of_which_only_three_know_something_is_left_out() -> None:
    reps = [a_rep(n, 9, calls=100 if n < 3 else 0) for n in range(4)]
    assert [one.behaviour for one in best(reps).benchmarks] == [MEETINGS]


def attempts(
    people: int, *, weekday: int = 1, hour: int | None = 9, accounts: int = 3
) -> list[Attempt]:
    """Twelve entries of each: nine on one weekday at one hour, three a day later at noon."""
    rows = []
    for person in range(people):
        for n in range(12):
            late = n % 4 == 0
            day = MONDAY + timedelta(days=weekday + late) - timedelta(weeks=n)
            at = None if hour is None else 12 if late else hour
            rows.append(Attempt(person, 1, day, at, f"Account {n % accounts}"))
    return rows


def test_habits_are_the_days_the_hours_and_the_attempts_per_account() -> None:
    found = habits_of(attempts(4))
    assert found.weekdays == (1,)
    assert found.from_hour in {8, 9}
    assert found.per_account == 4


def test_habits_of_three_people_are_nobodys_business() -> None:
    assert habits_of(attempts(3)) == Habits()
    odd = [*attempts(3, weekday=1), *(replace(a, person_id=9) for a in attempts(1, weekday=3))]
    assert 1 not in habits_of(odd).weekdays


def test_entries_for_an_earlier_moment_have_no_hour() -> None:
    assert habits_of(attempts(6, hour=None)).from_hour is None


AMOUNTS = st.lists(st.sampled_from([0.0, 1.0, 3.0, 40.0]), min_size=WEEKS, max_size=WEEKS).map(
    tuple
)
TEAMS = st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), max_size=14)


@given(rows=TEAMS, data=st.data())
def test_no_number_of_a_random_team_stands_for_fewer_than_four(
    rows: list[tuple[tuple[float, ...], ...]], data: st.DataObject
) -> None:
    """Whoever doesn't do it is not counted, and no one person moves a number beyond the others'."""
    reps = [
        WeeklyRep(
            n, f"U{n}", dict(zip((1, 2, 3), row, strict=True)), {3: (1.0,) * WEEKS}, (5,) * WEEKS
        )
        for n, row in enumerate(rows)
    ]
    typed = [
        Attempt(data.draw(st.integers(0, 13)), 1, MONDAY + timedelta(days=n % 5), 9, "Acme")
        for n in range(60)
    ]
    found = best(reps, typed)
    top, _ = top_reps(WeeklyTeam("West", (), tuple(reps)), CUSTOMERS)
    assert len(top) in {0, *range(FEWEST_PEOPLE, 15)}
    for one in found.benchmarks:
        doing = [rep for rep in top if any(rep.amounts(one.behaviour.id))]
        assert len(doing) == one.people >= FEWEST_PEOPLE
        if one.conversion is not None:
            tried = [rep for rep in doing if sum(rep.amounts(one.behaviour.id)) >= 10]
            assert len(tried) >= FEWEST_PEOPLE
        if one.habits != Habits():
            theirs = {each.person_id for each in typed} & {rep.person_id for rep in top}
            assert len(theirs) >= FEWEST_PEOPLE
    _without_a_name(found)


def _without_a_name(found: Best) -> None:
    assert "U1" not in repr(replace(found, result=CUSTOMERS))
    assert not any(hasattr(one, "user_id") or hasattr(one, "person_id") for one in found.benchmarks)
