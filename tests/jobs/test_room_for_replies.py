"""Sends leave connections to what answers people, however many of them hang."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot.services import ledger
from bot.settings import Settings
from bot.slack.pace import Pace
from bot.wiring import Wired, session_for, wired
from jobs.deliver import Deliveries
from jobs.sending import Sender
from sandbox import Channel, Fault, Sandbox, User, Workspace
from tests.jobs.conftest import IMPATIENT, NOON, HurriedClock
from tests.jobs.test_many_workspaces import WRITERS, SandboxTokens, occasions
from tests.patience import until
from tests.teams import a_workspace

SENDS = 3
HANG_S = 8.0
"""Far longer than a Home takes, even on a busy machine."""
CROWD = [f"T{number}HANGS" for number in range(SENDS + 1)]
PEOPLE = "T1WELL"
HOME = {"type": "home", "blocks": [{"type": "divider"}]}


@pytest.fixture
async def slack(clock: HurriedClock) -> AsyncIterator[Sandbox]:
    rooms = (Channel("C01", "one"), Channel("C02", "two"))
    crowd = [Workspace(name, channels=rooms) for name in CROWD]
    people = Workspace(PEOPLE, users=(User("U02RILEY", "riley"),), channels=rooms)
    async with Sandbox([*crowd, people], rate_limits=False, clock=clock.now) as sandbox:
        yield sandbox


@pytest.fixture
async def bot(
    sqlite_url: str, slack: Sandbox, clock: HurriedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Wired]:
    """With few connections, so that few sends take all that sends may take."""
    monkeypatch.setattr("bot.slack.client.SENDS_AT_ONCE", SENDS)
    monkeypatch.setattr("bot.slack.client._FOR_REPLIES", 1)
    monkeypatch.setattr("jobs.sending.SENDS_AT_ONCE", SENDS)
    monkeypatch.setattr("bot.slack.client.TIMEOUT_S", HANG_S)
    settings = Settings(_env_file=None, database_url=sqlite_url, slack_api_url=slack.api_url)
    with session_for(settings) as session:
        for name in (*CROWD, PEOPLE):
            a_workspace(session.connection, name)
    tokens = SandboxTokens()
    async with wired(settings, clock=clock, pace=Pace(0, 0, 0), tokens=tokens) as parts:
        yield parts


async def test_a_home_is_shown_while_every_send_hangs(bot: Wired, slack: Sandbox) -> None:
    hanging = slack.fail("chat.postMessage", Fault.timeout_before(HANG_S), times=2 * SENDS)
    for name in CROWD:
        await bot.transactions.of(name).write(
            partial(ledger.add, occasions=occasions(name), now=NOON)
        )
    deliveries = Deliveries(bot, Sender(bot, WRITERS, IMPATIENT))
    drains = [asyncio.create_task(deliveries.drain(name, NOON)) for name in CROWD]
    await until(lambda: hanging.times == SENDS)
    client = await bot.clients.client_for(PEOPLE)
    assert client is not None
    async with asyncio.timeout(HANG_S / 2):
        await client.publish_home("U02RILEY", HOME)
    assert hanging.times == SENDS, "no more sends than there is room for"
    for drain in drains:
        drain.cancel()
    await asyncio.gather(*drains, return_exceptions=True)
