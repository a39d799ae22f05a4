"""Strongest at that very behaviour: by volume, or by what comes of it (issue 5, item 5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.coaching.pairing import Pairing, School, first_day, helpers, is_there, own_numbers
from bot.domain.coaching.pairing_progress import progress_of
from bot.domain.days.calendar import DateRange
from bot.domain.days.periods import PeriodKind, days_between
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam, last_weeks
from bot.domain.quantities import unit_named
from bot.slack.words.pairing import pairing_lines
from tests.domain.samples import RILEY, week_of

CALLS = Indicator(
    1, IndicatorKind.BEHAVIOUR, "Calls", unit_named("calls"), PeriodKind.WEEK, drives=9, leads_to=2
)
MEETINGS = Indicator(
    2, IndicatorKind.BEHAVIOUR, "Meetings", unit_named("meetings"), PeriodKind.WEEK, drives=9
)
MONDAY = date(2026, 11, 23)
WEEKS = last_weeks(week_of(date(2026, 11, 18)), 12)


def rep(user: str, calls: float, meetings: float, asked: float = 100) -> WeeklyRep:
    done = {1: (calls,) * 12, 2: (meetings,) * 12}
    return WeeklyRep(len(user), user, done, {1: (asked,) * 12, 2: (5.0,) * 12}, (5,) * 12)


WEST = School(
    1,
    WeeklyTeam(
        "West",
        WEEKS,
        (rep("RILEY", 95, 3), rep("SAM", 130, 5), rep("ALEX", 90, 12), rep("KIM", 110, 8)),
    ),
    CALLS,
    MEETINGS,
)
EAST = replace(WEST, team_id=2, weeks=WeeklyTeam("East", WEEKS, (rep("JO", 200, 40),)))


def found(*schools: School, learner: str = "RILEY", for_skill: bool = False) -> list[str]:
    return [each.user_id for each in helpers(learner, schools, for_skill=for_skill)]


def test_effort_is_learnt_from_who_does_most_for_the_target() -> None:
    assert found(WEST) == ["SAM", "KIM"]


def test_nobody_is_needed_where_enough_was_done_over_the_weeks() -> None:
    assert found(WEST, learner="KIM") == []
    assert found(WEST, learner="KIM", for_skill=True) == ["ALEX"]


def test_skill_is_learnt_from_who_makes_most_of_it() -> None:
    assert found(WEST, for_skill=True) == ["ALEX", "KIM", "SAM"]
    assert found(WEST, learner="ALEX", for_skill=True) == []


def test_the_own_team_goes_before_others_however_strong_they_are() -> None:
    assert found(WEST, EAST) == ["SAM", "KIM", "JO"]
    assert found(WEST, EAST, for_skill=True)[-1] == "JO"


def test_who_cannot_help_is_left_out() -> None:
    assert found(replace(WEST, unable=frozenset({"SAM"}))) == ["KIM"]


def test_reasons_are_numbers_of_the_very_behaviour() -> None:
    effort, skill = (next(helpers("RILEY", [WEST], for_skill=each)) for each in (False, True))
    assert effort.reason == "did 1040 of 800 over 8 weeks"
    assert skill.reason == "made 96 meetings of 720 calls"


def test_a_learner_reads_nobody_elses_numbers() -> None:
    own = WEST.weeks.reps[0]
    assert own_numbers(own, CALLS, None, WEST.weeks) == "760 calls of 800 over 8 weeks"
    said = own_numbers(own, CALLS, MEETINGS, WEST.weeks)
    assert said == "760 calls led to 24 meetings, 1 in 31.7"


@pytest.mark.parametrize("day", range(7))
def test_it_begins_on_the_next_monday_or_today(day: int) -> None:
    today = MONDAY + timedelta(days=day)
    assert first_day(today) == (MONDAY if day == 0 else MONDAY + timedelta(weeks=1))


def test_who_is_away_for_more_than_half_of_it_cannot_help() -> None:
    week_off = replace(RILEY, time_off=(DateRange(MONDAY, MONDAY + timedelta(days=6)),))
    longer = replace(RILEY, time_off=(DateRange(MONDAY, MONDAY + timedelta(days=8)),))
    assert is_there(RILEY, MONDAY)
    assert is_there(week_off, MONDAY)
    assert not is_there(longer, MONDAY)
    assert not is_there(replace(RILEY, leaves_on=MONDAY), MONDAY)


PAIRING = Pairing(1, 1, 1, None, 7, "RILEY", 8, "SAM", MONDAY, MONDAY + timedelta(days=13))
LOGGED = {
    1: dict.fromkeys(days_between(MONDAY - timedelta(days=28), MONDAY + timedelta(days=13)), 10.0),
    2: {MONDAY - timedelta(days=7): 7.0, MONDAY + timedelta(days=1): 7.0},
}


def line(following: Indicator | None, weeks: int) -> str:
    until = MONDAY + timedelta(days=7 * weeks - 1)
    progress = progress_of(PAIRING, CALLS, following, RILEY, LOGGED, until)
    [said] = pairing_lines([progress], str, str)
    return said.partition(": ")[2]


def test_before_and_since_are_weekly_means_with_their_n() -> None:
    assert line(None, 1) == (
        "70 calls a week (4 weeks) before; too early to say what it has changed."
    )
    assert line(None, 2) == "70 calls a week (4 weeks) before, 70 calls a week (2 weeks) since."


def test_a_conversion_is_told_with_what_it_rests_on() -> None:
    assert line(MEETINGS, 2) == (
        "7 meetings of 280 calls, 1 in 40, before, 7 meetings of 140 calls, 1 in 20, since."
    )
