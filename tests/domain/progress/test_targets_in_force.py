"""Design §2.2: which target counts for a period, and of which kind the period is."""

from datetime import date

from bot.domain.days.periods import PeriodKind
from bot.domain.progress.targets import (
    Scope,
    TargetSetting,
    base_target,
    period_in_force,
    target_for,
)
from tests.domain.samples import (
    FRIDAY,
    MEETINGS,
    MONDAY,
    QUARTER,
    RILEY,
    TUESDAY,
    WEDNESDAY,
    WEEK,
    dec,
    setting,
    week_of,
)

WEEKLY, QUARTERLY = PeriodKind.WEEK, PeriodKind.QUARTER


def test_the_base_is_the_reps_own_else_the_segments_else_the_teams() -> None:
    team, segment, rep = (setting(amount, WEEKLY, scope=Scope(amount)) for amount in range(3))
    assert base_target([rep, team, segment], WEEK) == rep.amount
    assert base_target([segment, team], WEEK) == segment.amount
    assert base_target([team], WEEK) == team.amount


def test_the_base_is_the_target_in_force_on_the_periods_first_day() -> None:
    settings = [setting(5, WEEKLY), setting(8, WEEKLY, MONDAY), setting(9, WEEKLY, TUESDAY)]
    assert base_target(settings, WEEK.previous()) == 5
    assert base_target(settings, WEEK) == 8
    assert base_target(settings, WEEK.next()) == 9


def test_a_change_within_a_quarter_counts_from_the_next_one() -> None:
    settings = [setting(12, QUARTERLY), setting(20, QUARTERLY, MONDAY)]
    assert base_target(settings, QUARTER) == 12
    assert base_target(settings, QUARTER.next()) == 20


def test_the_reps_own_target_does_not_count_before_its_date_where_the_team_has_one() -> None:
    settings = [setting(5, WEEKLY), setting(3, WEEKLY, MONDAY, Scope.REP)]
    assert base_target(settings, WEEK.previous()) == 5
    assert base_target(settings, WEEK) == 3


def test_a_later_team_target_does_not_replace_the_reps_own() -> None:
    settings = [setting(3, WEEKLY, scope=Scope.REP), setting(9, WEEKLY, MONDAY)]
    assert base_target(settings, WEEK) == 3


def test_the_first_target_ever_set_also_covers_what_came_before_it() -> None:
    settings = [setting(8, WEEKLY, date(2026, 11, 30)), setting(5, WEEKLY, WEDNESDAY)]
    assert base_target(settings, WEEK) == 5
    assert base_target(settings, week_of(date(2020, 1, 1))) == 5


def test_of_two_targets_set_on_one_day_the_later_set_counts() -> None:
    settings = [setting(5, WEEKLY, MONDAY), setting(6, WEEKLY, MONDAY)]
    assert base_target(settings, WEEK) == 6
    assert base_target(settings, WEEK.previous()) == 6


def test_without_any_setting_there_is_no_target() -> None:
    assert base_target([], WEEK) is None
    assert target_for(MEETINGS, [], WEEK, RILEY) is None
    assert period_in_force(MEETINGS, [], MONDAY) == WEEK


def test_a_reps_own_target_may_be_for_another_kind_of_period() -> None:
    settings = [setting(5, WEEKLY), setting(60, QUARTERLY, scope=Scope.REP)]
    assert period_in_force(MEETINGS, settings, MONDAY) == QUARTER
    assert target_for(MEETINGS, settings, QUARTER, RILEY) == 60
    assert target_for(MEETINGS, settings, WEEK, RILEY) is None


def test_a_change_of_kind_counts_from_the_first_whole_period_of_the_new_kind() -> None:
    to_weeks = [setting(60, QUARTERLY), setting(5, WEEKLY, TUESDAY)]
    assert period_in_force(MEETINGS, to_weeks, FRIDAY) == QUARTER
    assert period_in_force(MEETINGS, to_weeks, date(2026, 11, 30)) == WEEK.next()
    to_quarters = [setting(5, WEEKLY), setting(60, QUARTERLY, TUESDAY)]
    assert period_in_force(MEETINGS, to_quarters, FRIDAY) == WEEK
    assert period_in_force(MEETINGS, to_quarters, date(2027, 1, 1)) == QUARTER.next()


def test_a_target_that_was_taken_back_still_counts_for_periods_that_had_begun() -> None:
    own = TargetSetting(dec(3), WEEKLY, None, Scope.REP, until=TUESDAY)
    assert base_target([setting(5, WEEKLY), own], WEEK) == 3
    assert base_target([setting(5, WEEKLY), own], WEEK.next()) == 5
