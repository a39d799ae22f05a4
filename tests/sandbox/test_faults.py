"""Faults on demand: what the caller meets, and whether the message is there."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Fault, RateLimits, Sandbox
from tests.patience import until
from tests.sandbox.refusals import error
from tests.sandbox.samples import WEST


def post(client: AsyncWebClient, channel: str = "C01WEST") -> Any:
    return client.chat_postMessage(channel=channel, text="x")


LINE_CUT = (aiohttp.ClientError, ConnectionError)
CUTS = {
    "dropped before": (Fault.drop_before(), 0),
    "dropped after": (Fault.drop_after(), 1),
    "timeout before": (Fault.timeout_before(0.1), 0),
    "timeout after": (Fault.timeout_after(0.1), 1),
}


@pytest.mark.parametrize("case", CUTS)
async def test_a_line_that_is_cut(slack: Sandbox, client: AsyncWebClient, case: str) -> None:
    fault, stored = CUTS[case]
    slack.fail("chat.postMessage", fault)
    with pytest.raises(LINE_CUT):
        await post(client)
    assert len(slack.messages("C01WEST")) == stored
    assert (await post(client))["ok"]


@pytest.mark.parametrize("fault, stored", [(Fault.timeout_before(), 0), (Fault.timeout_after(), 1)])
async def test_no_answer_until_the_caller_gives_up(
    slack: Sandbox, fault: Fault, stored: int
) -> None:
    hasty = AsyncWebClient(WEST.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=1)
    slack.fail("chat.postMessage", fault)
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(post(hasty), 0.2)
    await until(lambda: len(slack.messages("C01WEST")) == stored)


ANSWERS = {
    "internal_error": (Fault.internal_error(), 0),
    "internal_error, but done": (Fault.internal_error(accepted=True), 1),
    "fatal_error": (Fault.fatal_error(), 0),
    "fatal_error, but done": (Fault.fatal_error(accepted=True), 1),
    "token_revoked": (Fault.revoked_token(), 0),
}


@pytest.mark.parametrize("case", ANSWERS)
async def test_an_error_that_may_be_a_lie(
    slack: Sandbox, client: AsyncWebClient, case: str
) -> None:
    fault, stored = ANSWERS[case]
    slack.fail("chat.postMessage", fault)
    assert await error(post(client)) == case.partition(",")[0]
    assert len(slack.messages("C01WEST")) == stored


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_server_error(slack: Sandbox, client: AsyncWebClient, accepted: bool) -> None:
    slack.fail("chat.postMessage", Fault.server_error(502, accepted=accepted))
    with pytest.raises(SlackApiError) as caught:
        await post(client)
    assert caught.value.response.status_code == 502
    assert len(slack.messages("C01WEST")) == int(accepted)


async def test_a_refusal_with_retry_after(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", Fault.rate_limited(7))
    with pytest.raises(SlackApiError) as caught:
        await post(client)
    assert caught.value.response.headers["Retry-After"] == "7"


async def test_a_slow_answer(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", Fault.slow(0.1))
    assert (await post(client))["ok"]
    assert slack.calls("chat.postMessage")[0].elapsed >= 0.1


async def test_faults_are_counted(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", Fault.internal_error(), times=2)
    assert [await error(post(client)) for _ in range(2)] == ["internal_error"] * 2
    assert (await post(client))["ok"]


async def test_faults_for_one_channel(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", Fault.internal_error(), None, channel="U02RILEY")
    assert (await post(client))["ok"]
    assert await error(post(client, "U02RILEY")) == "internal_error"
    direct = slack.person("U02RILEY").direct_channel
    assert await error(post(client, "U02RILEY")) == "internal_error"
    slack.heal()
    slack.fail("chat.postMessage", Fault.internal_error(), channel=direct)
    assert await error(post(client, "U02RILEY")) == "internal_error"


async def test_faults_for_any_method(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.fail("*", Fault.internal_error(), times=None)
    assert await error(client.auth_test()) == "internal_error"
    assert await error(post(client)) == "internal_error"
    slack.heal()
    assert (await client.auth_test())["ok"]


async def outcomes(seed: int) -> list[bool]:
    """Which of forty posts come through when a third of them fails."""
    limits = RateLimits(burst=100)
    async with Sandbox([WEST], rate_limits=limits) as slack:
        slack.chaos(seed, {Fault.internal_error(): 0.2, Fault.drop_after(): 0.15})
        client = AsyncWebClient(WEST.bot_token, base_url=slack.api_url, retry_handlers=[])
        for _ in range(40):
            try:
                await post(client)
            except (SlackApiError, *LINE_CUT):
                continue
        return [exchange.ok for exchange in slack.calls("chat.postMessage")]


async def test_chaos_is_the_same_for_the_same_seed() -> None:
    first, again, other = await outcomes(1), await outcomes(1), await outcomes(2)
    assert first == again
    assert first != other
    assert 5 < first.count(False) < 25


async def test_chaos_keeps_to_its_methods(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.chaos(1, {Fault.internal_error(): 1.0}, ["chat.postMessage"])
    assert (await client.auth_test())["ok"]
    assert await error(post(client)) == "internal_error"


async def test_the_journal_tells_of_faults_and_hides_tokens(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.fail("chat.postMessage", Fault.drop_after())
    with pytest.raises(LINE_CUT):
        await client.chat_postMessage(channel="C01WEST", text=f"my {WEST.bot_token}")
    [exchange] = slack.calls("chat.postMessage")
    assert (exchange.fault, exchange.error, exchange.status) == ("drop", "dropped", None)
    assert exchange.body == {"channel": "C01WEST", "text": "my xoxb-…"}
    assert WEST.bot_token not in repr(slack.journal)
