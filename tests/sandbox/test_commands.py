"""Slash commands, as they reach the bot and as their answers are shown."""

import asyncio
import time
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession, web

from sandbox import ManualClock, NotPossible, Person, Sandbox
from tests.sandbox.conftest import Bot
from tests.sandbox.samples import Json, actions, button, section


async def test_a_command_is_a_signed_form(bot: Bot, riley: Person) -> None:
    reply = await riley.command("/log", "5 calls & é <!channel>", channel="C01WEST")
    assert (reply.status, reply.body, reply.error, reply.message) == (200, "", None, None)
    heard = bot.last
    assert heard.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert abs(int(heard.headers["X-Slack-Request-Timestamp"]) - time.time()) < 5
    expected = {
        "command": "/log",
        "text": "5 calls & é <!channel>",
        "user_id": "U02RILEY",
        "user_name": "riley",
        "channel_id": "C01WEST",
        "channel_name": "west",
        "team_id": "T01TEST",
        "team_domain": "west",
        "api_app_id": "A0SANDBOX",
        "is_enterprise_install": "false",
    }
    assert expected.items() <= heard.form.items()
    assert heard.form["response_url"].startswith("http://127.0.0.1:")
    assert heard.form["trigger_id"].count(".") == 2


async def test_in_direct_messages_the_channel_has_no_name(bot: Bot, riley: Person) -> None:
    await riley.command("/pace")
    assert bot.last.form["channel_name"] == "directmessage"
    assert bot.last.form["channel_id"] == riley.direct_channel


ANSWERS: list[Any] = ["Recorded", {"text": "Recorded"}, {"blocks": [section("Recorded")]}]


@pytest.mark.parametrize("answer", ANSWERS)
async def test_an_answer_is_seen_by_one_alone(
    slack: Sandbox, bot: Bot, riley: Person, sam: Person, answer: Any
) -> None:
    bot.answer = answer
    reply = await riley.command("/log", "5 calls", channel="C01WEST")
    assert reply.message is not None
    assert "Recorded" in repr(reply.message)
    assert riley.ephemerals() == [reply.message]
    assert sam.ephemerals() == slack.messages("C01WEST") == []


async def test_an_answer_in_the_channel_is_seen_by_all(
    slack: Sandbox, bot: Bot, riley: Person
) -> None:
    bot.answer = {"response_type": "in_channel", "text": "Well done"}
    reply = await riley.command("/kudos", "@sam", channel="C02LOUNGE")
    assert slack.messages("C02LOUNGE") == [reply.message]
    assert riley.ephemerals() == []


async def test_an_answer_is_held_to_the_limits(bot: Bot, riley: Person) -> None:
    bot.answer = {"blocks": [section("x" * 3001)]}
    reply = await riley.command("/log")
    assert reply.error == "invalid_command_response"
    assert "invalid_blocks" in reply.detail
    assert "/blocks/0/text/text" in reply.detail
    assert riley.ephemerals() == []


async def test_a_failing_bot_is_told_of(bot: Bot, riley: Person) -> None:
    bot.answer = lambda _: web.Response(status=500, text="oops")
    reply = await riley.command("/log")
    assert (reply.status, reply.error, reply.detail) == (500, "dispatch_failed", "http_error")
    assert len(bot.heard) == 1


async def test_nobody_listens(slack: Sandbox, riley: Person) -> None:
    slack.request_url = "http://127.0.0.1:9/slack/events"
    reply = await riley.command("/log")
    assert (reply.error, reply.detail) == ("dispatch_failed", "connection_failed")


async def test_slack_waits_for_so_long_and_no_longer(
    slack: Sandbox, bot: Bot, riley: Person
) -> None:
    slack.patient(0.1)

    async def late(_: Json) -> str:
        await asyncio.sleep(0.2)
        return "too late"

    bot.answer = late
    reply = await riley.command("/log")
    assert (reply.status, reply.error) == (None, "operation_timeout")
    assert riley.ephemerals() == []
    assert slack.calls("/log")[0].error == "operation_timeout"


async def test_what_a_person_cannot_do(slack: Sandbox, bot: Bot, riley: Person) -> None:
    with pytest.raises(NotPossible, match="threads"):
        await riley.command("/log", channel="C01WEST", thread=True)
    with pytest.raises(NotPossible, match="not in"):
        await riley.command("/log", channel="C04BOARD")
    with pytest.raises(NotPossible, match="archived"):
        await riley.command("/log", channel="C03OLD")
    slack.revoke_token()
    with pytest.raises(NotPossible):
        await riley.command("/log")
    assert bot.heard == []


async def say(url: str, **body: Any) -> tuple[int, Json]:
    async with ClientSession() as session, session.post(url, json=body) as answer:
        return answer.status, await answer.json()


async def test_a_response_url_answers_later(bot: Bot, riley: Person) -> None:
    reply = await riley.command("/log", channel="C01WEST")
    url = bot.last.form["response_url"]
    assert await say(url, text="Later") == (200, {"ok": True})
    assert (await reply.answered()).text == "Later"
    await say(url, text="Better", replace_original=True)
    assert [m.text for m in riley.ephemerals()] == ["Better"]
    await say(url, response_type="in_channel", text="For all")
    assert [m.text for m in reply.messages] == ["Better", "For all"]


async def test_a_response_url_is_good_five_times(bot: Bot, riley: Person) -> None:
    await riley.command("/log")
    url = bot.last.form["response_url"]
    for _ in range(5):
        assert (await say(url, text="x"))[0] == 200
    assert await say(url, text="x") == (404, {"ok": False, "error": "used_url"})


async def test_a_response_url_is_good_for_half_an_hour(
    bot: Bot, riley: Person, clock: ManualClock
) -> None:
    await riley.command("/log")
    clock.advance(30 * 60)
    url = bot.last.form["response_url"]
    assert (await say(url, text="x"))[0] == 200
    clock.advance(1)
    assert await say(url, text="x") == (404, {"ok": False, "error": "expired_url"})
    assert (await say(f"{url}x", text="x"))[1]["error"] == "invalid_url"


async def test_a_response_url_refuses_what_a_message_could_not_say(bot: Bot, riley: Person) -> None:
    await riley.command("/log")
    url = bot.last.form["response_url"]
    assert (await say(url))[1]["error"] == "no_text"
    refused = await say(url, blocks=[actions(button("a"), button("a"))])
    assert refused[1]["error"] == "invalid_blocks"
    assert (await say(url, text="x", response_type="loud"))[1]["error"] == "invalid_payload"
    assert riley.ephemerals() == []


async def test_trigger_ids_live_three_seconds(
    slack: Sandbox, bot: Bot, riley: Person, clock: ManualClock
) -> None:
    tickets = slack.team().tickets
    await riley.command("/log")
    ticket = bot.last.form["trigger_id"]
    clock.advance(3)
    assert replace(tickets.exchange(ticket)).user == "U02RILEY"
