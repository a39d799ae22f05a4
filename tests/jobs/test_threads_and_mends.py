"""Messages that go on in a thread, and sent ones that are put right."""

from datetime import timedelta

import pytest

from bot.domain.ledger.occasions import DeliveryState, OccasionKind
from sandbox import Fault, Sandbox
from tests.jobs.conftest import NOON, Outbox


async def plan_digest(outbox: Outbox) -> None:
    await outbox.plan(outbox.occasion("digest:1", payload={"parts": ["two", "three"]}))


def thread(slack: Sandbox) -> list[tuple[str, bool]]:
    return [(message.text, message.is_reply) for message in slack.messages("C01WEST")]


async def test_a_long_message_goes_on_in_its_thread(outbox: Outbox, slack: Sandbox) -> None:
    await plan_digest(outbox)
    await outbox.drain()
    assert thread(slack) == [("digest:1", False), ("two", True), ("three", True)]
    assert await outbox.state("digest:1#part3") is DeliveryState.SENT


async def test_what_is_due_later_waits_for_the_whole_thread(outbox: Outbox, slack: Sandbox) -> None:
    later = NOON + timedelta(seconds=1)
    await plan_digest(outbox)
    await outbox.plan(outbox.occasion("recap:1", due_at=later))
    await outbox.drain(at=later)
    assert [text for text, _ in thread(slack)] == ["digest:1", "two", "three", "recap:1"]


@pytest.mark.parametrize("fault", [Fault.drop_after(), Fault.drop_before(), Fault.rate_limited(1)])
@pytest.mark.parametrize("after", [0, 1, 2])
async def test_each_part_is_there_once_whichever_one_fails(
    outbox: Outbox, slack: Sandbox, fault: Fault, after: int
) -> None:
    slack.fail("chat.postMessage", Fault.slow(0), times=after)
    slack.fail("chat.postMessage", fault)
    await plan_digest(outbox)
    await outbox.drain_to_the_end()
    assert thread(slack) == [("digest:1", False), ("two", True), ("three", True)]


async def test_parts_without_their_beginning_are_dropped(outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.error("restricted_action"))
    await plan_digest(outbox)
    await outbox.drain()
    assert thread(slack) == []
    assert await outbox.state("digest:1#part2") is DeliveryState.DROPPED


async def test_parts_say_what_they_said_when_their_beginning_went_out(
    outbox: Outbox, slack: Sandbox
) -> None:
    slack.fail("chat.postMessage", Fault.slow(0))
    slack.fail("chat.postMessage", Fault.rate_limited(1))
    await plan_digest(outbox)
    await outbox.drain()

    def changed(*_: object) -> object:
        raise AssertionError("not written anew")

    outbox.writers = dict.fromkeys(OccasionKind, changed)  # type: ignore[arg-type]
    await outbox.drain_to_the_end()
    assert [text for text, _ in thread(slack)] == ["digest:1", "two", "three"]


async def test_a_mend_changes_the_sent_message(outbox: Outbox, slack: Sandbox) -> None:
    await outbox.plan(outbox.occasion("celebration:1"))
    await outbox.drain()
    await outbox.plan(outbox.occasion("mend:celebration:1:1", payload={"says": "put right"}))
    await outbox.drain()
    assert thread(slack) == [("put right", False)]
    assert await outbox.state("mend:celebration:1:1") is DeliveryState.SENT


@pytest.mark.parametrize("fault", [None, Fault.drop_after(), Fault.rate_limited(1)])
async def test_a_mend_may_remove_the_message(
    outbox: Outbox, slack: Sandbox, fault: Fault | None
) -> None:
    await outbox.plan(outbox.occasion("celebration:1"))
    await outbox.drain()
    if fault:
        slack.fail("chat.delete", fault)
    await outbox.plan(outbox.occasion("mend:celebration:1:1", payload={"gone": 1}))
    await outbox.drain_to_the_end()
    assert thread(slack) == []
    assert await outbox.state("mend:celebration:1:1") is DeliveryState.SENT


async def test_a_message_that_somebody_deleted_is_mended_already(
    outbox: Outbox, slack: Sandbox
) -> None:
    await outbox.plan(outbox.occasion("celebration:1"))
    await outbox.drain()
    slack.fail("chat.update", Fault.error("message_not_found"))
    await outbox.plan(outbox.occasion("mend:celebration:1:1"))
    await outbox.drain()
    assert await outbox.state("mend:celebration:1:1") is DeliveryState.SENT


async def test_a_mend_follows_the_message_that_it_mends(outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.drop_after())
    await outbox.plan(
        outbox.occasion("celebration:1"),
        outbox.occasion("mend:celebration:1:1", payload={"says": "put right"}),
    )
    await outbox.drain_to_the_end()
    assert thread(slack) == [("put right", False)]


async def test_what_was_never_sent_needs_no_mend(outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.error("restricted_action"))
    await outbox.plan(outbox.occasion("celebration:1"), outbox.occasion("mend:celebration:1:1"))
    await outbox.drain()
    assert await outbox.state("mend:celebration:1:1") is DeliveryState.DROPPED
