"""Who hears of milestones, and when (design §2.6)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.db.tables import deliveries, people, teams
from bot.domain.feats.celebrations import CelebrationFacts, RoundupFacts
from bot.domain.ledger.occasions import Moot, Occasion
from bot.services import ledger
from bot.services.celebrations.celebrating import due_celebrations
from bot.services.celebrations.cheering import celebration_facts
from bot.services.recording import undo_last
from tests.services.logging_entries import log
from tests.teams import ALEX, RILEY, SAM, RepRow, TeamRows, a_team

WEDNESDAY = datetime(2026, 11, 25, 15, tzinfo=UTC)
EVENING = datetime(2026, 11, 25, 18, tzinfo=UTC)
A_DAY = timedelta(days=1)


def planned(session: Session) -> list[str]:
    return sorted(session.connection.scalars(select(deliveries.c.key)))


def plan(session: Session, west: TeamRows, now: datetime) -> list[str]:
    due = due_celebrations(session, west.playbook(session), now)
    return [occasion.key for occasion in ledger.add(session, due, now)]


def occasions(session: Session, west: TeamRows, now: datetime) -> tuple[Occasion, ...]:
    return due_celebrations(session, west.playbook(session), now)


def keep_out(session: Session, west: TeamRows, user: str) -> None:
    whose = people.c.id == west.people[user]
    session.connection.execute(update(people).where(whose).values(celebrate_alone=True))
    renew_revision(session.connection, west.team_id)


def without_channel(session: Session, west: TeamRows) -> None:
    whose = teams.c.id == west.team_id
    session.connection.execute(update(teams).where(whose).values(channel=None))
    renew_revision(session.connection, west.team_id)


def test_a_big_milestone_is_planned_with_the_entry_that_reached_it(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "New customers", 12, WEDNESDAY)
    start = f"{west.indicators['New customers']}:2026-10-01:100"
    assert planned(session) == [f"celebration:result:{RILEY}:{start}"]
    assert plan(session, west, WEDNESDAY) == []


def test_small_milestones_join_one_round_up_at_the_end_of_the_teams_day(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "First meetings", 5, WEDNESDAY)
    log(session, west, "Opportunities", 3, WEDNESDAY, user=SAM)
    assert plan(session, west, EVENING - timedelta(seconds=1)) == []
    (occasion,) = occasions(session, west, EVENING)
    assert occasion.key == f"roundup:{west.team_id}:2026-11-25"
    assert (occasion.due_at, occasion.recipient) == (EVENING, "C01WEST")
    assert len(occasion.payload["milestones"]) == 4  # type: ignore[arg-type]  # two first entries
    assert plan(session, west, EVENING) == [occasion.key]
    assert plan(session, west, EVENING + A_DAY) == []


def test_what_is_reached_on_friday_evening_is_said_on_monday_not_on_the_weekend(
    session: Session, west: TeamRows
) -> None:
    friday = datetime(2026, 11, 27, 19, tzinfo=UTC)
    log(session, west, "First meetings", 5, friday)
    assert plan(session, west, friday + 2 * A_DAY) == []
    monday = datetime(2026, 11, 30, 18, tzinfo=UTC)
    assert plan(session, west, monday) == [f"roundup:{west.team_id}:2026-11-30"]


def test_after_an_outage_one_round_up_says_it_all(session: Session, west: TeamRows) -> None:
    log(session, west, "First meetings", 5, WEDNESDAY - A_DAY)
    log(session, west, "Opportunities", 3, WEDNESDAY)
    assert plan(session, west, EVENING) == [f"roundup:{west.team_id}:2026-11-25"]


def test_good_news_older_than_72_hours_is_not_posted(session: Session, west: TeamRows) -> None:
    log(session, west, "First meetings", 5, WEDNESDAY)
    assert plan(session, west, EVENING + timedelta(hours=72)) == []


def test_nothing_from_before_the_team_was_set_up_is_posted(session: Session) -> None:
    south = a_team(session.connection, "South", created_at=EVENING + timedelta(hours=1))
    log(session, south, "First meetings", 5, WEDNESDAY)
    assert occasions(session, south, EVENING + timedelta(hours=2)) == ()
    assert len(occasions(session, south, EVENING)) == 1  # asked about the past


def test_the_channel_never_hears_more_than_five_posts_a_day(session: Session) -> None:
    reps = tuple(RepRow(f"U{number:02}", f"Rep {number}") for number in range(7))
    big = a_team(session.connection, "Big", reps=reps)
    for rep in reps:
        log(session, big, "New customers", 12, WEDNESDAY, user=rep.user_id)
    alone = [key for key in planned(session) if key.startswith("celebration:")]
    assert len(alone) == 4
    plan(session, big, EVENING)
    plan(session, big, EVENING + timedelta(hours=6))  # after midnight, nothing is left over
    assert len(planned(session)) == 5
    (roundup,) = [key for key in planned(session) if key.startswith("roundup:")]
    delivery = ledger.find(session, big.workspace_id, roundup)
    assert delivery is not None
    facts = celebration_facts(session, big.playbook(session), delivery, EVENING)
    assert isinstance(facts, RoundupFacts)
    results = [each for each in facts.cheers if each.milestone.is_big]
    assert len({each.milestone.user_id for each in results} - {None}) == 3


def test_a_place_is_kept_for_a_recap_still_to_come(session: Session) -> None:
    reps = tuple(RepRow(f"U{number:02}", f"Rep {number}") for number in range(7))
    big = a_team(session.connection, "Big", reps=reps)
    early_on_monday = datetime(2026, 11, 23, 7, tzinfo=UTC)  # the recap comes at 08:30
    for rep in reps:
        log(session, big, "New customers", 12, early_on_monday, user=rep.user_id)
    assert len(planned(session)) == 3


def test_two_teams_in_one_channel_share_its_five_posts(session: Session, west: TeamRows) -> None:
    reps = tuple(RepRow(f"U{number:02}", f"Rep {number}") for number in range(7))
    east = a_team(session.connection, "East", reps=reps)
    for rep in reps:
        log(session, east, "New customers", 12, WEDNESDAY, user=rep.user_id)
    assert len(planned(session)) == 3


def test_a_rep_who_keeps_out_of_the_channel_is_told_alone(session: Session, west: TeamRows) -> None:
    keep_out(session, west, RILEY)
    log(session, west, "New customers", 12, WEDNESDAY)
    log(session, west, "First meetings", 5, WEDNESDAY)
    log(session, west, "First meetings", 5, WEDNESDAY, user=SAM)
    (key,) = planned(session)
    delivery = ledger.find(session, west.workspace_id, key)
    assert delivery is not None
    assert delivery.occasion.recipient == RILEY
    (roundup,) = occasions(session, west, EVENING)
    assert not any(RILEY in key for key in roundup.payload["milestones"])  # type: ignore[union-attr]


def test_without_a_channel_the_rep_hears_of_big_ones(session: Session, west: TeamRows) -> None:
    without_channel(session, west)
    log(session, west, "New customers", 36, WEDNESDAY)  # the team's result too, for nobody to hear
    recipients = list(session.connection.scalars(select(deliveries.c.recipient)))
    assert recipients == [RILEY]
    assert occasions(session, west, EVENING) == ()


def test_who_asks_to_keep_out_while_a_post_waits_is_kept_out(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "New customers", 12, WEDNESDAY)
    delivery = ledger.find(session, west.workspace_id, planned(session)[0])
    assert delivery is not None
    keep_out(session, west, RILEY)
    with pytest.raises(Moot, match="kept out"):
        celebration_facts(session, west.playbook(session), delivery, WEDNESDAY)


def test_a_celebration_tells_the_numbers_as_they_are_when_it_is_written(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "New customers", 12, WEDNESDAY)
    log(session, west, "New customers", 1, WEDNESDAY)
    delivery = ledger.find(session, west.workspace_id, planned(session)[0])
    assert delivery is not None
    facts = celebration_facts(session, west.playbook(session), delivery, WEDNESDAY)
    assert isinstance(facts, CelebrationFacts)
    assert facts.cheer.actual == 13
    assert facts.cheer.target == 12
    assert not facts.alone


def test_only_the_highest_step_of_a_day_is_news(session: Session, west: TeamRows) -> None:
    log(session, west, "New customers", 6, WEDNESDAY)  # 50 %
    log(session, west, "New customers", 6, WEDNESDAY)  # 100 %: a post of its own
    log(session, west, "First meetings", 5, WEDNESDAY, user=ALEX)
    (roundup,) = occasions(session, west, EVENING)
    assert not any(":50" in key for key in roundup.payload["milestones"])  # type: ignore[union-attr]


def test_planning_minute_by_minute_and_once_at_the_end_plan_the_same(
    session: Session, west: TeamRows
) -> None:
    log(session, west, "First meetings", 5, WEDNESDAY)
    log(session, west, "New customers", 12, WEDNESDAY, user=SAM)
    once = [occasion.key for occasion in occasions(session, west, EVENING + timedelta(hours=2))]
    minutes = [WEDNESDAY + timedelta(minutes=10 * n) for n in range(31)]
    step_by_step = [key for minute in minutes for key in plan(session, west, minute)]
    assert step_by_step == once == [f"roundup:{west.team_id}:2026-11-25"]


def test_undone_before_the_round_up_nothing_is_said(session: Session, west: TeamRows) -> None:
    log(session, west, "First meetings", 5, WEDNESDAY)
    undo_last(session, west.standing(session), WEDNESDAY)
    assert occasions(session, west, EVENING) == ()


def celebrating(session: Session, name: str, said: dict[str, str]) -> TeamRows:
    reps = (RepRow("U05JO", "Jo"),)
    return a_team(session.connection, name, reps=reps, celebrations=said)


def test_a_kind_that_the_team_calls_loud_is_posted_at_once(session: Session) -> None:
    team = celebrating(session, "Loud", {"first_entry": "loud"})
    log(session, team, "Opportunities", 1, WEDNESDAY, user="U05JO")
    (key,) = planned(session)
    assert key.startswith("celebration:first_entry:U05JO")


def test_a_kind_that_the_team_turned_off_is_told_to_nobody(session: Session) -> None:
    team = celebrating(session, "Still", {"first_entry": "off", "result": "off"})
    log(session, team, "New customers", 12, WEDNESDAY, user="U05JO")
    assert planned(session) == []
    assert plan(session, team, EVENING) == []


def test_what_is_turned_off_before_it_is_sent_is_not_said(session: Session) -> None:
    team = celebrating(session, "Late", {"result": "loud"})
    log(session, team, "New customers", 12, WEDNESDAY, user="U05JO")
    (key,) = [each for each in planned(session) if ":result:" in each]
    delivery = ledger.find(session, team.workspace_id, key)
    assert delivery is not None
    session.connection.execute(
        update(teams).where(teams.c.id == team.team_id).values(celebrations={"result": "off"})
    )
    renew_revision(session.connection, team.team_id)
    with pytest.raises(Moot):
        celebration_facts(session, team.playbook(session), delivery, WEDNESDAY)
