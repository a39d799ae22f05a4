"""What the page is told, without a browser: the stream, the host's controls, single exchanges."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Command, Control, Host, Person, Report, Sandbox, Workspace, commands_of
from sandbox.page.outlook import Outlook
from tests.patience import until
from tests.sandbox.conftest import Bot
from tests.sandbox.samples import WEST, Json, entry, section


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as running:
        yield running


def outlook(slack: Sandbox, user: str) -> Outlook:
    return Outlook(slack.world, slack.team(), user)


async def test_a_stream_begins_with_everything_and_goes_on_with_news(
    slack: Sandbox, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{slack.control_url}live", params={"user": "U03SAM"}) as stream:
        first = json.loads((await stream.content.readline()).removeprefix(b"data: "))
        assert first["team"]["me"] == "U03SAM"
        assert WEST.bot_token not in json.dumps(first)
        await stream.content.readline()
        await client.chat_postMessage(channel="C01WEST", text="News")
        news = json.loads((await stream.content.readline()).removeprefix(b"data: "))
        assert [message["text"] for message in news["messages"]] == ["News"]
        assert "team" not in news


async def test_nobody_is_told_of_what_others_see(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    bot.answer = "For Riley alone"
    await riley.command("/log", "5 calls", "C01WEST")
    await client.chat_postMessage(channel="U02RILEY", text="Also")
    await client.views_publish(user_id="U02RILEY", view={"type": "home", "blocks": [section()]})
    seen = outlook(slack, "U02RILEY").news()
    assert [message["text"] for message in seen["messages"]] == ["Also", "For Riley alone"]
    others = outlook(slack, "U03SAM").news()
    assert "messages" not in others
    assert others["home"] is None


async def test_only_what_changed_is_told_again(slack: Sandbox, client: AsyncWebClient) -> None:
    watching = outlook(slack, "U02RILEY")
    watching.news()
    assert list(watching.news()) == ["now"]
    sent = await client.chat_postMessage(channel="C01WEST", text="One")
    assert len(watching.news()["messages"]) == 1
    await client.chat_delete(channel="C01WEST", ts=sent["ts"])
    [gone] = watching.news()["messages"]
    assert gone == {"channel": "C01WEST", "ts": sent["ts"], "deleted": True}


async def test_an_input_of_a_message_reaches_the_bot_with_the_next_press(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    button: Json = {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
        ],
    }
    await client.chat_postMessage(channel="C01WEST", text="x", blocks=[entry(), button])
    [message] = slack.messages("C01WEST")
    await riley.enter(message, "text", "A note")
    assert bot.heard == []
    await riley.press(message, "go")
    assert bot.last.payload["state"]["values"]["note"]["text"]["value"] == "A note"


async def test_one_control_runs_at_a_time(slack: Sandbox, session: aiohttp.ClientSession) -> None:
    may_end = asyncio.Event()

    async def wait(report: Report, _: date | None) -> str:
        report("Waiting")
        await may_end.wait()
        return "Done"

    slack.host_program = Host(controls=(Control("wait", "Wait", wait),))
    url, body = f"{slack.control_url}run", {"control": "wait"}
    first = asyncio.create_task(session.post(url, json=body))
    await until(lambda: slack.world.running.lines == ["Waiting"])
    async with session.post(url, json=body) as second:
        assert (await second.json())["error"] == "time is moving already"
    may_end.set()
    async with await first as answer:
        assert (await answer.json())["lines"] == ["Waiting", "Done"]
    async with session.post(url, json={"control": "nothing"}) as unknown:
        assert unknown.status == 404


async def test_a_date_has_to_be_chosen(slack: Sandbox, session: aiohttp.ClientSession) -> None:
    async def never(report: Report, _: date | None) -> None:
        raise AssertionError

    slack.host_program = Host(controls=(Control("to", "To…", never, asks_for_date=True),))
    async with session.post(f"{slack.control_url}run", json={"control": "to"}) as answer:
        assert (await answer.json())["error"] == "choose a date"


async def test_one_exchange_in_full(
    slack: Sandbox, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    await client.chat_postMessage(channel="C01WEST", text="x")
    async with session.get(f"{slack.control_url}exchange", params={"number": "1"}) as answer:
        assert (await answer.json())["answer"]["ok"]
    async with session.get(f"{slack.control_url}exchange", params={"number": "9"}) as none:
        assert none.status == 404


def test_commands_come_from_the_manifest() -> None:
    declared = {"command": "/log", "description": "Log", "url": "x", "should_escape": True}
    [command] = commands_of({"features": {"slash_commands": [declared]}})
    assert command == Command("/log", "Log", "", should_escape=True)
    workspace: Workspace = replace(WEST, commands=[command])  # type: ignore[arg-type]
    assert workspace.commands == (command,)
