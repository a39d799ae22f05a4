"""How fast a worker sends: to many workspaces, beside a bare loop; and to one channel.

Messages are what the bot says first in a workspace, which takes no reading: what is measured is
planning's other half, from the ledger to Slack and back into the ledger.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from statistics import median

import aiohttp
import uvloop

from benchmarks.measures import Measure, interleaved, median_ratio
from benchmarks.posting import CHANNELS, Office, an_office, token_of
from bot.domain.ledger.occasions import Occasion
from bot.slack.client import posting
from bot.slack.messages.welcome import welcome_message
from tests.postgresql import NoServerError, running_cluster

WORKSPACES = 1_000
ROUNDS = 3
_AT_ONCE = 100
"""Connections of the bare loop: as many as workspaces that a worker drains at once."""
_IN_ONE_CHANNEL = 30
_WITHIN_S = 600.0
_HEADERS = {"Content-Type": "application/json;charset=utf-8"}


def measure_sending() -> list[Measure]:
    """A worker ÷ a bare loop of the same bodies; one channel ÷ Slack's rate, and its refusals."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        try:
            cluster = stack.enter_context(running_cluster(is_durable=True))
        except NoServerError as missing:
            print(f"sending is left out: {missing}")
            return []
        with an_office(cluster, Path(folder), WORKSPACES) as many:
            to_many = _to_many(many)
        with an_office(cluster, Path(folder), 1, rate_limits=True) as one:
            return [to_many, *_to_one_channel(one)]


def _to_many(office: Office) -> Measure:
    rounds = _Rounds(office)
    bot, bare = interleaved(ROUNDS, rounds.bot, rounds.bare)
    print(f"sending to {WORKSPACES:,} workspaces: {median(bot):.0f}/s, bare {median(bare):.0f}/s")
    name = f"sending to {WORKSPACES:,} workspaces ÷ bare aiohttp loop"
    return Measure(name, median_ratio(bot, bare), "", 0.6)


class _Rounds:
    """The worker's turn, and the bare loop's with the same bodies."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._channels = [f"C{number}" for number in range(CHANNELS)]
        self._number = 0
        self._planned: list[Occasion] = []

    def bot(self) -> float:
        """Messages a second, from their commit until the last one is settled."""
        self._number += 1
        self._planned = self._office.plan(f"round{self._number}", self._channels)
        began = time.perf_counter()
        self._office.wait_until_sent(_WITHIN_S)
        return len(self._planned) / (time.perf_counter() - began)

    def bare(self) -> float:
        return uvloop.run(_posted(self._office.api_url, list(_bodies(self._planned))))


def _bodies(planned: list[Occasion]) -> Iterator[tuple[str, bytes]]:
    """Each with its workspace's token."""
    message = welcome_message()
    for each in planned:
        body = json.dumps(posting(each.recipient, message, each.key))
        yield token_of(each.workspace_id), body.encode()


async def _posted(api_url: str, bodies: list[tuple[str, bytes]]) -> float:
    """Messages a second. Raises where Slack takes one not."""
    waiting = iter(bodies)

    async def connection(session: aiohttp.ClientSession) -> None:
        for token, body in waiting:
            headers = _HEADERS | {"Authorization": f"Bearer {token}"}
            async with session.post(
                f"{api_url}chat.postMessage", data=body, headers=headers
            ) as said:
                answer = await said.json()
                if not answer["ok"]:
                    raise RuntimeError(answer["error"])

    connector = aiohttp.TCPConnector(limit=_AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(connection(session))
        return len(bodies) / (time.perf_counter() - began)


def _to_one_channel(office: Office) -> list[Measure]:
    office.plan("channel", ["C0"], each=_IN_ONE_CHANNEL)
    office.wait_until_sent(_WITHIN_S)
    said = office.said()
    came = sorted(each["at"] for each in said if each["ok"])
    took = datetime.fromisoformat(came[-1]) - datetime.fromisoformat(came[0])
    rate = (len(came) - 1) / took.total_seconds()
    refused = sum(each["status"] == HTTPStatus.TOO_MANY_REQUESTS for each in said)
    return [
        Measure("sending to one channel ÷ one a second", rate, "", 0.95),
        Measure("of these, refused by Slack (429)", refused, "", 0, at_most=True),
    ]


if __name__ == "__main__":
    for measure in measure_sending():
        print(measure)
