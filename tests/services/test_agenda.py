"""Which teams are looked at, and when: at their people's clock times, after changes and news."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.reach import EVERYWHERE, enter
from bot.db.session import Session
from bot.domain.portions import Portion
from bot.services.agenda import LOOK_AGAIN, Agenda
from tests.services.logging_entries import log
from tests.teams import TeamRows, a_team

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)  # Sam's nudge in New York is due at 14:00
A_MINUTE = timedelta(minutes=1)


def portion(team: TeamRows) -> Portion:
    return Portion.of(team.workspace_id, team.team_id)


@pytest.fixture
def agenda(session: Session, west: TeamRows) -> Agenda:
    """One that has just looked at West, at noon; it looks into every workspace."""
    enter(session.connection, EVERYWHERE)
    agenda = Agenda()
    assert agenda.due(session, NOON) == [portion(west)]
    return agenda


def test_a_team_in_which_nothing_falls_due_isnt_looked_at_each_minute(
    session: Session, agenda: Agenda
) -> None:
    assert [agenda.due(session, NOON + n * A_MINUTE) for n in range(1, 10)] == [[]] * 9


def test_it_is_looked_at_again_after_a_while(
    session: Session, west: TeamRows, agenda: Agenda
) -> None:
    assert agenda.due(session, NOON + LOOK_AGAIN + 4 * A_MINUTE) == [portion(west)]


def test_each_reps_nudge_time_in_the_reps_own_zone_is_kept(
    session: Session, west: TeamRows, agenda: Agenda
) -> None:
    just_before = NOON + timedelta(hours=1, minutes=59)
    agenda.due(session, just_before)
    assert agenda.due(session, just_before + A_MINUTE / 2) == []
    assert agenda.due(session, just_before + A_MINUTE) == [portion(west)]
    assert agenda.due(session, just_before + 2 * A_MINUTE) == []


def test_a_change_of_the_team_is_seen_at_once(
    session: Session, west: TeamRows, agenda: Agenda
) -> None:
    renew_revision(session.connection, west.team_id)
    assert agenda.due(session, NOON + A_MINUTE) == [portion(west)]
    assert agenda.due(session, NOON + 2 * A_MINUTE) == []


def test_a_milestone_is_seen_at_once(session: Session, west: TeamRows, agenda: Agenda) -> None:
    log(session, west, "First meetings", 1, NOON)
    assert agenda.due(session, NOON + A_MINUTE) == [portion(west)]


def test_what_came_to_nothing_is_looked_at_again(
    session: Session, west: TeamRows, agenda: Agenda
) -> None:
    agenda.forget(portion(west))
    assert agenda.due(session, NOON + A_MINUTE) == [portion(west)]


def test_a_clock_that_goes_back_hides_nothing(
    session: Session, west: TeamRows, agenda: Agenda
) -> None:
    assert agenda.due(session, NOON - timedelta(days=1)) == [portion(west)]


def test_a_team_in_a_zone_that_nobody_knows_holds_no_other_up(
    session: Session, west: TeamRows, agenda: Agenda
) -> None:
    east = a_team(
        session.connection,
        "East",
        reps=(),
        managers=(),
        timezone="Nowhere/Land",
        workspace_id="T02EAST",
    )
    just_before = NOON + timedelta(hours=1, minutes=59)
    assert agenda.due(session, just_before) == [portion(west), portion(east)]
    assert agenda.due(session, just_before + A_MINUTE) == [portion(west), portion(east)]
