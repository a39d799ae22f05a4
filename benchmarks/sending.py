"""How fast a worker sends: to many workspaces, beside a bare loop; and to one channel.

Messages are what the bot says first in a workspace, which takes no reading: what is measured is
planning's other half, from the ledger to Slack and back into the ledger. Each of 1,000 workspaces
gets twenty at once, one for each person of a team of twenty (docs/scaling.md, Sizing): a morning's
nudges. With few, what is measured is taking a workspace up. Neither pace holds any of them up: no
channel gets two, and a workspace's limit has a share of fourteen for every three seconds, in which
a hundred others are under way.

All are committed at once, before the clock starts. On a machine that does other work the worker,
with PostgreSQL's help, gets more of its processors than the bare loop does: compare the
processor time, which is printed, too.
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
from benchmarks.posting import Office, an_office, token_of
from bot.domain.ledger.occasions import Occasion
from bot.slack.client import posting
from bot.slack.messages.welcome import welcome_message
from tests.postgresql import NoServerError, running_cluster

WORKSPACES = 1_000
PEOPLE = 20
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
        with an_office(cluster, Path(folder), WORKSPACES, channels=PEOPLE) as many:
            to_many = _to_many(many)
        with an_office(cluster, Path(folder), 1, rate_limits=True) as one:
            return [to_many, *_to_one_channel(one)]


def _to_many(office: Office) -> Measure:
    rounds = _Rounds(office)
    bot, bare = interleaved(ROUNDS, rounds.bot, rounds.bare)
    print(f"sending to {WORKSPACES:,} workspaces: {median(bot):.0f}/s, bare {median(bare):.0f}/s")
    print(f"processor time a message: {rounds.worker_ms():.2f} ms, bare {rounds.bare_ms():.2f} ms")
    name = f"sending to {WORKSPACES:,} workspaces ÷ bare aiohttp loop"
    return Measure(name, median_ratio(bot, bare), "", 0.6)


class _Rounds:
    """The worker's turn, and the bare loop's with the same bodies."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._planned: list[Occasion] = []
        self._worker_s: list[float] = []
        self._bare_s: list[float] = []

    def bot(self) -> float:
        """Messages a second, from their commit until the last one is settled."""
        worker = self._office.worker
        self._planned = self._office.plan(f"round{len(self._worker_s)}")
        began, used = time.perf_counter(), worker.processor_s()
        self._office.wait_until_sent(_WITHIN_S)
        took = time.perf_counter() - began
        self._worker_s.append(worker.processor_s() - used)
        return len(self._planned) / took

    def bare(self) -> float:
        bodies = list(_bodies(self._planned))
        used = time.process_time()
        rate = uvloop.run(_posted(self._office.api_url, bodies))
        self._bare_s.append(time.process_time() - used)
        return rate

    def worker_ms(self) -> float:
        """Processor time of the worker a message; PostgreSQL's and Slack's are not in it."""
        return median(self._worker_s) / len(self._planned) * 1000

    def bare_ms(self) -> float:
        """The same of the bare loop."""
        return median(self._bare_s) / len(self._planned) * 1000


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
    office.plan("channel", each=_IN_ONE_CHANNEL)
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
