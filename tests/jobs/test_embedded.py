"""The engine of one machine."""

import asyncio
from collections.abc import Callable

from bot.domain.occasions import DeliveryState
from jobs.embedded import EmbeddedEngine
from sandbox import Fault, Sandbox
from tests.jobs.conftest import WRITERS, Outbox


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  the sandbox tells nobody
            await asyncio.sleep(0.01)


async def test_a_woken_engine_sends_at_once(outbox: Outbox, slack: Sandbox) -> None:
    engine = EmbeddedEngine(outbox.wired, WRITERS)
    await engine.start()
    await outbox.plan(outbox.occasion("celebration:1"))
    engine.wake("T01TEST")
    await until(lambda: len(slack.messages("C01WEST")) > 0, seconds=2)
    await engine.stop()


async def test_what_another_process_planned_is_sent_with_the_next_tick(
    outbox: Outbox, slack: Sandbox
) -> None:
    engine = EmbeddedEngine(outbox.wired, WRITERS)
    await engine.start()
    await outbox.plan(outbox.occasion("celebration:1"))
    await until(lambda: len(slack.messages("C01WEST")) > 0)
    await engine.stop()


async def test_stopping_finishes_what_is_under_way_and_starts_nothing(
    outbox: Outbox, slack: Sandbox
) -> None:
    slack.fail("chat.postMessage", Fault.slow(0.15))
    await outbox.plan_posts([str(number) for number in range(5)])
    engine = EmbeddedEngine(outbox.wired, WRITERS)
    engine.wake("T01TEST")
    await until(lambda: len(slack.messages("C01WEST")) > 0)
    await engine.stop()
    engine.wake("T01TEST")
    await asyncio.sleep(0.1)
    assert [message.text for message in slack.messages("C01WEST")] == ["recap:0"]
    assert await outbox.state("recap:0") is DeliveryState.SENT
    assert await outbox.state("recap:1") is DeliveryState.PLANNED


async def test_a_broken_workspace_holds_no_other_up(outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.timeout_before(), channel="C02EAST")
    await outbox.plan_posts(["1"], "C02EAST")
    engine = EmbeddedEngine(outbox.wired, WRITERS)
    engine.wake("T01TEST")
    await outbox.plan_posts(["2"])
    engine.wake("T01TEST")
    await until(lambda: len(slack.messages("C01WEST")) > 0, seconds=1)
    await engine.stop()


async def test_metrics_tell_what_was_sent_and_how_old_the_backlog_is(
    outbox: Outbox, slack: Sandbox
) -> None:
    engine = EmbeddedEngine(outbox.wired, WRITERS)
    await outbox.plan_posts(["1"])
    await engine.plan()
    await until(lambda: len(slack.messages("C01WEST")) > 0)
    await engine.stop()
    shown = outbox.wired.metrics.exposition().decode()
    assert 'pacesetter_deliveries_total{kind="recap",outcome="sent"} 1.0' in shown
    assert "pacesetter_oldest_due_seconds" in shown
