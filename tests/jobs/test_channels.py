"""What waits for a channel in trouble goes on once Slack says that it is fine again."""

import pytest

from bot.domain.ledger.occasions import DeliveryState
from jobs.channels import recheck_channels
from jobs.tick import tick
from sandbox import Fault, Sandbox
from tests.jobs.conftest import IMPATIENT, NOON, WRITERS, Outbox


def texts(slack: Sandbox) -> list[str]:
    return [message.text for message in slack.messages("C01WEST")]


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "channel_not_found"])
async def test_the_post_that_was_refused_and_the_rest_wait_until_all_is_well(
    outbox: Outbox, slack: Sandbox, code: str
) -> None:
    slack.fail("chat.postMessage", Fault.error(code), channel="C01WEST")
    await outbox.plan_posts(["1", "2"])
    await outbox.drain()
    assert await outbox.state("recap:1") is DeliveryState.PLANNED
    assert await outbox.state("recap:2") is DeliveryState.PLANNED
    await recheck_channels(outbox.wired)
    await outbox.drain()
    assert texts(slack) == ["recap:1", "recap:2"]


async def test_what_is_still_wrong_goes_on_waiting(outbox: Outbox, slack: Sandbox) -> None:
    slack.team().conversations["C01WEST"].is_archived = True
    await outbox.plan_posts(["1", "2"])
    await outbox.drain()
    await recheck_channels(outbox.wired)
    await outbox.drain()
    assert await outbox.state("recap:2") is DeliveryState.PLANNED
    slack.fail("conversations.info", Fault.error("internal_error"))
    await recheck_channels(outbox.wired)
    assert await outbox.state("recap:2") is DeliveryState.PLANNED


async def test_a_tick_looks_again_too(outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.error("is_archived"), channel="C01WEST")
    await outbox.plan_posts(["1", "2"])
    await outbox.drain()
    outcomes = await tick(NOON, outbox.wired, WRITERS, IMPATIENT)
    assert "recap:2" in {each.key for each in outcomes if each.state == "sent"}
