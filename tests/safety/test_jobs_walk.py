"""Every job, with two workspaces that look the same and are both served (issue 7).

The jobs are the worker's own; one that isn't walked fails here.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.db.engine import make_engine
from bot.settings import Settings
from bot.slack.pace import Pace
from bot.wiring import Wired, wired
from jobs.channels import recheck_channels
from jobs.deferring import DRAIN, PLAN, PLAN_TEAMS, PRUNE, RECHECK, SWEEP, TICK
from jobs.deliver import Deliveries
from jobs.distributed import WorkerEngine
from jobs.plan import due_portions, plan_portion
from jobs.prune import prune
from jobs.sending import Sender
from jobs.writers import all_writers
from sandbox import Channel, Sandbox, User, Workspace
from tests.handlers.conftest import HandClock
from tests.jobs.conftest import _terse_log
from tests.jobs.test_many_workspaces import SandboxTokens
from tests.safety.recorded import MONDAY
from tests.safety.test_walk import database_url, twins
from tests.safety.twins import (
    ADMIN,
    NADIA,
    NOAH,
    OTHER,
    THEIRS,
    WORDS,
    make_telling_twins,
    rows_of,
)
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE

__all__ = ["_terse_log", "database_url", "twins"]  # fixtures
BOTH = {WORKSPACE: OTHER, OTHER: WORKSPACE}
PEOPLE = (MORGAN, RILEY, SAM, ALEX, ADMIN, NADIA, NOAH)


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """The same people and channels, twice."""
    users = tuple(User(user, user.lower(), user[3:].title()) for user in PEOPLE)
    rooms = (Channel("C01WEST", "west", PEOPLE), Channel("C02TALK", "talk", PEOPLE))
    two = [Workspace(each, users=users, channels=rooms) for each in BOTH]
    async with Sandbox(two, rate_limits=False, clock=lambda: MONDAY) as sandbox:
        yield sandbox


@asynccontextmanager
async def served(url: str, slack: Sandbox) -> AsyncIterator[Wired]:
    settings = Settings(_env_file=None, database_url=url, slack_api_url=slack.api_url)
    clock = HandClock(MONDAY)
    async with wired(settings, clock=clock, pace=Pace(0, 0, 0), tokens=SandboxTokens()) as bot:
        yield bot


def told(slack: Sandbox, workspace_id: str) -> list[str]:
    """What was asked of a workspace's Slack."""
    asked = [each for each in slack.journal if each.workspace == workspace_id]
    return [repr((each.method, each.body)) for each in asked]


def mixed_up(slack: Sandbox) -> list[str]:
    """What was said in a workspace though only the other one's rows hold it."""
    own, other = (repr(told(slack, each)) for each in BOTH)
    assert WORDS[OTHER] in other, "messages say the names of behaviours"
    foreign = {own: (WORDS[OTHER], OTHER, f"{THEIRS:,}"), other: (WORDS[WORKSPACE], WORKSPACE)}
    return [word for said, words in foreign.items() for word in words if word in said]


@pytest.mark.usefixtures("twins")
async def test_planning_and_sending_for_one_says_and_changes_nothing_of_the_other(
    database_url: str, slack: Sandbox
) -> None:
    outside = make_engine(database_url)
    async with served(database_url, slack) as bot:
        deliveries = Deliveries(bot, Sender(bot, all_writers()))
        portions = await due_portions(bot, MONDAY)
        assert {each.workspace_id for each in portions} == set(BOTH)
        for workspace_id, other in BOTH.items():
            before, said = rows_of(outside, other), told(slack, other)
            for portion in portions:
                if portion.workspace_id == workspace_id:
                    assert await plan_portion(bot, portion, MONDAY) == 0
            await deliveries.drain(workspace_id)
            assert told(slack, workspace_id)
            assert rows_of(outside, other) == before
            assert told(slack, other) == said
        await recheck_channels(bot)
        await prune(bot, MONDAY)
    assert mixed_up(slack) == []
    outside.dispose()


async def test_each_job_of_a_worker_keeps_to_its_workspace(
    postgresql_url: str, slack: Sandbox
) -> None:
    both, engine = make_telling_twins(postgresql_url), make_engine(postgresql_url)
    async with served(postgresql_url, slack) as bot:
        worker = WorkerEngine(bot, all_writers())
        tasks = {name: each for name, each in worker._queue.app.tasks.items() if "." not in name}
        everybodys = {TICK: 1, SWEEP: 1, RECHECK: 1, PRUNE: 1}
        assert set(tasks) == {*everybodys, PLAN, PLAN_TEAMS, DRAIN}
        await worker._queue.app.open_async()
        portions = await due_portions(bot, MONDAY)
        teams = {WORKSPACE: both.own.team_id, OTHER: both.ids["teams"][0]}
        for workspace_id, other in BOTH.items():
            before, said = rows_of(engine, other), told(slack, other)
            await tasks[PLAN](team_id=teams[workspace_id])
            for portion in portions:
                if portion.workspace_id == workspace_id:
                    await tasks[PLAN_TEAMS](workspace_id=workspace_id, number=portion.number)
            await tasks[DRAIN](workspace_id=workspace_id)
            assert told(slack, workspace_id)
            assert (rows_of(engine, other), told(slack, other)) == (before, said)
        for name, moment in everybodys.items():
            await tasks[name](timestamp=moment)
        await worker._queue.app.close_async()
    assert mixed_up(slack) == []
    engine.dispose()
