"""Thresholds, each crossed once, and which of them are big (design §2.6)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.milestones import (
    LIFETIMES,
    PERCENTS,
    Milestone,
    MilestoneKind,
    crossed,
    highest_steps,
    is_best_week,
    percents_reached,
)
from tests.domain.samples import CUSTOMERS, MEETINGS, dec

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
AMOUNTS = st.decimals(0, 2000, places=2)


def reached(
    kind: MilestoneKind, threshold: int | None = None, user: str | None = "U02RILEY"
) -> Milestone:
    is_result = kind in {MilestoneKind.RESULT, MilestoneKind.TEAM_RESULT}
    what = CUSTOMERS if is_result else MEETINGS
    start = None if kind is MilestoneKind.LIFETIME else MONDAY
    return Milestone(
        kind, 7, NOW, MONDAY, user, indicator=what, threshold=threshold, period_start=start
    )


@pytest.mark.parametrize(
    "milestone, key",
    [
        (reached(MilestoneKind.TARGET), "target:U02RILEY:1:2026-11-23"),
        (reached(MilestoneKind.STREAK, 5), "streak:U02RILEY:1:5:2026-11-23"),
        (reached(MilestoneKind.BEST_WEEK), "best_week:U02RILEY:1:2026-11-23"),
        (reached(MilestoneKind.LIFETIME, 250), "lifetime:U02RILEY:1:250"),
        (reached(MilestoneKind.RESULT, 90), "result:U02RILEY:2:2026-11-23:90"),
        (reached(MilestoneKind.TEAM_TARGET, user=None), "team_target:7:1:2026-11-23"),
        (reached(MilestoneKind.TEAM_RESULT, 50, None), "team_result:7:2:2026-11-23:50"),
        (
            Milestone(MilestoneKind.SWEEP, 7, NOW, MONDAY, "U02RILEY", period_start=MONDAY),
            "sweep:U02RILEY:2026-11-23",
        ),
        (Milestone(MilestoneKind.FIRST_ENTRY, 7, NOW, MONDAY, "U02RILEY"), "first_entry:U02RILEY"),
    ],
)
def test_a_milestone_is_the_same_by_its_key(milestone: Milestone, key: str) -> None:
    assert milestone.key == key
    assert milestone.celebration == f"celebration:{key}"


@pytest.mark.parametrize(
    "kind, first_big, last_small",
    [
        (MilestoneKind.RESULT, 100, 90),
        (MilestoneKind.TEAM_RESULT, 100, 90),
        (MilestoneKind.STREAK, 10, 5),
        (MilestoneKind.LIFETIME, 250, 100),
        (MilestoneKind.SWEEP, None, None),
        (MilestoneKind.TARGET, None, None),
    ],
)
def test_big_are_full_results_sweeps_long_streaks_and_long_lives(
    kind: MilestoneKind, first_big: int | None, last_small: int | None
) -> None:
    if first_big and last_small:
        assert reached(kind, first_big).is_big
        assert not reached(kind, last_small).is_big
    else:
        assert reached(kind).is_big is (kind is MilestoneKind.SWEEP)


@given(amounts=st.lists(AMOUNTS, max_size=8))
def test_each_threshold_is_crossed_once_however_small_the_steps(amounts: list[Decimal]) -> None:
    running = Decimal(0)
    found: list[int] = []
    for amount in amounts:
        found += crossed(LIFETIMES, running, running + amount)
        running += amount
    assert tuple(found) == crossed(LIFETIMES, Decimal(0), running)


def test_a_threshold_is_crossed_when_it_is_met_exactly() -> None:
    assert crossed(LIFETIMES, dec(49), dec(50)) == (50,)
    assert crossed(LIFETIMES, dec(50), dec(99)) == ()


@given(actual=AMOUNTS, target=st.decimals(1, 500, places=2))
def test_a_percentage_is_reached_exactly_where_the_share_is(
    actual: Decimal, target: Decimal
) -> None:
    share = Fraction(actual) / Fraction(target)
    reached_in_full = tuple(each for each in PERCENTS if share * 100 >= each)
    assert percents_reached(actual, target) == reached_in_full


def test_without_a_target_no_share_of_it_is_reached() -> None:
    assert percents_reached(dec(10), None) == ()


@given(earlier=st.lists(AMOUNTS, max_size=8), total=AMOUNTS)
def test_a_best_week_beats_each_of_at_least_four(earlier: list[Decimal], total: Decimal) -> None:
    logged = [week for week in earlier if week]
    best = is_best_week(total, earlier)
    assert best is (len(logged) >= 4 and all(total > week for week in logged))


def test_of_steps_of_one_ladder_only_the_highest_is_news() -> None:
    steps = [reached(MilestoneKind.RESULT, percent) for percent in (50, 90, 100)]
    other = reached(MilestoneKind.RESULT, 50, "U03SAM")
    assert highest_steps([*steps, other]) == (steps[2], other)


def test_reached_anew_after_an_undo_it_is_celebrated_anew() -> None:
    again = Milestone(MilestoneKind.FIRST_ENTRY, 7, NOW, MONDAY, "U02RILEY", times=2)
    assert again.celebration == "celebration:first_entry:U02RILEY#2"
