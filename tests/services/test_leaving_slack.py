"""Whoever leaves Slack counts as left from that local day; what was before stays as it was."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.db.session import Session
from bot.db.tables import deliveries
from bot.domain.troubles import ChannelTrouble
from bot.services.digesting import digest_of_last_week
from bot.services.nudging import due_nudges
from bot.services.scorecards import scorecard
from bot.services.troubles.accounts import Told, deactivate, take_over
from bot.services.troubles.channels import channel_found, channel_lost
from tests.reaching import reaching
from tests.services.logging_entries import log
from tests.teams import MORGAN, RILEY, SAM, WORKSPACE, TeamRows, a_team

WEDNESDAY = datetime(2026, 11, 18, 15, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
ELSEWHERE = "T02ELSE"


def notices(session: Session) -> list[str]:
    query = select(deliveries.c.key).where(deliveries.c.kind == "notice")
    return list(session.connection.scalars(query.order_by(deliveries.c.id)))


def test_no_nudge_is_due_from_that_day_on(session: Session, west: TeamRows) -> None:
    before = {each.recipient for each in due_nudges(session, [west.playbook(session)], WEDNESDAY)}
    assert SAM in before
    deactivate(session, WORKSPACE, SAM, WEDNESDAY)
    after = {each.recipient for each in due_nudges(session, [west.playbook(session)], WEDNESDAY)}
    assert after == before - {SAM}


def test_the_days_before_still_count_and_those_after_ask_for_nothing(
    session: Session, west: TeamRows
) -> None:
    whole = scorecard(session, west.playbook(session), west.rep(session, SAM), WEDNESDAY)
    deactivate(session, WORKSPACE, SAM, WEDNESDAY)
    card = scorecard(session, west.playbook(session), west.rep(session, SAM), WEDNESDAY)
    calls = next(each for each in card.behaviours if each.indicator.name == "Prospecting calls")
    full = next(each for each in whole.behaviours if each.indicator.name == "Prospecting calls")
    assert [full.target, calls.target] == [100, 40]


def test_the_digest_of_that_week_keeps_what_was_done(session: Session, west: TeamRows) -> None:
    log(session, west, "First meetings", 2, WEDNESDAY, user=SAM)
    deactivate(session, WORKSPACE, SAM, WEDNESDAY)
    digest = digest_of_last_week(session, west.playbook(session), MONDAY)
    assert SAM in {rep.user_id for rep in digest.reps}
    assert SAM not in digest.silent
    later = digest_of_last_week(session, west.playbook(session), MONDAY + timedelta(days=7))
    assert SAM not in {rep.user_id for rep in later.reps}


def test_managers_are_told_once_however_often_it_is_said(session: Session, west: TeamRows) -> None:
    gone = Told(SAM, None, None, is_deleted=True)
    assert take_over(session, WORKSPACE, gone, WEDNESDAY)
    assert not take_over(session, WORKSPACE, gone, WEDNESDAY)
    assert notices(session) == [f"notice:left:{SAM}:{west.team_id}:{MORGAN}"]
    take_over(session, WORKSPACE, Told(SAM, None, None, is_deleted=False), WEDNESDAY)
    take_over(session, WORKSPACE, gone, WEDNESDAY)
    assert notices(session)[1:] == [f"notice:left:{SAM}:{west.team_id}:{MORGAN}#2"]


def test_the_same_person_of_another_workspace_is_another_person(
    session: Session, west: TeamRows
) -> None:
    there = a_team(session.connection, workspace_id=ELSEWHERE)
    with reaching(session.connection, ELSEWHERE):
        deactivate(session, ELSEWHERE, SAM, WEDNESDAY)
        assert there.rep(session, SAM).person.is_deactivated
        assert not there.rep(session, RILEY).person.is_deactivated
    assert not west.rep(session, SAM).person.is_deactivated


@pytest.mark.usefixtures("west")
def test_a_channel_of_another_workspace_is_another_channel(session: Session) -> None:
    a_team(session.connection, workspace_id=ELSEWHERE)
    lost = ChannelTrouble.ARCHIVED
    with reaching(session.connection, ELSEWHERE):
        assert channel_lost(session, ELSEWHERE, "C01WEST", lost, WEDNESDAY)
    assert not channel_found(session, WORKSPACE, "C01WEST")
    with reaching(session.connection, ELSEWHERE):
        assert channel_found(session, ELSEWHERE, "C01WEST")
        assert len(notices(session)) == 1
    assert notices(session) == []


def test_two_teams_in_one_channel_are_both_told(session: Session, west: TeamRows) -> None:
    east = a_team(session.connection, "East", reps=())
    lost = ChannelTrouble.NOT_IN_CHANNEL
    assert channel_lost(session, WORKSPACE, "C01WEST", lost, WEDNESDAY)
    assert {each.playbook(session).team.channel_trouble for each in (west, east)} == {lost.value}
    assert len(notices(session)) == 2
    assert not channel_lost(session, WORKSPACE, "C01WEST", lost, WEDNESDAY)
    failed = ChannelTrouble.ARCHIVED
    assert not channel_lost(session, WORKSPACE, "C01WEST", failed, WEDNESDAY, by_failure=True)
