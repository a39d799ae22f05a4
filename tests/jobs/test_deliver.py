"""Draining the ledger: everything due, once, in order, whatever Slack does."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.ledger.occasions import DeliveryState
from sandbox import Fault, Sandbox
from tests.jobs.conftest import NOON, Outbox
from tests.teams import WORKSPACE

LATER = NOON + timedelta(hours=1)
FAULTS = [
    Fault.rate_limited(1),
    Fault.server_error(),
    Fault.server_error(500, accepted=True),
    Fault.drop_before(),
    Fault.drop_after(),
    Fault.timeout_before(),
    Fault.timeout_after(),
    Fault.fatal_error(),
    Fault.fatal_error(accepted=True),
    Fault.internal_error(accepted=True),
]


def texts(slack: Sandbox, channel: str) -> list[str]:
    return [message.text for message in slack.messages(channel)]


def named(fault: Fault) -> str:
    return f"{fault.kind}-{fault.code}-{'accepted' if fault.accepted else 'not_accepted'}"


async def test_what_is_due_is_sent_once_and_recorded(outbox: Outbox, slack: Sandbox) -> None:
    await outbox.plan(outbox.occasion("recap:1"), outbox.occasion("recap:2", due_at=LATER))
    await outbox.drain()
    await outbox.drain()
    [message] = slack.messages("C01WEST")
    sent = await outbox.find("recap:1")
    assert (sent.state, sent.channel, sent.ts) == (DeliveryState.SENT, "C01WEST", message.ts)
    assert await outbox.state("recap:2") is DeliveryState.PLANNED


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", FAULTS, ids=named)
async def test_no_fault_of_slacks_loses_or_doubles_a_message(
    outbox: Outbox, slack: Sandbox, fault: Fault
) -> None:
    slack.fail("chat.postMessage", fault)
    keys = ["1", "2", "3"]
    await outbox.plan_posts(keys)
    await outbox.drain_to_the_end()
    assert texts(slack, "C01WEST") == [f"recap:{key}" for key in keys]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", FAULTS, ids=named)
async def test_looking_for_a_message_may_fail_too(
    outbox: Outbox, slack: Sandbox, fault: Fault
) -> None:
    slack.fail("chat.postMessage", Fault.drop_after())
    slack.fail("conversations.history", fault)
    await outbox.plan_posts(["1", "2"])
    await outbox.drain_to_the_end()
    assert texts(slack, "C01WEST") == ["recap:1", "recap:2"]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", FAULTS, ids=named)
async def test_opening_a_direct_conversation_may_fail_too(
    outbox: Outbox, slack: Sandbox, fault: Fault
) -> None:
    slack.fail("conversations.open", fault)
    await outbox.plan(outbox.occasion("nudge:1", "U02RILEY"))
    await outbox.drain_to_the_end()
    assert texts(slack, "U02RILEY") == ["nudge:1"]


async def test_an_unknown_outcome_stays_sending_until_it_is_looked_up(
    outbox: Outbox, slack: Sandbox
) -> None:
    slack.fail("chat.postMessage", Fault.drop_after())
    await outbox.plan_posts(["1"])
    await outbox.drain()
    assert await outbox.state("recap:1") is DeliveryState.SENDING
    await outbox.drain_to_the_end()
    assert await outbox.state("recap:1") is DeliveryState.SENT
    assert len(slack.calls("chat.postMessage")) == 1


async def test_chaos_neither_loses_nor_doubles_nor_reorders(outbox: Outbox, slack: Sandbox) -> None:
    odd = [Fault.drop_before(), Fault.drop_after(), Fault.server_error(), Fault.rate_limited(1)]
    slack.chaos(11, {**dict.fromkeys(odd, 0.08), Fault.fatal_error(accepted=True): 0.08})
    keys = [str(number) for number in range(12)]
    for channel in ("C01WEST", "C02EAST", "U02RILEY"):
        await outbox.plan(*(outbox.occasion(f"recap:{channel}:{n}", channel) for n in keys))
    await outbox.drain_to_the_end()
    for channel in ("C01WEST", "C02EAST", "U02RILEY"):
        assert texts(slack, channel) == [f"recap:{channel}:{n}" for n in keys]


async def test_retry_after_holds_that_channel_alone(outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.rate_limited(30), channel="C01WEST")
    await outbox.plan_posts(["1", "2"])
    await outbox.plan_posts(["3"], "C02EAST")
    await outbox.drain()
    assert texts(slack, "C01WEST") == []
    assert texts(slack, "C02EAST") == ["recap:3"]
    assert await outbox.state("recap:1") is DeliveryState.PLANNED
    assert len(slack.calls("chat.postMessage")) == 2


@pytest.mark.parametrize("code", ["restricted_action", "token_revoked", "account_inactive"])
async def test_a_final_refusal_ends_the_row_with_its_reason(
    outbox: Outbox, slack: Sandbox, code: str
) -> None:
    slack.fail("chat.postMessage", Fault.error(code))
    await outbox.plan_posts(["1", "2"])
    await outbox.drain()
    assert await outbox.state("recap:1") is DeliveryState.FAILED
    assert len(await outbox.reason("recap:1") or "") > 20
    assert texts(slack, "C01WEST") == ["recap:2"]


async def test_what_a_mistyped_token_held_back_is_sent_with_the_right_one(
    outbox: Outbox, slack: Sandbox
) -> None:
    slack.fail("chat.postMessage", Fault.error("invalid_auth"))
    await outbox.plan_posts(["1", "2"])
    await outbox.drain()
    assert texts(slack, "C01WEST") == []
    await outbox.drain_to_the_end()
    assert texts(slack, "C01WEST") == ["recap:1", "recap:2"]


async def test_a_person_who_left_slack_is_a_final_refusal(outbox: Outbox, slack: Sandbox) -> None:
    await outbox.plan(outbox.occasion("nudge:1", "U99NOBODY"))
    await outbox.drain()
    assert await outbox.state("nudge:1") is DeliveryState.FAILED
    assert "person" in (await outbox.reason("nudge:1") or "")


async def test_a_direct_conversation_is_opened_once(outbox: Outbox, slack: Sandbox) -> None:
    await outbox.plan(*(outbox.occasion(f"nudge:{n}", "U02RILEY") for n in range(3)))
    await outbox.drain()
    await outbox.plan(outbox.occasion("nudge:4", "U02RILEY"))
    await outbox.drain()
    assert len(texts(slack, "U02RILEY")) == 4
    assert 1 <= len(slack.calls("conversations.open")) <= 3


async def test_what_comes_too_late_is_dropped(outbox: Outbox, slack: Sandbox) -> None:
    await outbox.plan(
        outbox.occasion("recap:1", expires_at=LATER),
        outbox.occasion("nudge:1", "U02RILEY", expires_at=LATER),
    )
    await outbox.drain(at=LATER)
    assert await outbox.state("recap:1") is DeliveryState.DROPPED
    assert await outbox.reason("recap:1") == "too late"
    assert await outbox.reason("nudge:1") == "the day was over"
    assert slack.calls("chat.postMessage") == []


async def test_what_came_too_late_but_is_there_counts_as_sent(
    outbox: Outbox, slack: Sandbox
) -> None:
    slack.fail("chat.postMessage", Fault.drop_after())
    await outbox.plan(outbox.occasion("recap:1", expires_at=LATER))
    await outbox.drain()
    await outbox.drain_to_the_end(at=LATER)
    assert await outbox.state("recap:1") is DeliveryState.SENT


async def test_two_drains_at_once_send_once(outbox: Outbox, slack: Sandbox) -> None:
    await outbox.plan_posts([str(number) for number in range(10)])
    here, there = outbox.deliveries(), outbox.deliveries()  # as two processes would
    await asyncio.gather(
        here.drain(WORKSPACE, NOON), there.drain(WORKSPACE, NOON), here.drain(WORKSPACE, NOON)
    )
    await outbox.drain_to_the_end()
    assert texts(slack, "C01WEST") == [f"recap:{number}" for number in range(10)]


async def test_a_celebration_goes_before_what_waits_elsewhere(
    outbox: Outbox, slack: Sandbox
) -> None:
    slack.fail("chat.postMessage", Fault.slow(0.05), times=None, channel="C02EAST")
    await outbox.plan_posts([str(number) for number in range(20)], "C02EAST")
    deliveries = outbox.deliveries()
    drain = asyncio.create_task(deliveries.drain(WORKSPACE, NOON))
    while not slack.messages("C02EAST"):  # noqa: ASYNC110  the sandbox tells nobody
        await asyncio.sleep(0.005)
    await outbox.plan(outbox.occasion("celebration:1"))
    assert deliveries.look_again(WORKSPACE)
    await drain
    order = [exchange.body["channel"] for exchange in slack.calls("chat.postMessage")]
    assert order.index("C01WEST") < 15


async def test_without_a_token_deliveries_stay_planned(outbox: Outbox, slack: Sandbox) -> None:
    await outbox.plan_posts(["1"])
    await outbox.deliveries().drain("T99OTHER", NOON)
    assert await outbox.state("recap:1") is DeliveryState.PLANNED


async def test_a_bug_in_one_message_stops_no_other(outbox: Outbox, slack: Sandbox) -> None:
    await outbox.plan(outbox.occasion("recap:1", payload={"parts": "x"}))
    await outbox.plan_posts(["2"], "C02EAST")
    await outbox.drain()
    assert texts(slack, "C02EAST") == ["recap:2"]
    assert await outbox.state("recap:1") is DeliveryState.PLANNED
