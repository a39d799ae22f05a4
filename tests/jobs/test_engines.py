"""What every engine does, on one machine and on several."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.domain.ledger.occasions import DeliveryState
from bot.wiring import BeforeCommit
from jobs.deferring import defer_drains
from jobs.distributed import WorkerEngine
from jobs.embedded import EmbeddedEngine
from jobs.engine import Engine
from jobs.ticking import Tempo
from sandbox import Fault, Sandbox
from tests.jobs.conftest import IMPATIENT, WRITERS, Outbox
from tests.patience import until

QUICK = Tempo(sweep=0.5, heartbeat=0.2, silent=1.0, poll=0.2, look=0.1, again=0.1, finish=2.0)
AN_HOUR_S = 3600.0
SELDOM = replace(QUICK, sweep=AN_HOUR_S, poll=AN_HOUR_S)


@pytest.fixture(params=["embedded on sqlite", "embedded on postgresql", "distributed"])
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue("sqlite_url" if "sqlite" in kind else "postgresql_url")
    return url


@pytest.fixture
def before_commit(kind: str) -> BeforeCommit | None:
    return defer_drains if kind == "distributed" else None


@asynccontextmanager
async def at_work(kind: str, outbox: Outbox, tempo: Tempo = QUICK) -> AsyncIterator[Engine]:
    """An engine of the kind, started; it has ended when the block has."""
    engine: Engine = EmbeddedEngine(outbox.wired, WRITERS)
    if kind == "distributed":
        engine = WorkerEngine(outbox.wired, WRITERS, tempo, IMPATIENT)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


async def test_what_is_planned_is_sent_at_once(
    kind: str, outbox: Outbox, slack: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody looks whether something has been left, and no worker asks for jobs by itself."""
    monkeypatch.setattr("jobs.embedded.DRAIN_EVERY_S", AN_HOUR_S)
    async with at_work(kind, outbox, SELDOM) as engine:
        await outbox.plan(outbox.occasion("celebration:1"))
        engine.wake("T01TEST")
        await until(lambda: len(slack.messages("C01WEST")) > 0)


async def test_what_was_left_by_others_is_sent_with_the_next_tick(
    kind: str, outbox: Outbox, slack: Sandbox
) -> None:
    await outbox.plan(outbox.occasion("celebration:1"))
    async with at_work(kind, outbox):
        await until(lambda: len(slack.messages("C01WEST")) > 0)


async def test_news_overtakes_what_is_waiting(kind: str, outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.slow(0.15), times=None)
    await outbox.plan_posts([str(number) for number in range(30)])
    async with at_work(kind, outbox) as engine:
        engine.wake("T01TEST")
        await until(lambda: len(slack.messages("C01WEST")) > 0)
        await outbox.plan(outbox.occasion("celebration:1", "C02EAST"))
        engine.wake("T01TEST")
        await until(lambda: len(slack.messages("C02EAST")) > 0)
        assert len(slack.messages("C01WEST")) < 20


async def test_stopping_finishes_what_is_under_way_and_starts_nothing(
    kind: str, outbox: Outbox, slack: Sandbox
) -> None:
    slack.fail("chat.postMessage", Fault.slow(0.15), times=None)
    async with at_work(kind, outbox) as engine:
        await outbox.plan_posts([str(number) for number in range(5)])
        engine.wake("T01TEST")
        await until(lambda: len(slack.messages("C01WEST")) > 0)
    engine.wake("T01TEST")
    await asyncio.sleep(0.1)
    assert [message.text for message in slack.messages("C01WEST")] == ["recap:0"]
    assert await outbox.state("recap:0") is DeliveryState.SENT
    assert await outbox.state("recap:1") is DeliveryState.PLANNED


@pytest.mark.usefixtures("hasty")
async def test_a_broken_channel_holds_no_other_up(
    kind: str, outbox: Outbox, slack: Sandbox
) -> None:
    slack.fail("chat.postMessage", Fault.timeout_before(), times=None, channel="C02EAST")
    async with at_work(kind, outbox) as engine:
        await outbox.plan_posts(["1"], "C02EAST")
        engine.wake("T01TEST")
        await outbox.plan_posts(["2"])
        engine.wake("T01TEST")
        await until(lambda: len(slack.messages("C01WEST")) > 0)
