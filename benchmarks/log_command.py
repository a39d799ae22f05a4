"""`/log`, fully recorded and answered with progress, beside a bare Bolt echo of the same reply."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.load import Answers, burst, signed_commands
from benchmarks.measures import Measure, interleaved, median_ratio
from benchmarks.serving import Server, serving_bot, serving_echo
from benchmarks.team import REPS, set_up
from tests.postgresql import NoServerError, running_cluster

ROUNDS = 7
REQUESTS = 1_200
CONNECTIONS = 16
TEXTS = (
    "2 conversations with Acme; met the CFO",
    "5 prospecting calls",
    "1 demo with Globex",
    "3 follow-ups yesterday",
    "1 proposal with Initech; they asked for a second quote",
    "4 prospecting calls, 1 conversation",
    "1 first meeting with Hooli",
    "12 calls",
    "1 opportunity with Umbrella Corporation; 40 seats",
    "2 referrals asked",
    "1 conversation with Stark",
    "1 account plan",
)
"""What reps type; the first gets the reply that the echo gives back."""


def measure_log_command() -> list[Measure]:
    """`/log` ÷ echo on each database, the time to a first answer, and memory under load."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        urls = list(stack.enter_context(_databases(Path(folder))))
        bots = [stack.enter_context(serving_bot(url)) for _, url in urls]
        reply = Path(folder) / "reply.json"
        reply.write_bytes(_answers(bots[0], 1).body)
        echo = stack.enter_context(serving_echo(reply))
        return _figures([name for name, _ in urls], bots, echo)


def _figures(names: list[str], bots: list[Server], echo: Server) -> list[Measure]:
    for server in (echo, *bots):
        _answers(server, 200)  # warm
    echoes, *answered = interleaved(ROUNDS, *(partial(_rate, each) for each in (echo, *bots)))
    floors = {"SQLite, synchronous=FULL": 0.22, "PostgreSQL": 0.15}
    found = [
        Measure(f"/log on {name} ÷ bare Bolt echo", median_ratio(rates, echoes), "", floors[name])
        for name, rates in zip(names, answered, strict=True)
    ]
    start = median(server.started_in for server in bots)
    return [
        *found,
        Measure("start to first answer", start, "s", 1.5, at_most=True),
        Measure("resident memory under load", bots[0].resident_mb(), "MB", 130, at_most=True),
    ]


@contextmanager
def _databases(folder: Path) -> Iterator[list[tuple[str, str]]]:
    today = datetime.now(UTC).date()
    sqlite = f"sqlite:///{folder / 'bench.db'}"
    set_up(sqlite, folder, today)
    found = [("SQLite, synchronous=FULL", sqlite)]
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(running_cluster(is_durable=True))
        except NoServerError as missing:
            print(f"PostgreSQL is left out: {missing}")
        else:
            postgresql = cluster.create("bench")
            _migrate(postgresql)
            set_up(postgresql, folder, today)
            found.append(("PostgreSQL", postgresql))
        yield found


def _migrate(url: str) -> None:
    from bot.db.migrate import upgrade  # noqa: PLC0415  alembic's memory is for this alone

    upgrade(url)


def _rate(server: Server) -> float:
    return _answers(server, REQUESTS).per_second


def _answers(server: Server, number: int) -> Answers:
    requests = list(signed_commands(number, TEXTS, REPS))
    return asyncio.run(burst(server.port, requests, CONNECTIONS))
