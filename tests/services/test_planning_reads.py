"""What planning reads of a large workspace: its own teams' rows, never everybody's (issue 6)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.db.session import Session, TeamPlaybooks
from bot.domain.portions import TEAMS_A_PORTION, Portion
from bot.services import workspaces
from bot.services.planning import plan_teams
from tests.services.ticking import settle
from tests.teams import WORKSPACE, RepRow, TeamRows, a_team

NINE = datetime(2026, 11, 16, 9, tzinfo=UTC)
"""A Monday."""
A_DAY = timedelta(days=1)
OF_ALL = re.compile(r"SCAN (?!anon_)(?!\d+ CONSTANT)|\(workspace_id=\?\)")
"""A whole table, or the whole workspace's part of one; lists are read whole, as they should be."""


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
    raw: Any = session.connection.connection.dbapi_connection
    after_a_start = Session(session.connection, TeamPlaybooks())
    asked: list[str] = []
    raw.set_trace_callback(asked.append)
    plan_portion(after_a_start, NINE + 3 * A_DAY)
    raw.set_trace_callback(None)
    reading = {each: raw.execute(f"EXPLAIN QUERY PLAN {each}").fetchall() for each in asked}
    steps = [(step[3], each) for each, plan in reading.items() for step in plan]
    assert len(steps) > len(asked) >= 15
    assert [each for each in steps if OF_ALL.search(each[0])] == []
