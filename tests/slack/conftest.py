"""A sandbox with one workspace, and the client that talks to it over real HTTP."""

from collections.abc import AsyncIterator

import pytest

from bot.slack.client import SlackClient, open_session
from sandbox import Channel, Sandbox, User, Workspace

WORKSPACE = Workspace(
    "T01TEST",
    users=(User("U02RILEY", "riley", "Riley Reed"), User("U09GONE", "gone", deleted=True)),
    channels=(
        Channel("C01WEST", "west"),
        Channel("C02OLD", "old", is_archived=True),
        Channel("C03OUT", "out", has_bot=False),
    ),
)


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(workspaces=[WORKSPACE], rate_limits=False) as sandbox:
        yield sandbox


@pytest.fixture
async def client(slack: Sandbox) -> AsyncIterator[SlackClient]:
    async with open_session() as session:
        yield SlackClient(WORKSPACE.bot_token, slack.api_url, session)
