"""A behaviour that nudges don't move is named every other day, and "why" says so (issue 5)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert

from bot.db.session import Session
from bot.db.tables import deliveries
from bot.domain.nudging.quiet_days import DRAWN
from bot.services.nudging import due_nudges
from bot.services.own_account import keep_resting, resting
from bot.services.requests.callers import Caller
from bot.services.requests.pressing import why
from bot.slack.messages.nudge import why_message
from tests.teams import RILEY, IndicatorRow, RepRow, TeamRows, a_team

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
A_DAY = timedelta(days=1)
REPS = tuple(RepRow(f"U{number:02}REP", f"Rep {number}", "UTC") for number in range(9))
CALLS = (
    IndicatorRow("New customers", "customers", "quarter", 12),
    IndicatorRow("Calls", "calls", "quarter", 660, "New customers"),
)


@pytest.fixture
def ten(session: Session) -> TeamRows:
    """Riley and nine more, all behind."""
    reps = (*REPS, RepRow(RILEY, "Riley", "UTC"))
    return a_team(session.connection, "Ten", reps=reps, managers=(), listed=CALLS)


def a_quarter_in_vain(session: Session, team: TeamRows) -> None:
    """Twelve weeks in which nobody ever did what they were nudged about, nor on quiet days."""
    rows = []
    for number, rep in enumerate(REPS):
        for back in range(1, 84):
            due = NOW - back * A_DAY
            quiet = (back + number) % 8 == 0
            rows.append(
                {
                    "workspace_id": team.workspace_id,
                    "key": f"nudge:{rep.user_id}:{due.date()}",
                    "kind": "nudge",
                    "team_id": team.team_id,
                    "person_id": team.people[rep.user_id],
                    "recipient": rep.user_id,
                    "payload": {
                        "named": [str(team.indicators["Calls"])],
                        "trial": "quiet" if quiet else "nudged",
                    },
                    "due_at": due,
                    "created_at": due,
                    "sent_at": None if quiet else due,
                    "state": "dropped" if quiet else "sent",
                    "reason": DRAWN if quiet else None,
                }
            )
    session.connection.execute(insert(deliveries), rows)


def test_it_is_named_every_other_day(session: Session, ten: TeamRows) -> None:
    assert resting(session, [ten.playbook(session)], NOW) == frozenset()
    a_quarter_in_vain(session, ten)
    assert resting(session, [ten.playbook(session)], NOW) == {ten.indicators["Calls"]}
    playbook = ten.playbook(session)
    named = [
        any(each.recipient == RILEY for each in due_nudges(session, [playbook], NOW + day * A_DAY))
        for day in range(2)
    ]
    assert sorted(named) == [False, True]


def test_why_says_so(session: Session, ten: TeamRows) -> None:
    a_quarter_in_vain(session, ten)
    caller = Caller(ten.workspace_id, RILEY, "press")
    told = why(session, caller, [ten.indicators["Calls"]], NOW)
    text = why_message(told.gaps, "09:00", told.rested).text
    assert "Calls is named every other day only" in text


def test_a_plan_keeps_it_for_the_week(session: Session, ten: TeamRows) -> None:
    a_quarter_in_vain(session, ten)
    keep_resting(session, [ten.playbook(session)], NOW)
    session.connection.execute(delete(deliveries))
    assert resting(session, [ten.playbook(session)], NOW + 3 * A_DAY) == {ten.indicators["Calls"]}
    assert resting(session, [ten.playbook(session)], NOW + 4 * A_DAY) == frozenset()  # Sunday
