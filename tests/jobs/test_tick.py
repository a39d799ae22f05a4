"""A tick: everything due at one instant, then it ends."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.db.session import Session
from bot.db.tables import deliveries
from bot.domain.ledger.occasions import DeliveryState
from bot.services import ledger
from bot.slack.message import Message
from jobs.tick import Outcome, PlanningBroke, dry_run, tick
from sandbox import Fault, Sandbox
from tests.jobs.conftest import IMPATIENT, WRITERS, Outbox
from tests.teams import WORKSPACE, a_team

WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)
"""Riley (London) and Alex (Kolkata) are past 9 o'clock, Sam (New York) is not."""
SAID = Message("celebration:1", ())
NUDGES = ["nudge:U04ALEX:2026-11-25", "nudge:U02RILEY:2026-11-25"]


def nudges(outcomes: list[Outcome]) -> list[str]:
    return [outcome.key for outcome in outcomes if outcome.kind == "nudge"]


async def run(outbox: Outbox, at: datetime = WEDNESDAY) -> list[Outcome]:
    return await tick(at, outbox.wired, WRITERS, IMPATIENT)


async def rows(outbox: Outbox) -> int:
    query = select(func.count()).select_from(deliveries)
    return await outbox.wired.transactions.of(WORKSPACE).read(
        lambda session: int(session.connection.scalar(query) or 0)
    )


async def test_a_tick_plans_and_sends_what_is_due_in_order(outbox: Outbox, slack: Sandbox) -> None:
    outcomes = await run(outbox)
    assert nudges(outcomes) == NUDGES
    [riley] = [outcome for outcome in outcomes if outcome.recipient == "U02RILEY"]
    assert (riley.state, riley.text, riley.workspace) == ("sent", NUDGES[1], "T01TEST")
    assert riley.due_at == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert riley.behaviours == ("Calls",)
    assert len(slack.messages("U02RILEY")) == 1
    assert slack.messages("U03SAM") == []


async def test_a_second_tick_has_nothing_left_to_do(outbox: Outbox) -> None:
    await run(outbox)
    assert await run(outbox) == []


async def test_a_dry_run_lists_the_same_and_changes_nothing(outbox: Outbox, slack: Sandbox) -> None:
    listed = await dry_run(WEDNESDAY, outbox.wired, WRITERS)
    assert nudges(listed) == NUDGES
    assert {outcome.state for outcome in listed} == {None}
    assert await rows(outbox) == 0
    assert slack.journal == []
    assert nudges(await run(outbox)) == NUDGES


async def test_what_lost_its_point_is_not_listed(outbox: Outbox) -> None:
    evening = WEDNESDAY.replace(hour=19)
    await outbox.plan(outbox.occasion("nudge:1", "U02RILEY", expires_at=evening))
    assert "nudge:1" not in [outcome.key for outcome in await run(outbox, evening)]
    assert await outbox.state("nudge:1") is DeliveryState.DROPPED


async def test_a_workspace_that_has_had_enough_is_left_to_the_next_tick(
    outbox: Outbox, slack: Sandbox
) -> None:
    slack.fail("chat.postMessage", Fault.rate_limited(3600), times=None)
    for number in range(9):
        await outbox.plan(outbox.occasion(f"celebration:{number}", f"C{number:02}WEST"))
    async with asyncio.timeout(10):
        outcomes = await run(outbox)
    assert {outcome.state for outcome in outcomes} == {"deferred"}


@pytest.mark.parametrize("fault", [Fault.drop_after(), Fault.rate_limited(1)])
async def test_a_short_trouble_is_waited_for(outbox: Outbox, slack: Sandbox, fault: Fault) -> None:
    slack.fail("chat.postMessage", fault, channel="C01WEST")
    await outbox.plan(outbox.occasion("celebration:1"))
    outcomes = await run(outbox)
    assert {outcome.state for outcome in outcomes} == {"sent"}
    assert [m.text for m in slack.messages("C01WEST")].count("celebration:1") == 1


async def test_a_long_retry_after_is_left_to_the_next_tick(outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.rate_limited(600), channel="C01WEST")
    await outbox.plan(outbox.occasion("celebration:1"))
    states = {outcome.key: outcome.state for outcome in await run(outbox)}
    assert states["celebration:1"] == "deferred"
    assert states[NUDGES[1]] == "sent"


async def test_what_slack_refuses_is_failed(outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.error("restricted_action"), None, channel="C01WEST")
    await outbox.plan(outbox.occasion("celebration:1"))
    states = {outcome.key: outcome.state for outcome in await run(outbox)}
    assert states["celebration:1"] == "failed"


async def test_what_a_channel_without_the_bot_refuses_waits(outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.error("not_in_channel"), None, channel="C01WEST")
    await outbox.plan(outbox.occasion("celebration:1"))
    states = {outcome.key: outcome.state for outcome in await run(outbox)}
    assert states["celebration:1"] == "deferred"


@pytest.mark.parametrize("posted", [True, False])
async def test_a_tick_heals_what_a_killed_one_left(
    outbox: Outbox, slack: Sandbox, posted: bool
) -> None:
    await outbox.plan(outbox.occasion("celebration:1"))
    delivery = await outbox.find("celebration:1")
    wall = outbox.wired.clock.now()
    await outbox.wired.transactions.of(WORKSPACE).write(
        lambda session: ledger.claim(session, delivery.id, wall, timedelta(seconds=19))
    )
    client = await outbox.wired.clients.client_for("T01TEST")
    assert client is not None
    if posted:
        await client.post("C01WEST", SAID, "celebration:1")
    async with asyncio.timeout(19):
        outcomes = await run(outbox)
    assert [each.state for each in outcomes if each.key == "celebration:1"] == ["sent"]
    keys = [(m.metadata or {})["event_payload"]["key"] for m in slack.messages("C01WEST")]
    assert keys.count("celebration:1") == 1


async def test_the_parts_of_a_thread_are_no_occasions(outbox: Outbox, slack: Sandbox) -> None:
    await outbox.plan(outbox.occasion("digest:1", "U01MORGAN", payload={"parts": ["two"]}))
    outcomes = await run(outbox)
    assert [each.key for each in outcomes if each.key.startswith("digest:1")] == ["digest:1"]
    assert "two" in [message.text for message in slack.messages("U01MORGAN")]


async def test_a_team_that_cannot_be_planned_is_told_and_holds_no_other_up(
    outbox: Outbox, slack: Sandbox
) -> None:
    def add_a_broken_team(session: Session) -> None:
        a_team(session.connection, "East", reps=(), managers=(), timezone="Nowhere/Land")

    await outbox.wired.transactions.of(WORKSPACE).write(add_a_broken_team)
    with pytest.raises(PlanningBroke, match="One team could not be planned") as broken:
        await run(outbox)
    assert nudges(broken.value.outcomes) == NUDGES
    assert len(slack.messages("U02RILEY")) == 1
