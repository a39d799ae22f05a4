"""The control API, the process of its own, the thread, and who may come in."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import NotPossible, Person, Sandbox
from tests.sandbox.conftest import Bot
from tests.sandbox.refusals import error
from tests.sandbox.samples import WEST, actions, button, modal

ROOT = Path(__file__).parents[2]


class Control:
    """Asks the control API."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    async def get(self, name: str, **asked: str) -> Any:
        async with self.session.get(self.url + name, params=asked) as answer:
            return await answer.json()

    async def post(self, name: str, **asked: Any) -> Any:
        async with self.session.post(self.url + name, json=asked) as answer:
            return await answer.json()


@pytest.fixture
async def control(slack: Sandbox) -> AsyncIterator[Control]:
    async with aiohttp.ClientSession() as session:
        yield Control(session, slack.control_url)


async def test_acting_through_it(control: Control, bot: Bot) -> None:
    bot.answer = {"text": "Recorded", "blocks": [actions(button())]}
    said = await control.post("command", user="U02RILEY", command="/log", text="5 calls")
    [message] = said["messages"]
    assert (said["status"], message["text"]) == (200, "Recorded")
    bot.answer = ""
    place = {"channel": message["channel"], "ts": message["ts"]}
    pressed = await control.post("press", user="U02RILEY", action_id="undo", **place)
    assert pressed["status"] == 200
    assert bot.last.payload["actions"][0]["action_id"] == "undo"
    await control.post("say", user="U02RILEY", text="Hello")
    await control.post("home", user="U02RILEY")
    await control.post("shortcut", user="U02RILEY", callback_id="log")
    own = await control.get("messages", user="U02RILEY")
    menu = {"channel": own[0]["channel"], "ts": own[0]["ts"], "callback_id": "kudos"}
    await control.post("message-action", user="U02RILEY", **menu)
    assert bot.last.payload["callback_id"] == "kudos"
    await control.post("event", event={"type": "app_uninstalled"})
    assert bot.last.payload["event"]["type"] == "app_uninstalled"
    assert [m["text"] for m in await control.get("messages", user="U02RILEY")] == ["Hello"]
    assert [m["text"] for m in await control.get("ephemerals", user="U02RILEY")] == ["Recorded"]


async def test_forms_through_it(
    slack: Sandbox, client: AsyncWebClient, control: Control, bot: Bot
) -> None:
    ticket = slack.team().tickets.trigger("U02RILEY")
    await client.views_open(trigger_id=ticket, view=modal(notify_on_close=True))
    shown = await control.get("views", user="U02RILEY")
    assert [view["title"]["text"] for view in shown["modals"]] == ["Log"]
    refused = await control.post("submit", user="U02RILEY")
    assert refused["error"] == "note has to be filled in"
    done = await control.post("submit", user="U02RILEY", values={"note": {"text": "x"}})
    assert done["closed"]
    assert "not open" in (await control.post("close", user="U02RILEY"))["error"]


async def test_looking_in(slack: Sandbox, client: AsyncWebClient, control: Control) -> None:
    posted = await client.chat_postMessage(channel="C01WEST", text="x")
    await client.chat_delete(channel="C01WEST", ts=posted["ts"])
    assert await control.get("messages", channel="C01WEST") == []
    gone = await control.get("messages", channel="C01WEST", deleted="1")
    assert gone[0]["deleted"]
    journal = await control.get("journal", after="1")
    assert [exchange["method"] for exchange in journal] == ["chat.delete"]
    [team] = await control.get("workspaces")
    assert team["id"] == "T01TEST"
    assert WEST.bot_token not in json.dumps([team, journal])


async def test_faults_through_it(client: AsyncWebClient, control: Control) -> None:
    fault = {"kind": "error", "code": "fatal_error", "accepted": True}
    await control.post("faults", method="chat.postMessage", fault=fault, times=None)
    assert await error(client.chat_postMessage(channel="C01WEST", text="x")) == "fatal_error"
    assert (await control.get("faults"))[0]["method"] == "chat.postMessage"
    await control.post("heal")
    assert await control.get("faults") == []
    await control.post("chaos", seed=1, chances=[{"fault": fault, "chance": 1}])
    assert await error(client.auth_test()) == "fatal_error"


async def test_the_bots_address_can_change(slack: Sandbox, control: Control, bot: Bot) -> None:
    slack.request_url = None
    await control.post("request-url", url=bot.url)
    assert (await control.post("command", user="U02RILEY", command="/log"))["status"] == 200
    assert await control.post("disconnect") == {"ended": 0}


async def test_wrong_requests_are_told_so(control: Control) -> None:
    assert "user_not_found" in (await control.post("home", user="U99NOBODY"))["error"]
    assert "unknown or missing" in (await control.post("command"))["error"]
    assert "error" in await control.post("faults", method="x", fault={"kind": "x", "y": 1})
    async with control.session.post(control.url + "home", data="{") as answer:
        assert answer.status == 400


def test_it_listens_on_this_machine_alone() -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1 alone"):
        Sandbox([WEST], host="0.0.0.0")


@pytest.mark.parametrize(
    "headers",
    [{"Host": "slack.com"}, {"Host": "evil.example:80"}, {"Origin": "https://evil.example"}],
)
async def test_other_names_are_refused(slack: Sandbox, headers: dict[str, str]) -> None:
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{slack.api_url}api.test") as answer,
    ):
        assert answer.status == 403


def test_from_synchronous_code() -> None:
    with Sandbox([WEST]).in_thread() as slack:
        client = WebClient(WEST.bot_token, base_url=slack.api_url)
        client.chat_postMessage(channel="U02RILEY", text="Hello")
        riley = slack.person("U02RILEY")
        assert [m.text for m in riley.direct_messages()] == ["Hello"]
        slack.request_url = "http://127.0.0.1:9/"
        reply = riley.command("/log")
        assert reply.error == "dispatch_failed"
        with pytest.raises(TimeoutError):
            slack.answered(reply, 0.02)
        assert riley.modal is None
        with pytest.raises(NotPossible):
            riley.command("/log", thread=True)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[str]:
    """The API address of a sandbox in a process of its own."""
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"workspaces": [asdict(WEST)]}, default=sorted))
    command = [sys.executable, "-m", "sandbox", "--seed", str(seed), "--no-rate-limits"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip().removeprefix("SLACK_API_URL=")
        running.terminate()
        assert running.wait(5) == 0


def test_as_a_process_of_its_own(process: str) -> None:
    client = WebClient(WEST.bot_token, base_url=process)
    client.chat_postMessage(channel="C01WEST", text="Hello")
    control = process.replace("/api/", "/_sandbox/messages?channel=C01WEST")
    with urllib.request.urlopen(control) as answer:
        assert [m["text"] for m in json.load(answer)] == ["Hello"]


def test_a_bad_seed_is_told(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    seed.write_text('[{"id": "T1", "colour": "red"}]')
    command = [sys.executable, "-m", "sandbox", "--seed", str(seed)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "colour" in ended.stderr


async def test_several_workspaces_need_a_name(riley: Person, slack: Sandbox) -> None:
    with pytest.raises(ValueError, match="there already"):
        slack.add_workspace(WEST)
    with pytest.raises(LookupError, match="T99"):
        slack.person("U02RILEY", workspace="T99")
