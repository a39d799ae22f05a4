"""What a person does at local-slack: its control API, and its page's socket for modals."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.end_to_end.foreign import (
    BOT_PORT,
    MODULES,
    SLACK_PORT,
    ForeignSlack,
    Json,
    foreign_slack,
)
from tests.patience import PATIENCE_S

WORKSPACE, CHANNEL = "T01TEST", "C01WEST"
MORGAN, RILEY, SAM = "U01MORGAN", "U02RILEY", "U03SAM"
TOKEN, APP_TOKEN, SECRET = "xoxb-west", "xapp-west", "west-signing-secret"
_NAMES = {MORGAN: "Morgan Price", RILEY: "Riley Stone", SAM: "Sam Hill"}


def _seed(mode: str) -> Json:
    return {
        "workspace": {"name": "West Ltd", "domain": "west", "teamId": WORKSPACE},
        "app": {
            "botToken": TOKEN,
            "appToken": APP_TOKEN,
            "signingSecret": SECRET,
            "mode": mode,
            "requestUrl": f"http://127.0.0.1:{BOT_PORT}/slack/events",
        },
        "users": [
            {"id": user, "name": name.split()[0].lower(), "real_name": name, "tz": "Europe/London"}
            for user, name in _NAMES.items()
        ],
        "channels": [{"id": CHANNEL, "name": "west", "members": [*_NAMES, "U0BOT"]}],
    }


@contextmanager
def local_slack(folder: Path, mode: str) -> Iterator["LocalSlack"]:
    """Runs it; `mode` is `events` (signed HTTP) or `socket`."""
    program = MODULES / "local-slack-linux-x64" / "bin" / "local-slack"
    options = ["--port", str(SLACK_PORT), "--base-host", "127.0.0.1", "--config"]
    with foreign_slack(folder, [str(program), *options], _seed(mode), TOKEN) as running:
        yield LocalSlack(running)


class LocalSlack:
    """Acts as one of its people. Waits for what the bot shows, for a while."""

    def __init__(self, slack: ForeignSlack) -> None:
        self.slack = slack

    async def command(self, user: str, command: str, text: str = "") -> Json:
        """Types a slash command in the channel; the message that answers it."""
        before = len(await self.messages())
        await self.type(user, command, text)
        return await self._next(before)

    async def type(self, user: str, command: str, text: str = "") -> None:
        """Types a slash command, whatever comes of it."""
        typed = {"user": user, "channel": CHANNEL, "command": command, "text": text}
        await self._post("command", typed)

    async def say(self, user: str, text: str) -> Json:
        """Writes to the bot in its direct messages; the message that answers it."""
        opened = await self.slack.call("conversations.open", users=user)
        channel = opened["channel"]["id"]
        before = len(await self.slack.messages(channel))
        await self._post("message", {"user": user, "channel": channel, "text": text})
        async with asyncio.timeout(PATIENCE_S):
            while True:
                now = await self.slack.messages(channel)
                if len(now) > before + 1:
                    return now[-1]
                await asyncio.sleep(0.05)

    async def press(self, user: str, message: Json, action: str) -> Json:
        """Presses the button whose action id begins so; the message that answers it."""
        before = await self.messages()
        pressed = {"user": user, "channel": CHANNEL, "messageTs": message["ts"]}
        await self._post("interact", pressed | {"action": button(message, action)})
        return await self._until(lambda now: now[-1] if now != before else None)

    async def press_in_modal(self, user: str, block_id: str) -> None:
        """Presses the button beside a row of the open modal. Unlike Slack, this one doesn't say in
        which view it was."""
        for block in (await self.open_modal())["blocks"]:
            if block.get("block_id") == block_id:
                pressed = {"user": user, "channel": CHANNEL, "messageTs": "0.0"}
                action = {**block["accessory"], "block_id": block_id}
                await self._post("interact", pressed | {"action": action})
                return
        raise AssertionError(f"no row {block_id!r}")

    async def modal_called(self, title: str) -> Json:
        """Waits for the modal with this title."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                view = await self.open_modal()
                if view["title"]["text"] == title:
                    return view
                await asyncio.sleep(0.05)

    async def send(self, user: str, values: Mapping[str, Any]) -> None:
        """Submits the open modal, whatever comes of it."""
        async with self.slack.client() as client, client.ws_connect("/ui") as page:
            await page.receive_json()
            await page.send_json({"t": "view_submit", "user": user, "values": values})

    async def messages(self) -> list[Json]:
        """Everything in the channel, also what only one person sees, oldest first."""
        async with self.slack.client() as client:
            answer = await client.get(f"/_control/messages/{CHANNEL}")
            found: list[Json] = (await answer.json())["messages"]
        return found

    async def connected(self) -> None:
        """Waits for the bot's connection, where it is by Socket Mode."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                (app,) = (await self._snapshot())["apps"]
                if app["mode"] != "socket" or app["connected"]:
                    return
                await asyncio.sleep(0.05)

    async def open_modal(self) -> Json:
        """Waits for the modal that is open."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                stack: list[Json] = (await self._snapshot())["modalStack"]
                if stack:
                    return stack[-1]
                await asyncio.sleep(0.05)

    async def submit(self, user: str, values: Mapping[str, Any]) -> Json:
        """Submits the open modal with the state of its blocks; the message that answers."""
        before = len(await self.messages())
        async with self.slack.client() as client, client.ws_connect("/ui") as page:
            await page.send_json({"t": "view_submit", "user": user, "values": values})
            return await self._next(before)

    async def _snapshot(self) -> Json:
        async with self.slack.client() as client, client.ws_connect("/ui") as page:
            state: Json = (await page.receive_json())["state"]
            return state

    async def _next(self, before: int) -> Json:
        return await self._until(lambda now: now[-1] if len(now) > before else None)

    async def _until(self, found: Callable[[list[Json]], Json | None]) -> Json:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                answer = found(await self.messages())
                if answer is not None:
                    return answer
                await asyncio.sleep(0.05)

    async def _post(self, endpoint: str, body: Json) -> None:
        async with (
            self.slack.client() as client,
            client.post(f"/_control/{endpoint}", json=body) as answer,
        ):
            assert answer.ok, await answer.text()


def button(message: Json, action: str) -> Json:
    """The element of a message whose action id begins so."""
    for block in message.get("blocks", ()):
        for element in block.get("elements", ()):
            if str(element.get("action_id", "")).startswith(action):
                return {**element, "block_id": block["block_id"]}
    raise AssertionError(f"no {action!r} in {message}")
