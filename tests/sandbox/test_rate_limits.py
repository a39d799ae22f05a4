"""About a message a second per channel, and so many calls a minute."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import ManualClock, RateLimits, Sandbox
from tests.sandbox.refusals import error
from tests.sandbox.samples import WEST


async def post(client: AsyncWebClient, channel: str = "C01WEST") -> None:
    await client.chat_postMessage(channel=channel, text="x")


async def test_a_burst_then_one_a_second(client: AsyncWebClient, clock: ManualClock) -> None:
    for _ in range(3):
        await post(client)
    with pytest.raises(SlackApiError) as caught:
        await post(client)
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"
    assert caught.value.response["error"] == "ratelimited"
    clock.advance(1)
    await post(client)
    assert await error(client.chat_postMessage(channel="C01WEST", text="x")) == "ratelimited"


async def test_channels_have_their_own_pace(client: AsyncWebClient) -> None:
    for _ in range(3):
        await post(client)
    for _ in range(3):
        await post(client, "U02RILEY")
    direct = (await client.conversations_open(users="U02RILEY"))["channel"]["id"]
    assert await error(client.chat_postMessage(channel=direct, text="x")) == "ratelimited"


async def test_a_refused_message_is_not_there(slack: Sandbox, client: AsyncWebClient) -> None:
    for _ in range(3):
        await post(client)
    await error(client.chat_postMessage(channel="C01WEST", text="x"))
    assert len(slack.messages("C01WEST")) == 3


async def test_tiers_count_by_the_minute(client: AsyncWebClient, clock: ManualClock) -> None:
    for _ in range(20):
        await client.users_list()
    with pytest.raises(SlackApiError) as caught:
        await client.users_list()
    assert caught.value.response.headers["Retry-After"] == "60"
    assert (await client.users_info(user="U02RILEY"))["ok"]
    clock.advance(60)
    await client.users_list()


async def test_a_workspace_has_a_limit_of_its_own(clock: ManualClock) -> None:
    limits = RateLimits(burst=100, posts_a_minute=5)
    async with Sandbox([WEST], clock=clock, rate_limits=limits) as slack:
        client = AsyncWebClient(WEST.bot_token, base_url=slack.api_url, retry_handlers=[])
        for channel in ["C01WEST", "C04BOARD", "U02RILEY", "U03SAM", "U01MORGAN"]:
            await post(client, channel)
        assert await error(client.chat_postMessage(channel="C01WEST", text="x")) == "ratelimited"


async def test_limits_can_be_switched_off() -> None:
    async with Sandbox([WEST], rate_limits=False) as slack:
        client = AsyncWebClient(WEST.bot_token, base_url=slack.api_url, retry_handlers=[])
        for _ in range(30):
            await post(client)
        assert len(slack.messages("C01WEST")) == 30
