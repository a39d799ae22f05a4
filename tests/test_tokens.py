"""Tokens that expire: renewed once, whoever asks and however many processes there are."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.db.tables import installations
from bot.services.installing.keys import new_key
from bot.wiring import wired
from sandbox import Fault, Sandbox
from tests.handlers.conftest import HandClock
from tests.handlers.installing import ROTATING, Installable, installable, settings_for
from tests.teams import WORKSPACE

KEY = new_key()


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Installable]:
    """Installed, with a token that expires in twelve hours."""
    async with installable(database_url, ROTATING, KEY) as running:
        await running.install()
        yield running


def renewals(slack: Sandbox) -> int:
    asked = slack.calls("oauth.v2.access")
    return sum(each.body.get("grant_type") == "refresh_token" for each in asked)


async def test_a_token_that_is_good_for_long_is_left_alone(bot: Installable) -> None:
    bot.clock.advance(hours=11)
    first = await bot.token()
    assert first is not None
    assert renewals(bot.slack) == 0


async def test_an_expired_token_is_renewed_once_however_many_ask(bot: Installable) -> None:
    first = await bot.token()
    bot.clock.advance(hours=13)
    tokens = set(await asyncio.gather(*(bot.token() for _ in range(20))))
    assert len(tokens) == 1
    assert first not in tokens
    assert renewals(bot.slack) == 1


async def test_the_job_renews_long_before_anybody_has_to_wait(bot: Installable) -> None:
    bot.clock.advance(hours=10, minutes=30)
    await bot.installing.tokens.renew_ahead(timedelta(hours=2))
    assert renewals(bot.slack) == 1
    await bot.installing.tokens.renew_ahead(timedelta(hours=2))
    assert renewals(bot.slack) == 1


async def test_a_send_outside_a_request_renews_too(bot: Installable) -> None:
    bot.clock.advance(hours=13)
    outcomes = await bot.tick()
    assert [each.state for each in outcomes] == ["sent"]
    assert renewals(bot.slack) == 1


async def test_a_token_that_slack_calls_expired_is_renewed_and_the_message_waits(
    bot: Installable,
) -> None:
    bot.slack.fail("conversations.open", Fault.error("token_expired"))
    await bot.tick()
    bot.clock.advance(minutes=1)
    outcomes = await bot.tick()
    assert [each.state for each in outcomes] == ["sent"]
    assert renewals(bot.slack) == 1


async def test_while_slack_is_away_the_present_token_serves_on(bot: Installable) -> None:
    first = await bot.token()
    bot.slack.fail("oauth.v2.access", Fault.server_error(), None)
    bot.clock.advance(hours=11, minutes=45)
    assert await bot.token() == first
    bot.clock.advance(minutes=30)
    assert await bot.token() is None
    bot.slack.heal()
    bot.clock.advance(minutes=1)
    assert await bot.token() not in {None, first}


async def test_a_refresh_token_that_is_used_up_serves_until_it_expires(bot: Installable) -> None:
    first = await bot.token()
    bot.slack.world.desk._refreshes.clear()
    bot.clock.advance(hours=11, minutes=45)
    assert await bot.token() == first
    bot.clock.advance(minutes=30)
    assert await bot.token() is None
    assert "has run out" in (await bot.person().command("/pace")).text
    await bot.install()
    assert await bot.token() is not None


async def test_keys_may_rotate_while_a_token_is_renewed(bot: Installable) -> None:
    from bot.services.installing.keys import TokenKeys
    from bot.services.installing.rekeying import rekey

    bot.clock.advance(hours=13)
    bot.slack.fail("oauth.v2.access", Fault.slow(0.3))
    newer = TokenKeys.parse(f"{new_key()},{KEY}")
    waiting = asyncio.create_task(bot.token())
    await asyncio.sleep(0.1)
    assert await bot.bot.transactions.of(WORKSPACE).write(lambda s: rekey(s, newer, WORKSPACE))
    assert await waiting is not None
    assert renewals(bot.slack) == 1


def _asks(url: str, api_url: str, key: str, seconds: float, start: Any, told: Any) -> None:
    """Another process: it asks for the token as soon as all of them may."""

    async def ask() -> None:
        clock = HandClock()
        clock.advance(seconds=seconds)
        settings = settings_for(url, api_url, key, ROTATING)
        async with wired(settings, clock=clock) as bot:
            assert bot.installing is not None
            start.wait()
            told.put(await bot.installing.tokens.token_for(WORKSPACE))

    asyncio.run(ask())


async def test_two_processes_at_once_use_the_refresh_token_once(
    bot: Installable, database_url: str
) -> None:
    bot.clock.advance(hours=13)
    spawning = multiprocessing.get_context("spawn")
    start, told = spawning.Barrier(3), spawning.Queue()
    bot.slack.fail("oauth.v2.access", Fault.slow(0.3))
    asked = (database_url, bot.slack.api_url, KEY, 13 * 3600.0, start, told)
    both = [spawning.Process(target=_asks, args=asked) for _ in range(2)]
    for process in both:
        process.start()
    await asyncio.to_thread(start.wait, 30)
    tokens = {await asyncio.to_thread(told.get, True, 20) for _ in both}
    for process in both:
        await asyncio.to_thread(process.join, 10)
    assert len(tokens) == 1
    assert None not in tokens
    assert renewals(bot.slack) == 1
    bot.elsewhere()
    assert await bot.token() in tokens


async def test_a_token_in_another_workspaces_row_is_not_opened(bot: Installable) -> None:
    [row] = await bot.rows(select(installations))
    stolen = {**row._mapping, "workspace_id": "T09THIEF"}
    await bot.bot.transactions.everywhere.write(
        lambda s: s.connection.execute(installations.insert().values(stolen))
    )
    assert await bot.installing.tokens.token_for("T09THIEF") is None


async def test_a_crash_while_renewing_is_taken_over_after_the_lease(bot: Installable) -> None:
    bot.clock.advance(hours=13)
    until = bot.clock.now() + timedelta(seconds=30)
    await bot.bot.transactions.of(WORKSPACE).write(
        lambda s: s.connection.execute(update(installations).values(renewing_until=until))
    )
    bot.clock.advance(seconds=31)
    assert await bot.token() is not None
    assert renewals(bot.slack) == 1
