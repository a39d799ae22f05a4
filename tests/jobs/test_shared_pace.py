"""The pace of a channel and of a workspace holds, whichever process sends; on real time."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from itertools import cycle, pairwise

import pytest

from bot.domain.ledger.occasions import Occasion, OccasionKind
from bot.services import ledger
from bot.settings import Settings
from bot.slack.pace import Pace
from bot.wiring import Wired, session_for, wired
from jobs.deferring import defer_drains
from jobs.deliver import Deliveries
from jobs.distributed import WorkerEngine
from jobs.sending import Sender
from sandbox import Channel, RateLimits, Sandbox, Workspace
from tests.jobs.test_engines import QUICK
from tests.jobs.test_many_workspaces import WRITERS, SandboxTokens
from tests.patience import until
from tests.teams import WORKSPACE, a_workspace

ROOMS = tuple(f"C{number:02}" for number in range(20))
ROOM = ROOMS[0]
AT_ONCE = 14
"""A workspace's share of three seconds."""
ONE_A_SECOND = RateLimits(burst=2)
"""Stricter than Slack, which allows short bursts; one more than one evens out how long a request
is on its way."""
ROUNDING_S = 0.2


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    workspace = Workspace(WORKSPACE, channels=tuple(Channel(each, each) for each in ROOMS))
    async with Sandbox([workspace], rate_limits=ONE_A_SECOND) as sandbox:
        yield sandbox


@pytest.fixture
def settings(postgresql_url: str, slack: Sandbox) -> Settings:
    made = Settings(_env_file=None, database_url=postgresql_url, slack_api_url=slack.api_url)
    with session_for(made) as session:
        a_workspace(session.connection)
    return made


@pytest.fixture
async def processes(settings: Settings) -> AsyncIterator[list[Wired]]:
    """The parts of two processes, each with a pace of its own."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                wired(settings, before_commit=defer_drains, tokens=SandboxTokens())
            )
            for _ in range(2)
        ]


async def plan(bot: Wired, name: str, *channels: str) -> None:
    """A message to each channel, due at once."""
    now = datetime.now(UTC)
    occasions = [
        Occasion(f"recap:{name}:{channel}", OccasionKind.RECAP, WORKSPACE, None, channel, now)
        for channel in channels
    ]
    work = partial(ledger.add, occasions=occasions, now=now)
    await bot.transactions.of(WORKSPACE).write(work)


def instants(slack: Sandbox) -> list[float]:
    """When messages came, in order, whatever the channel."""
    there = slack.calls("chat.postMessage")
    assert all(each.ok for each in there)
    return [each.at.timestamp() for each in there]


def has_more_than(slack: Sandbox, number: int) -> bool:
    return len(slack.messages(ROOM)) > number


async def test_a_channel_whose_drain_moves_keeps_its_second_between_messages(
    processes: list[Wired], slack: Sandbox
) -> None:
    drains = cycle(Deliveries(each, Sender(each, WRITERS)) for each in processes)
    for number in range(4):
        await plan(processes[0], str(number), ROOM)
        await next(drains).drain(WORKSPACE)
    came = instants(slack)
    assert len(came) == 4
    assert all(later - earlier > 1 - ROUNDING_S for earlier, later in pairwise(came))


async def test_of_two_workers_that_share_a_channel_slack_refuses_nothing(
    processes: list[Wired], slack: Sandbox
) -> None:
    workers = [WorkerEngine(each, WRITERS, QUICK) for each in processes]
    for worker in workers:
        await worker.start()
    for number in range(6):
        await plan(processes[0], str(number), ROOM)
        await until(partial(has_more_than, slack, number))
    for worker in workers:
        await worker.stop()
    assert len(instants(slack)) == 6


async def test_a_workspaces_limit_counts_what_other_processes_have_just_sent(
    processes: list[Wired], slack: Sandbox
) -> None:
    first, second = (Deliveries(each, Sender(each, WRITERS)) for each in processes)
    await plan(processes[0], "first", *ROOMS[:AT_ONCE])
    await first.drain(WORKSPACE)
    await plan(processes[0], "second", *ROOMS[AT_ONCE:])
    await second.drain(WORKSPACE)
    came = instants(slack)
    assert len(came) == len(ROOMS)
    assert came[-1] - came[0] > (len(ROOMS) - AT_ONCE) * 60 / 280 - ROUNDING_S


async def test_what_others_sent_long_ago_holds_nothing_up() -> None:
    pace = Pace()
    pace.sent_elsewhere(WORKSPACE, ROOM, 5.0)
    assert await pace.turn(WORKSPACE, ROOM)
