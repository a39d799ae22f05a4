"""Slacks that others wrote, each in a network of its own, driven as a person or an app would."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.end_to_end.secluded import (
    Network,
    NoNetworkError,
    own_network,
    wait_until_listening,
)

MODULES = Path(__file__).parents[1] / "node_modules"
SLACK_PORT, BOT_PORT = 4000, 3000
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ForeignSlack:
    """A program that plays Slack inside `network`."""

    network: Network
    token: str

    @property
    def api_url(self) -> str:
        """Its Web API, as the bot sees it."""
        return f"http://127.0.0.1:{SLACK_PORT}/api/"

    async def call(self, method: str, **arguments: str) -> Json:
        """A Web API method, with the bot's token. Raises AssertionError where it is refused."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with (
            self.client() as client,
            client.post(f"/api/{method}", data=arguments, headers=headers) as answer,
        ):
            body: Json = await answer.json()
        assert body["ok"], f"{method}: {body}"
        return body

    async def direct_messages(self, user: str) -> list[Json]:
        """What the bot wrote to a person, oldest first."""
        opened = await self.call("conversations.open", users=user)
        return await self.messages(opened["channel"]["id"])

    async def messages(self, channel: str) -> list[Json]:
        """What is in a channel, oldest first."""
        history = await self.call(
            "conversations.history", channel=channel, include_all_metadata="true"
        )
        return list(reversed(history["messages"]))

    def client(self) -> aiohttp.ClientSession:
        """An HTTP client that reaches it; close it."""
        way = aiohttp.UnixConnector(self.network.socket(SLACK_PORT))
        return aiohttp.ClientSession(f"http://localhost:{SLACK_PORT}", connector=way)


@contextmanager
def foreign_slack(
    folder: Path, command: Sequence[str], seed: Mapping[str, Any], token: str
) -> Iterator[ForeignSlack]:
    """Runs a program that plays Slack; `seed` is its JSON file, given as the last argument.

    Skips the test where there is no Node, no such program, or no network of one's own.
    """
    if shutil.which("node") is None:
        pytest.skip("needs Node.js (tests/install-tools nodejs node)")
    if not MODULES.joinpath(".package-lock.json").exists():
        pytest.skip("needs tests/node_modules (tests/install-tools node)")
    seeded = folder / "seed.json"
    seeded.write_text(json.dumps(seed), encoding="utf-8")
    try:
        with (
            own_network(folder, [SLACK_PORT, BOT_PORT]) as network,
            _program(network, [*command, str(seeded)], folder),
        ):
            yield ForeignSlack(network, token)
    except NoNetworkError as missing:
        pytest.skip(str(missing))


@contextmanager
def _program(network: Network, command: Sequence[str], folder: Path) -> Iterator[None]:
    log = folder / "slack.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            network.inside(command), cwd=folder, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        wait_until_listening(network.socket(SLACK_PORT), SLACK_PORT, process)
        yield
    except (ChildProcessError, TimeoutError) as error:
        raise AssertionError(f"{command[0]}: {error}\n{log.read_text()}") from error
    finally:
        process.kill()
        process.wait()
