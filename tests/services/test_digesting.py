"""The manager's week (design §2.7)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.db.tables import deliveries, team_managers, teams
from bot.domain.coaching.diagnosis import Diagnosis
from bot.domain.ledger.occasions import Moot
from bot.domain.reports.digests import Digest
from bot.services import ledger
from bot.services.digesting import (
    digest_facts,
    digest_of_last_week,
    due_digests,
    due_recaps,
    recap_facts,
)
from tests.services.logging_entries import log
from tests.teams import ALEX, INDICATORS, MORGAN, RILEY, SAM, RepRow, TeamRows, a_person, a_team

WEDNESDAY = datetime(2026, 11, 18, 15, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
"""When the digest of the week from 16 to 22 November is due."""
A_WEEK = timedelta(days=7)
MEETINGS_AND_OPPORTUNITIES = (*INDICATORS[:3], INDICATORS[4])


@pytest.fixture
def east(session: Session) -> TeamRows:
    """Riley, Sam and Alex with meetings and opportunities, both a week."""
    return a_team(session.connection, "East", listed=MEETINGS_AND_OPPORTUNITIES)


def week(session: Session, team: TeamRows, now: datetime = MONDAY) -> Digest:
    return digest_of_last_week(session, team.playbook(session), now)


def on_target(session: Session, team: TeamRows, user: str, when: datetime = WEDNESDAY) -> None:
    log(session, team, "First meetings", 5, when, user=user)
    log(session, team, "Opportunities", 3, when, user=user)


def test_a_digest_is_about_the_last_full_week(session: Session, east: TeamRows) -> None:
    assert week(session, east).week.start == date(2026, 11, 16)
    sunday_night = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)
    assert week(session, east, sunday_night).week.start == date(2026, 11, 9)


def test_expectations_count_who_is_on_target_against_the_week_before(
    session: Session, east: TeamRows
) -> None:
    on_target(session, east, RILEY, WEDNESDAY - A_WEEK)
    on_target(session, east, RILEY)
    on_target(session, east, SAM)
    log(session, east, "First meetings", 5, WEDNESDAY, user=ALEX)
    count = week(session, east).on_target
    assert (count.reps, count.of, count.before) == (2, 3, 1)


def test_a_rep_who_was_away_all_week_is_neither_counted_nor_silent(session: Session) -> None:
    away = ((date(2026, 11, 16), date(2026, 11, 22)),)
    reps = (RepRow(RILEY, "Riley"), RepRow(SAM, "Sam", away=away))
    east = a_team(session.connection, "East", reps=reps, listed=MEETINGS_AND_OPPORTUNITIES)
    found = week(session, east)
    assert found.on_target.of == 1
    assert found.silent == (RILEY,)


def test_gaps_stand_worst_first_with_their_reason_in_numbers(
    session: Session, east: TeamRows
) -> None:
    log(session, east, "First meetings", 4, WEDNESDAY)
    log(session, east, "Opportunities", 1, WEDNESDAY)
    on_target(session, east, SAM)
    on_target(session, east, ALEX)
    gaps = week(session, east).gaps
    assert [(gap.user_id, gap.reason) for gap in gaps] == [
        (RILEY, "1 of 3, 2 short"),
        (RILEY, "4 of 5, 1 short"),
    ]
    assert {gap.diagnosis for gap in gaps} == {Diagnosis.EFFORT}


def test_a_longer_period_is_a_gap_only_where_it_is_behind(session: Session) -> None:
    listed = (*INDICATORS[:3], INDICATORS[5])  # one territory plan a quarter
    north = a_team(session.connection, "North", listed=listed)
    early = datetime(2026, 10, 12, 9, tzinfo=UTC)
    plans = [gap for gap in week(session, north, early).gaps if gap.progress.target == 1]
    assert plans == []
    late = [gap for gap in week(session, north, MONDAY).gaps if gap.progress.target == 1]
    assert [gap.reason for gap in late] == ["0 of 1, 1 expected by then"] * 3


def test_coaching_pairs_with_whoever_is_strongest_at_that_very_behaviour(
    session: Session, east: TeamRows
) -> None:
    log(session, east, "First meetings", 2, WEDNESDAY)
    log(session, east, "Opportunities", 3, WEDNESDAY)
    log(session, east, "First meetings", 7, WEDNESDAY, user=SAM)
    log(session, east, "First meetings", 6, WEDNESDAY, user=ALEX)
    log(session, east, "Opportunities", 2, WEDNESDAY, user=ALEX)
    coach = {each.user_id: each for each in week(session, east).coach}
    assert coach[RILEY].pair_with == SAM
    assert (
        coach[RILEY].text
        == "First meetings: 2 of 5, 3 short. The strongest at it did 7 of 5 last week."
    )
    assert coach[ALEX].pair_with == RILEY
    assert coach[SAM].behaviour.name == "Opportunities"


def test_nobody_is_paired_with_a_mate_below_target(session: Session, east: TeamRows) -> None:
    log(session, east, "First meetings", 2, WEDNESDAY)
    log(session, east, "First meetings", 4, WEDNESDAY, user=SAM)
    coach = week(session, east).coach
    assert {each.pair_with for each in coach} == {None}


def test_at_most_three_are_coached_and_the_silent_come_last(session: Session) -> None:
    reps = tuple(RepRow(f"U{number}", f"Rep {number}") for number in range(5))
    big = a_team(session.connection, "Big", reps=reps, listed=MEETINGS_AND_OPPORTUNITIES)
    for rep in reps[3:]:
        log(session, big, "First meetings", 1, WEDNESDAY, user=rep.user_id)
    coach = [each.user_id for each in week(session, big).coach]
    assert coach == ["U3", "U4", "U0"]


def test_results_are_the_teams_as_the_week_ended(session: Session, east: TeamRows) -> None:
    log(session, east, "New customers", 2, WEDNESDAY)
    log(session, east, "New customers", 1, WEDNESDAY, user=SAM)
    log(session, east, "New customers", 9, MONDAY - timedelta(minutes=1))
    customers = week(session, east).results[0]
    assert customers.actual == 3
    assert customers.target == 36


def test_the_weeks_milestones_are_celebrated(session: Session, east: TeamRows) -> None:
    on_target(session, east, RILEY)
    kinds = [cheer.milestone.kind.value for cheer in week(session, east).celebrate]
    assert sorted(kinds) == ["first_entry", "sweep", "target", "target"]


def test_what_the_bot_cost_is_counted(session: Session, east: TeamRows) -> None:
    log(session, east, "New customers", 12, WEDNESDAY)
    sent = {"state": "sent", "sent_at": WEDNESDAY}
    session.connection.execute(update(deliveries).values(**sent))
    cost = week(session, east).cost
    assert (cost.entries, cost.posts, cost.nudges) == (1, 1, 0)


def test_a_late_entry_counts_for_its_week_until_the_digest_is_read(
    session: Session, east: TeamRows
) -> None:
    log(session, east, "First meetings", 5, MONDAY, day=date(2026, 11, 20))
    meetings = week(session, east).reps[0].behaviours[0]
    assert meetings.actual == meetings.target == 5


def test_each_manager_gets_the_digest_at_the_teams_hour_in_the_managers_zone(
    session: Session, east: TeamRows
) -> None:
    there = a_person(session.connection, "U09QUINN", "Quinn", "America/New_York")
    row = {"workspace_id": east.workspace_id, "team_id": east.team_id, "person_id": there}
    session.connection.execute(team_managers.insert().values(**row))
    renew_revision(session.connection, east.team_id)
    book = east.playbook(session)
    assert [each.recipient for each in due_digests(session, book, MONDAY)] == [MORGAN]
    both = due_digests(session, book, MONDAY + timedelta(hours=5))
    assert {(each.recipient, each.due_at.hour) for each in both} == {(MORGAN, 8), ("U09QUINN", 13)}
    assert {each.key for each in both} == {
        f"digest:{east.team_id}:{who}:2026-11-16" for who in (MORGAN, "U09QUINN")
    }


def test_a_digest_is_planned_once_and_not_two_days_late(session: Session, east: TeamRows) -> None:
    book = east.playbook(session)
    assert due_digests(session, book, MONDAY + timedelta(hours=48)) == ()
    planned = due_digests(session, book, MONDAY)
    ledger.add(session, planned, MONDAY)
    assert due_digests(session, book, MONDAY + timedelta(hours=1)) == ()


def test_a_team_set_up_after_its_digest_hour_waits_a_week(session: Session) -> None:
    new = a_team(session.connection, "New", created_at=MONDAY + timedelta(hours=1))
    assert due_digests(session, new.playbook(session), MONDAY + timedelta(hours=2)) == ()
    assert len(due_digests(session, new.playbook(session), MONDAY + A_WEEK)) == 1


def test_a_manager_who_has_gone_gets_no_digest(session: Session, east: TeamRows) -> None:
    ledger.add(session, due_digests(session, east.playbook(session), MONDAY), MONDAY)
    key = session.connection.scalar(select(deliveries.c.key))
    delivery = ledger.find(session, east.workspace_id, str(key))
    assert delivery is not None
    session.connection.execute(delete(team_managers))
    renew_revision(session.connection, east.team_id)
    with pytest.raises(Moot):
        digest_facts(session, east.playbook(session), delivery, MONDAY)


def test_a_recap_tells_good_news_and_is_not_sent_without(session: Session, east: TeamRows) -> None:
    assert due_recaps(session, east.playbook(session), MONDAY) == ()
    on_target(session, east, RILEY)
    (recap,) = due_recaps(session, east.playbook(session), MONDAY)
    assert (recap.key, recap.recipient) == (f"recap:{east.team_id}:2026-11-16", "C01WEST")
    ledger.add(session, [recap], MONDAY)
    delivery = ledger.find(session, east.workspace_id, recap.key)
    assert delivery is not None
    facts = recap_facts(session, east.playbook(session), delivery, MONDAY)
    assert {cheer.milestone.user_id for cheer in facts.cheers} == {RILEY}
    assert facts.on_target is None  # of so few, the number would say who


def test_a_team_without_a_channel_has_no_recap(session: Session, east: TeamRows) -> None:
    on_target(session, east, RILEY)
    session.connection.execute(update(teams).values(channel=None))
    renew_revision(session.connection, east.team_id)
    assert due_recaps(session, east.playbook(session), MONDAY) == ()
