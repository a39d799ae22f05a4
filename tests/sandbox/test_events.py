"""Events: their envelope, who subscribes, and the retries."""

import asyncio
from dataclasses import replace
from typing import Any

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import ManualClock, Person, Sandbox, User
from tests.patience import PATIENCE_S, until
from tests.sandbox.conftest import Bot
from tests.sandbox.samples import WEST, home


async def test_an_event_is_signed_json(bot: Bot, riley: Person) -> None:
    reply = await riley.open_home()
    assert (reply.status, reply.error) == (200, None)
    assert bot.last.headers["Content-Type"] == "application/json"
    payload = bot.last.payload
    assert (payload["type"], payload["team_id"]) == ("event_callback", "T01TEST")
    assert payload["event_id"].startswith("Ev")
    assert payload["authorizations"][0]["user_id"] == "U0BOT"
    event = payload["event"]
    assert (event["type"], event["user"], event["tab"]) == ("app_home_opened", "U02RILEY", "home")
    assert "view" not in event


async def test_a_home_that_is_there_comes_along(
    client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    await client.views_publish(user_id="U02RILEY", view=home())
    await riley.open_home()
    assert bot.last.payload["event"]["view"]["type"] == "home"


async def test_words_to_the_bot_are_told_words_to_others_are_not(bot: Bot, riley: Person) -> None:
    await riley.say("5 calls", "C01WEST")
    assert bot.heard == []
    said = await riley.say("5 calls")
    event = bot.last.payload["event"]
    assert (event["type"], event["channel_type"]) == ("message", "im")
    assert (event["text"], event["ts"]) == ("5 calls", said.ts)


async def eventually(bot: Bot, count: int) -> None:
    """Until the bot has heard so many requests."""
    await until(lambda: len(bot.heard) >= count)


async def test_what_is_not_taken_is_sent_again_three_times(
    slack: Sandbox, bot: Bot, riley: Person, clock: ManualClock
) -> None:
    bot.answer = lambda _: web.Response(status=500)
    await riley.open_home()
    await eventually(bot, 2)
    clock.advance(59)
    await asyncio.sleep(0.03)
    assert len(bot.heard) == 2
    clock.advance(1)
    await eventually(bot, 3)
    clock.advance(300)
    await slack.settled()
    assert len(bot.heard) == 4
    assert len({heard.payload["event_id"] for heard in bot.heard}) == 1
    numbers = [heard.headers.get("X-Slack-Retry-Num") for heard in bot.heard]
    assert numbers == [None, "1", "2", "3"]
    assert bot.last.headers["X-Slack-Retry-Reason"] == "http_error"
    assert [exchange.retry for exchange in slack.calls("app_home_opened")] == [0, 1, 2, 3]


async def test_a_retry_that_is_taken_is_the_last(slack: Sandbox, bot: Bot, riley: Person) -> None:
    bot.answer = lambda _: web.Response(status=500 if len(bot.heard) == 1 else 200)
    await riley.open_home()
    await slack.settled()
    assert len(bot.heard) == 2


async def test_a_bot_may_ask_for_no_retries(slack: Sandbox, bot: Bot, riley: Person) -> None:
    no_more = {"X-Slack-No-Retry": "1"}
    bot.answer = lambda _: web.Response(status=500, headers=no_more)
    await riley.open_home()
    await slack.settled()
    assert len(bot.heard) == 1


async def test_people_and_channels_change(slack: Sandbox, bot: Bot) -> None:
    await slack.change_user("U02RILEY", tz="Asia/Kathmandu")
    assert bot.last.payload["event"]["user"]["tz_offset"] == 20_700
    await slack.add_user(User("U06KIM", "kim"))
    assert bot.last.payload["event"]["type"] == "team_join"
    await slack.archive("C01WEST")
    assert bot.last.payload["event"] == {
        "type": "channel_archive",
        "channel": "C01WEST",
        "user": "U01MORGAN",
        "event_ts": bot.last.payload["event"]["event_ts"],
    }
    await slack.unarchive("C01WEST")
    await slack.remove_bot("C01WEST")
    assert "U0BOT" not in slack.team().conversations["C01WEST"].members


async def test_uninstalling_revokes_the_token(
    slack: Sandbox, client: AsyncWebClient, bot: Bot
) -> None:
    await slack.uninstall()
    told: list[Any] = [heard.payload["event"]["type"] for heard in bot.heard]
    assert told == ["tokens_revoked", "app_uninstalled"]
    assert not (await client.api_test()).get("error")
    assert slack.team().token_error == "account_inactive"


async def test_nothing_is_told_that_nobody_subscribes_to(clock: ManualClock) -> None:
    deaf = replace(WEST, events=frozenset())
    async with Sandbox([deaf], clock=clock).patient(PATIENCE_S) as slack:
        await slack.change_user("U02RILEY", tz="Asia/Tokyo")
        assert slack.journal == []
        await slack.emit({"type": "tokens_revoked"})
        assert [exchange.method for exchange in slack.journal] == ["tokens_revoked"]
