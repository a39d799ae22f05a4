"""Milestones found by going through a history once more (design §2.6)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.periods import PeriodKind
from bot.domain.feats.histories import History, Logged, first_entry, reaching_entry
from bot.domain.feats.sweeps import sweep
from bot.domain.indicators import Indicator
from bot.domain.milestones import Milestone, MilestoneKind
from bot.domain.progress.targets import TargetSetting
from bot.domain.teams import Person, Rep
from tests.domain.samples import LONDON, MEETINGS, PLAN, RILEY, SELLING, setting

MONDAY = date(2026, 11, 2)
A_WEEK = timedelta(days=7)
WHO = Rep(
    Person(1, "T01TEST", "U02RILEY", "Riley", LONDON, is_admin=False),
    team_id=7,
    segment=None,
    calendar=RILEY,
    nudge_at=time(9),
    snoozed_until=None,
    paused=False,
    celebrate_alone=False,
)


def logged(day: date, amount: int | str, hour: int = 12, at: date | None = None) -> Logged:
    return Logged(datetime.combine(at or day, time(hour), UTC), day, Decimal(amount))


def history(
    entries: Iterable[Logged],
    indicator: Indicator = MEETINGS,
    target: TargetSetting | None = None,
) -> History:
    settings = [target or setting(5, PeriodKind.WEEK)]
    return History(WHO, indicator, settings, tuple(entries))


def of_kind(milestones: Iterable[Milestone], kind: MilestoneKind) -> list[Milestone]:
    return [each for each in milestones if each.kind is kind]


def weeks(amounts: Iterable[int]) -> list[Logged]:
    return [logged(MONDAY + n * A_WEEK, amount) for n, amount in enumerate(amounts)]


@given(amounts=st.lists(st.integers(0, 9), max_size=20))
def test_a_target_is_reached_in_exactly_the_weeks_that_have_enough(amounts: list[int]) -> None:
    reached = of_kind(history(weeks(amounts)).milestones(), MilestoneKind.TARGET)
    expected = {MONDAY + n * A_WEEK for n, amount in enumerate(amounts) if amount >= 5}
    assert {each.period_start for each in reached} == expected


@given(amounts=st.lists(st.integers(0, 5), max_size=25))
def test_a_streak_ends_with_the_week_that_falls_short(amounts: list[int]) -> None:
    found = of_kind(history(weeks(amounts)).milestones(), MilestoneKind.STREAK)
    runs = "".join("x" if amount >= 5 else " " for amount in amounts).split(" ")
    expected = [n for run in runs for n in (3, 5, 10, 20, 50) if n <= len(run)]
    assert [each.threshold for each in found] == expected
    for each in found:
        assert each.period_start is not None
        assert history(weeks(amounts)).streak_from(each.period_start) >= (each.threshold or 0)


def test_a_late_entry_that_closes_a_gap_reached_the_streak_when_it_was_typed() -> None:
    entries = weeks([5, 0, 5])
    late = logged(MONDAY + A_WEEK, 5, at=MONDAY + 3 * A_WEEK)
    (streak,) = of_kind(history([*entries, late]).milestones(), MilestoneKind.STREAK)
    assert streak.reached_at == late.at
    assert streak.period_start == MONDAY


def test_a_streak_does_not_run_from_a_week_that_fell_short() -> None:
    whole = history(weeks([5, 3, 5, 5]))
    assert whole.streak_from(MONDAY) == 1
    assert whole.streak_from(MONDAY + A_WEEK) == 0
    assert whole.streak_from(MONDAY + 2 * A_WEEK) == 2


def test_a_best_week_is_reached_by_the_entry_that_beats_the_best() -> None:
    last = MONDAY + 4 * A_WEEK
    entries = [*weeks([3, 4, 2, 1]), logged(last, 4, 9), logged(last, 1, 10), logged(last, 9, 11)]
    (best,) = of_kind(history(entries).milestones(), MilestoneKind.BEST_WEEK)
    assert (best.period_start, best.reached_at.hour) == (last, 10)


def test_a_lifetime_counts_in_the_order_in_which_it_was_logged() -> None:
    entries = [logged(MONDAY + A_WEEK, 30, 12), logged(MONDAY, 30, 12, at=MONDAY + 2 * A_WEEK)]
    (fifty,) = of_kind(history(entries).milestones(), MilestoneKind.LIFETIME)
    assert fifty.reached_on == MONDAY  # the late entry's own date


@given(amounts=st.lists(st.integers(1, 9), min_size=1, max_size=10), goal=st.integers(1, 60))
def test_the_reaching_entry_is_the_first_with_which_the_sum_is_enough(
    amounts: list[int], goal: int
) -> None:
    entries = [logged(MONDAY + timedelta(days=n), amount) for n, amount in enumerate(amounts)]
    found = reaching_entry(reversed(entries), Decimal(goal))
    sums = [sum(amounts[: n + 1]) for n in range(len(amounts))]
    place = next((n for n, total in enumerate(sums) if total >= goal), None)
    assert found == (None if place is None else entries[place])


def test_a_first_entry_is_the_earliest_of_all_behaviours() -> None:
    both = [history(weeks([1])), history([logged(MONDAY, 1, 8)], SELLING)]
    found = first_entry(WHO, both)
    assert found is not None
    assert found.reached_at.hour == 8
    assert first_entry(WHO, [history([])]) is None


def test_a_sweep_needs_each_behaviour_of_the_week() -> None:
    hours = setting(20, PeriodKind.WEEK)
    meetings = history(weeks([5]))
    short = history([logged(MONDAY, 19)], SELLING, hours)
    enough = history([logged(MONDAY, 19), logged(MONDAY + timedelta(days=1), 1)], SELLING, hours)
    assert sweep(MONDAY, [meetings, short]) is None
    found = sweep(MONDAY, [meetings, enough])
    assert found is not None
    assert found.key == "sweep:U02RILEY:2026-11-02"
    assert found.reached_on == MONDAY + timedelta(days=1)


def test_one_behaviour_alone_is_no_sweep() -> None:
    assert sweep(MONDAY, [history(weeks([5]))]) is None


def test_a_longer_behaviour_only_has_to_be_not_behind_for_a_sweep() -> None:
    quarter = setting(1, PeriodKind.QUARTER)
    late_in_it = MONDAY + 3 * A_WEEK
    meetings = history([logged(late_in_it, 5)])
    behind = history([], PLAN, quarter)
    done = history([logged(late_in_it + timedelta(days=2), 1)], PLAN, quarter)
    assert sweep(late_in_it, [meetings, behind]) is None
    found = sweep(late_in_it, [meetings, done])
    assert found is not None
    assert found.reached_on == late_in_it + timedelta(days=2)
