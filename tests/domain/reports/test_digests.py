"""Gaps worst first, few things to coach, and whom to learn them from (design §2.7)."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coaching.diagnosis import Diagnosis
from bot.domain.days.periods import PeriodKind
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.progress.pace import assess
from bot.domain.quantities import unit_named
from bot.domain.reports.digests import (
    RepWeek,
    count_on_target,
    find_gaps,
)
from bot.domain.reports.what_to_coach import MOST_TO_COACH, to_coach
from tests.domain.samples import RILEY, setting, week_of

WEEK = week_of(date(2026, 11, 18))
BEHAVIOURS = tuple(
    Indicator(n, IndicatorKind.BEHAVIOUR, f"B{n}", unit_named("calls"), PeriodKind.WEEK, position=n)
    for n in range(3)
)


def rep_week(user: str, amounts: list[int]) -> RepWeek:
    standing = tuple(
        assess(
            behaviour,
            [setting(5, PeriodKind.WEEK)],
            RILEY,
            date(2026, 11, 23),
            Decimal(amount),
            period=WEEK,
        )
        for behaviour, amount in zip(BEHAVIOURS, amounts, strict=True)
    )
    return RepWeek(user, None, standing, was_available=True, entries=sum(amounts))


TEAMS = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=7).map(
    lambda rows: tuple(rep_week(f"U{n}", row) for n, row in enumerate(rows))
)


@given(team=TEAMS)
def test_gaps_are_what_fell_short_worst_first(team: tuple[RepWeek, ...]) -> None:
    gaps = find_gaps(team, WEEK)
    assert len(gaps) == sum(each.actual < 5 for rep in team for each in rep.behaviours)
    assert list(gaps) == sorted(gaps, key=lambda gap: gap.progress.actual / 5)
    assert {gap.diagnosis for gap in gaps} <= {Diagnosis.EFFORT}


@given(team=TEAMS)
def test_each_of_at_most_three_is_paired_with_the_strongest_or_nobody(
    team: tuple[RepWeek, ...],
) -> None:
    coach = to_coach(find_gaps(team, WEEK), team)
    assert len({each.user_id for each in coach}) == len(coach) <= MOST_TO_COACH
    for each in coach:
        place = BEHAVIOURS.index(each.behaviour)
        others = {rep.user_id: rep.behaviours[place].actual for rep in team}
        others.pop(each.user_id)
        best = max(others.values(), default=Decimal(0))
        if best < 5:
            assert each.pair_with is None
        else:
            assert each.pair_with is not None
            assert others[each.pair_with] == best


@given(team=TEAMS)
def test_on_target_counts_reps_who_kept_every_behaviour(team: tuple[RepWeek, ...]) -> None:
    count = count_on_target(team, (), WEEK)
    kept = [rep for rep in team if all(each.actual >= 5 for each in rep.behaviours)]
    assert (count.reps, count.of, count.before) == (len(kept), len(team), 0)
