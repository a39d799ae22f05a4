"""Milestones as entries reach them, each once (design §2.6)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert

from bot.db.queries.feats.milestones import held_by
from bot.db.session import Session
from bot.db.tables import time_off
from bot.domain.milestones import Milestone, MilestoneKind
from tests.services.logging_entries import log
from tests.teams import ALEX, INDICATORS, RILEY, SAM, IndicatorRow, RepRow, TeamRows, a_team

WEDNESDAY = datetime(2026, 11, 25, 15, tzinfo=UTC)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def told(milestones: Iterable[Milestone]) -> set[tuple[str, int | None]]:
    return {(each.kind.value, each.threshold) for each in milestones}


def held(session: Session, west: TeamRows, kind: MilestoneKind, user: str = RILEY) -> set[str]:
    found = held_by(session.connection, west.playbook(session), west.people[user])
    return {each.key for each in found if each.kind is kind}


def test_the_first_entry_is_celebrated_once(session: Session, west: TeamRows) -> None:
    first = log(session, west, "Prospecting calls", 1, WEDNESDAY)
    second = log(session, west, "First meetings", 1, WEDNESDAY)
    assert told(first.milestones) == {("first_entry", None)}
    assert second.milestones == ()


def test_a_target_is_celebrated_when_it_is_reached_and_not_again(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "First meetings", 4, WEDNESDAY)
    reached = log(session, west, "First meetings", 1, WEDNESDAY)
    again = log(session, west, "First meetings", 1, WEDNESDAY)
    assert told(reached.milestones) == {("target", None)}
    assert again.milestones == ()
    assert reached.milestones[0].period_start == date(2026, 11, 23)


def test_a_daily_target_is_celebrated_for_the_week(session: Session, west: TeamRows) -> None:
    monday = WEDNESDAY - 2 * A_DAY
    calls = [log(session, west, "Prospecting calls", 25, monday + n * A_DAY) for n in range(4)]
    assert ("target", None) not in told(calls[2].milestones)
    assert told(calls[3].milestones) == {("target", None), ("lifetime", 100)}


def test_a_late_entry_reaches_last_weeks_target(session: Session, west: TeamRows) -> None:
    log(session, west, "First meetings", 4, WEDNESDAY - A_WEEK)
    late = log(session, west, "First meetings", 1, WEDNESDAY, day=date(2026, 11, 20))
    (reached,) = late.milestones
    assert reached.period_start == date(2026, 11, 16)
    assert (reached.reached_on, reached.reached_at) == (date(2026, 11, 20), WEDNESDAY)


def test_a_lifetime_tells_its_highest_step_and_writes_all(session: Session, west: TeamRows) -> None:
    recorded = log(session, west, "Opportunities", 120, WEDNESDAY)
    assert ("lifetime", 100) in told(recorded.milestones)
    assert ("lifetime", 50) not in told(recorded.milestones)
    assert len(held(session, west, MilestoneKind.LIFETIME)) == 2


def test_a_result_is_celebrated_at_50_90_100_and_120_percent(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "Prospecting calls", 1, WEDNESDAY)
    percents = []
    for customers in (5, 1, 5, 1, 3):  # of 12: 5, 6, 11, 12, 15
        recorded = log(session, west, "New customers", customers, WEDNESDAY)
        percents.append({each.threshold for each in recorded.milestones if each.user_id})
    assert percents == [set(), {50}, {90}, {100}, {120}]


def test_a_streak_is_celebrated_at_its_third_week(session: Session, west: TeamRows) -> None:
    for weeks in (2, 1):
        log(session, west, "First meetings", 5, WEDNESDAY - weeks * A_WEEK)
    recorded = log(session, west, "First meetings", 5, WEDNESDAY)
    assert ("streak", 3) in told(recorded.milestones)
    assert held(session, west, MilestoneKind.STREAK) == {
        f"streak:{RILEY}:{west.indicators['First meetings']}:3:2026-11-09"
    }


def test_a_streak_of_days_passes_over_the_weekend(session: Session, west: TeamRows) -> None:
    thursday = datetime(2026, 11, 19, 15, tzinfo=UTC)
    for days in (0, 1):
        log(session, west, "Prospecting calls", 20, thursday + days * A_DAY)
    monday = log(session, west, "Prospecting calls", 20, thursday + 4 * A_DAY)
    assert ("streak", 3) in told(monday.milestones)


def test_absence_neither_breaks_nor_lengthens_a_celebrated_streak(
    session: Session, west: TeamRows
) -> None:
    away = {"starts_on": date(2026, 11, 16), "ends_on": date(2026, 11, 22), "source": "slack"}
    whose = {"workspace_id": west.workspace_id, "person_id": west.people[RILEY]}
    session.connection.execute(insert(time_off).values(**whose, **away))
    for weeks in (3, 2):
        log(session, west, "First meetings", 5, WEDNESDAY - weeks * A_WEEK)
    recorded = log(session, west, "First meetings", 5, WEDNESDAY)
    assert ("streak", 3) in told(recorded.milestones)


def test_a_late_entry_that_mends_a_streak_celebrates_no_length_twice(
    session: Session, west: TeamRows
) -> None:
    for weeks in (2, 1, 0):
        log(session, west, "First meetings", 5, WEDNESDAY - weeks * A_WEEK)
    late = log(session, west, "First meetings", 5, WEDNESDAY, day=date(2026, 11, 5))
    assert ("streak", 3) not in told(late.milestones)
    assert len(held(session, west, MilestoneKind.STREAK)) == 1


def test_a_best_week_needs_four_earlier_weeks_and_beats_each(
    session: Session, west: TeamRows
) -> None:
    for weeks, amount in ((5, 4), (4, 2), (3, 2), (2, 2)):
        log(session, west, "Opportunities", amount, WEDNESDAY - weeks * A_WEEK)
    fifth = log(session, west, "Opportunities", 3, WEDNESDAY - A_WEEK)
    equal = log(session, west, "Opportunities", 4, WEDNESDAY)
    best = log(session, west, "Opportunities", 1, WEDNESDAY)
    again = log(session, west, "Opportunities", 1, WEDNESDAY)
    assert ("best_week", None) not in told(fifth.milestones) | told(equal.milestones)
    assert ("best_week", None) in told(best.milestones)
    assert ("best_week", None) not in told(again.milestones)


def sweep_team(session: Session) -> TeamRows:
    return a_team(session.connection, "East", listed=INDICATORS[:2] + INDICATORS[2:3] + PLANS)


PLANS = (INDICATORS[4], INDICATORS[5])


def test_a_clean_sweep_takes_every_behaviour_of_the_week(session: Session) -> None:
    east = sweep_team(session)  # meetings and opportunities a week, one plan a quarter
    log(session, east, "First meetings", 5, WEDNESDAY)
    behind = log(session, east, "Opportunities", 3, WEDNESDAY)
    assert ("sweep", None) not in told(behind.milestones)  # the plan is behind in November
    clean = log(session, east, "Territory plan", 1, WEDNESDAY)
    assert ("sweep", None) in told(clean.milestones)


def test_a_whole_team_on_target_is_celebrated_with_the_last_of_them(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "First meetings", 5, WEDNESDAY)
    second = log(session, west, "First meetings", 5, WEDNESDAY, user=SAM)
    third = log(session, west, "First meetings", 6, WEDNESDAY, user=ALEX)
    assert ("team_target", None) not in told(second.milestones)
    assert ("team_target", None) in told(third.milestones)


def test_a_teams_result_is_the_sum_of_its_reps(session: Session, west: TeamRows) -> None:
    first = log(session, west, "New customers", 17, WEDNESDAY)  # of 3 × 12
    second = log(session, west, "New customers", 1, WEDNESDAY, user=SAM)
    assert all(each.user_id for each in first.milestones)
    assert ("team_result", 50) in told(second.milestones)


def test_no_team_is_celebrated_for_one_rep_alone(session: Session) -> None:
    solo = a_team(session.connection, "Solo", reps=(RepRow(RILEY, "Riley"),))
    reached = log(session, solo, "First meetings", 5, WEDNESDAY)
    won = log(session, solo, "New customers", 12, WEDNESDAY)
    both = {*reached.milestones, *won.milestones}
    assert all(each.user_id == RILEY for each in both)


def test_a_behaviour_without_a_target_has_no_target_to_celebrate(session: Session) -> None:
    listed = (INDICATORS[0], IndicatorRow("Demos", "demos", "week", None, "New customers"))
    north = a_team(session.connection, "North", listed=listed)
    recorded = log(session, north, "Demos", 60, WEDNESDAY)
    assert told(recorded.milestones) == {("first_entry", None), ("lifetime", 50)}
