"""Whether a behaviour drives what it leads to, out of a team's own weeks (issue 5)."""

from random import Random

import pytest

from benchmarks.diagnosis import INDICATORS, as_weekly
from benchmarks.links import rightly_proven, wrongly_proven
from benchmarks.simulated_teams import simulated_team
from bot.domain.coaching.links import Verdict, link_of
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam

CALLS, CONVERSATIONS = INDICATORS[:2]


def two(calls: list[list[float]], after: list[list[float]]) -> WeeklyTeam:
    """A row of calls and of conversations for each rep."""
    reps = [
        WeeklyRep(n, f"U{n}", {1: tuple(row), 2: tuple(after[n])}, {}, (5,) * len(row))
        for n, row in enumerate(calls)
    ]
    return WeeklyTeam("West", (), tuple(reps))


def noise(random: Random, weeks: int = 40) -> list[float]:
    return [random.gauss(100, 15) for _ in range(weeks)]


def test_links_that_are_not_there_are_proven_at_most_one_time_in_twenty() -> None:
    assert wrongly_proven(teams=60) <= 0.05


def test_links_that_are_there_are_mostly_proven_with_a_year_of_weeks() -> None:
    assert min(rightly_proven(teams=8).values()) >= 0.75


@pytest.mark.parametrize("lag", [0, 3, 8])
def test_the_lag_is_found(lag: int) -> None:
    random = Random(1)
    calls = [noise(random) for _ in range(4)]
    after = [[100.0] * lag + [x / 2 for x in row[: len(row) - lag]] for row in calls]
    link = link_of(two(calls, after), CALLS, CONVERSATIONS)
    assert (link.verdict, link.lag) == (Verdict.PROVEN, lag)
    assert link.more is not None
    assert link.more > 1


def test_big_reps_who_do_more_of_everything_prove_nothing() -> None:
    random = Random(2)
    sizes = [1, 2, 4, 8, 16, 32]
    calls = [[size * x for x in noise(random)] for size in sizes]
    after = [[size * x for x in noise(random)] for size in sizes]
    assert link_of(two(calls, after), CALLS, CONVERSATIONS).verdict is not Verdict.PROVEN


def test_months_in_which_everybody_does_less_prove_nothing() -> None:
    random = Random(3)
    season = [1 if week % 13 < 9 else 0.2 for week in range(52)]
    rows = [[s * x for s, x in zip(season, noise(random, 52), strict=True)] for _ in range(12)]
    link = link_of(two(rows[:6], rows[6:]), CALLS, CONVERSATIONS)
    assert link.verdict is not Verdict.PROVEN


def test_growing_reps_prove_nothing_by_it() -> None:
    proven = 0
    for seed in range(40):
        random = Random(seed)
        rows = [[x + 10 * week for week, x in enumerate(noise(random))] for _ in range(8)]
        link = link_of(two(rows[:4], rows[4:]), CALLS, CONVERSATIONS)
        proven += link.verdict is Verdict.PROVEN
    assert proven <= 3


def test_enough_weeks_without_a_link_make_it_doubtful() -> None:
    random = Random(5)
    calls = [noise(random, 52) for _ in range(10)]
    after = [noise(random, 52) for _ in range(10)]
    link = link_of(two(calls, after), CALLS, CONVERSATIONS)
    assert link.verdict is Verdict.DOUBTFUL
    assert link.low < 0 < link.high


@pytest.mark.parametrize("weeks", [1, 11, 20])
def test_few_weeks_say_nothing(weeks: int) -> None:
    random = Random(6)
    row = noise(random, weeks)
    assert link_of(two([row], [row]), CALLS, CONVERSATIONS).verdict is Verdict.UNKNOWN


def test_without_entries_nothing_is_known() -> None:
    nothing = two([[0.0] * 52] * 5, [[0.0] * 52] * 5)
    assert link_of(nothing, CALLS, CONVERSATIONS).verdict is Verdict.UNKNOWN
    assert link_of(WeeklyTeam("West", (), ()), CALLS, CONVERSATIONS).weeks == 0


def test_two_months_of_a_real_funnel_are_not_enough_for_its_rare_end() -> None:
    team = as_weekly(simulated_team(Random(7), 12, 3))
    assert link_of(team, INDICATORS[3], INDICATORS[4]).verdict is Verdict.UNKNOWN
