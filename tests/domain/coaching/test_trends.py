"""Eight weeks of attainment: what counts, and what is left out."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.coaching.trends import trend_of
from bot.domain.days.periods import PeriodKind
from bot.domain.progress.kept_totals import Kept, KeptTotals
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam
from tests.slack.messages.good_news import MEETINGS, QUARTER, indicator

CALLS = indicator("Calls", 2, "calls")
BOTH = [MEETINGS, CALLS]
MONDAYS = tuple(date(2026, 8, 31) + timedelta(weeks=n) for n in range(12))


def rep(
    number: int, meetings: Sequence[float], calls: Sequence[float], asked: float = 5
) -> WeeklyRep:
    return WeeklyRep(
        number,
        f"U{number}",
        {MEETINGS.id: tuple(meetings), CALLS.id: tuple(calls)},
        {MEETINGS.id: (asked,) * 12, CALLS.id: (10.0,) * 12},
        (5,) * 12,
    )


def team(*reps: WeeklyRep) -> WeeklyTeam:
    return WeeklyTeam("West", MONDAYS, reps)


def test_nobodys_surplus_hides_anothers_gap() -> None:
    found = trend_of(team(rep(1, [50] * 12, [10] * 12), rep(2, [0] * 12, [5] * 12)), [MEETINGS])
    assert found is not None
    assert found.team == pytest.approx([0.5] * 8)


def test_it_shows_the_last_eight_weeks_and_the_behaviour_that_is_weakest_now() -> None:
    found = trend_of(team(rep(1, [5] * 12, [10] * 11 + [4])), [MEETINGS, CALLS])
    assert found is not None
    assert found.mondays == MONDAYS[-8:]
    assert found.weakest == CALLS
    assert found.of_weakest == pytest.approx([1.0] * 7 + [0.4])
    assert found.team[-1] == pytest.approx(0.7)


def test_where_everything_was_reached_no_behaviour_is_weakest() -> None:
    found = trend_of(team(rep(1, [5] * 12, [10] * 12)), [MEETINGS, CALLS])
    assert found is not None
    assert found.weakest is None


def test_it_begins_when_the_team_begins_to_log() -> None:
    found = trend_of(team(rep(1, [0] * 9 + [5] * 3, [0] * 12)), [MEETINGS])
    assert found is not None
    assert found.mondays == MONDAYS[-3:]
    assert trend_of(team(rep(1, [0] * 11 + [5], [0] * 12)), [MEETINGS]) is None
    assert trend_of(team(rep(1, [0] * 12, [0] * 12)), [MEETINGS]) is None


def test_a_week_that_asked_for_nothing_is_left_out() -> None:
    one = rep(1, [5] * 12, [0] * 12)
    away = WeeklyRep(1, "U1", one.done, {MEETINGS.id: (5.0,) * 10 + (0.0, 5.0)}, one.days)
    found = trend_of(team(away), [MEETINGS])
    assert found is not None
    assert MONDAYS[10] not in found.mondays


def test_a_quarters_behaviour_says_too_little_in_a_week() -> None:
    plan = indicator("Territory plan", 3)
    assert QUARTER.kind is PeriodKind.QUARTER
    quarterly = type(plan)(3, plan.kind, plan.name, plan.unit, PeriodKind.QUARTER, position=3)
    assert trend_of(team(rep(1, [5] * 12, [10] * 12)), [quarterly]) is None


def test_whoever_was_erased_goes_on_counting_where_the_total_is_kept() -> None:
    both = trend_of(team(rep(1, [5] * 12, [10] * 12), rep(2, [2] * 12, [4] * 12)), BOTH)
    left = {
        MEETINGS.id: {monday: Kept(Decimal(2), asked=1, reached=400_000) for monday in MONDAYS},
        CALLS.id: {monday: Kept(Decimal(4), asked=1, reached=400_000) for monday in MONDAYS},
    }
    assert trend_of(team(rep(1, [5] * 12, [10] * 12)), BOTH, KeptTotals(left)) == both
    assert trend_of(team(), BOTH, KeptTotals(left)) is not None


def test_the_chart_begins_with_the_first_week_of_which_anything_is_kept() -> None:
    late = team(rep(1, [0] * 10 + [5] * 2, [0] * 12))
    before = {MONDAYS[7] - timedelta(100): Kept(Decimal(3)), MONDAYS[5]: Kept(target=Decimal(5))}
    kept = before | {MONDAYS[7] + timedelta(1): Kept(Decimal(3))}
    found = trend_of(late, [MEETINGS], KeptTotals({MEETINGS.id: kept}))
    assert found is not None
    assert found.mondays == MONDAYS[7:]
