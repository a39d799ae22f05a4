"""What planning reads of a large workspace: its own teams' rows, never everybody's (issue 6)."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.db.session import Session, TeamPlaybooks
from bot.domain.portions import TEAMS_A_PORTION, Portion
from bot.services import workspaces
from bot.services.planning import plan_teams
from tests.services.explained import explained, too_wide
from tests.services.ticking import settle
from tests.teams import WORKSPACE, RepRow, TeamRows, a_team

NINE = datetime(2026, 11, 16, 9, tzinfo=UTC)
"""A Monday."""
A_DAY = timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def teams(session: Session) -> list[TeamRows]:
    """More than a portion, nobody of whom ever logs anything."""
    return [
        a_team(session.connection, f"Team {n}", reps=(RepRow(f"U{n}", "A"),))
        for n in range(TEAMS_A_PORTION + 5)
    ]


def plan_portion(session: Session, now: datetime) -> int:
    playbooks = workspaces.playbooks_of(session, Portion(WORKSPACE, 0))
    return len(plan_teams(session, playbooks, now))


def test_a_portion_of_a_workspace_is_planned_without_a_look_at_the_others(
    session: Session, teams: list[TeamRows]
) -> None:
    for day in range(3):  # three nudges ignored: the fourth plan asks what was logged since
        assert plan_portion(session, NINE + day * A_DAY)
        settle(session, teams[0], NINE + day * A_DAY)
    after_a_start = Session(session.connection, TeamPlaybooks())
    found = explained(session, lambda: plan_portion(after_a_start, NINE + 3 * A_DAY))
    assert len(found) >= 15
    assert too_wide(found) == []
