"""What a digest reads of a large workspace: its own team's rows, never everybody's (issue 6)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.db.session import Session
from bot.domain.experiments.agreed import Plan
from bot.services.digesting import digest_of_last_week
from bot.services.requests.callers import Caller
from bot.services.requests.pairing_people import Asked, propose
from bot.services.requests.planning_experiments import create
from tests.services.explained import explained, too_wide
from tests.services.months_of_entries import add_entries, weekly
from tests.services.one_to_one_rows import agreed
from tests.teams import INDICATORS, MORGAN, WORKSPACE, RepRow, TeamRows, a_team

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LAST_WEEK = date(2026, 11, 16)
BEFORE = MONDAY - timedelta(weeks=6)
MEETINGS = "First meetings"
MORGANS = Caller(WORKSPACE, MORGAN, "k")
REPS = [f"U{number}" for number in range(12)]
"""More than ten: of lists that long SQLite thinks otherwise than of shorter ones."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def big(session: Session) -> TeamRows:
    """Meetings for two months, commitments, an experiment that has ended and a pairing."""
    rows = [RepRow(each, each) for each in REPS]
    team = a_team(session.connection, "Big", reps=rows, listed=INDICATORS[:3])
    for number, each in enumerate(REPS):
        add_entries(session, weekly(team, each, MEETINGS, 1 + number, LAST_WEEK, 8))
        agreed(session, rep=each, now=BEFORE)
    what = team.indicators[MEETINGS]
    begins, ends = date(2026, 10, 19), date(2026, 11, 22)
    plan = Plan(team.team_id, "Does it work?", "Asks first", what, None, begins, ends)
    create(session, MORGANS, plan, REPS[::2], REPS[1::2], BEFORE)
    propose(session, MORGANS, Asked(REPS[0], REPS[-1], what, for_skill=False), BEFORE)
    return team


def test_a_digest_reads_its_own_teams_rows_alone(
    session: Session, big: TeamRows, west: TeamRows
) -> None:
    playbook = big.playbook(session)
    found = explained(session, lambda: digest_of_last_week(session, playbook, MONDAY))
    assert len(found) >= 15
    assert too_wide(found) == []
