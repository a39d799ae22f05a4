"""`/log`, fully recorded and answered with progress, beside a bare Bolt echo of the same reply."""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

import psycopg

from benchmarks.load import Answers, burst, signed_commands
from benchmarks.measures import Measure, interleaved, median_ratio
from benchmarks.serving import Server, serving_bot, serving_echo
from benchmarks.team import REPS, set_up
from tests.postgresql import NoServerError, running_cluster

ROUNDS = 9
REQUESTS = 800
WARM_REQUESTS = 2_400
"""Enough for every rep to have logged everything: first entries and targets are over."""
CONNECTIONS = 16
LINE = "2 conversations with Acme; met the CFO"
LINES = (
    LINE,
    "5 prospecting calls",
    "1 demo with Globex",
    "3 follow-ups yesterday",
    "1 proposal with Initech; they asked for a second quote",
    "4 prospecting calls, 1 conversation",
    "1 first meeting with Hooli",
    "12 prospecting calls",
    "1 opportunity with Umbrella Corporation; 40 seats",
    "2 referrals asked",
    "1 conversation with Stark",
    "1 account plan",
)
"""What reps type: of daily, weekly, monthly and quarterly behaviours, with history and without."""


@dataclass(frozen=True, slots=True)
class _Database:
    name: str
    url: str
    floor: float
    floor_of_lines: float


def measure_log_command() -> list[Measure]:
    """`/log` ÷ echo on each database, the time to a first answer, and memory under load."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        databases = list(stack.enter_context(_databases(Path(folder))))
        bots = [stack.enter_context(serving_bot(each.url)) for each in databases]
        reply = Path(folder) / "reply.json"
        reply.write_bytes(_answers(bots[0], 1, [LINE]).body)
        echo = stack.enter_context(serving_echo(reply))
        return _figures(databases, bots, echo)


def _figures(databases: list[_Database], bots: list[Server], echo: Server) -> list[Measure]:
    for server in (echo, *bots):
        _answers(server, WARM_REQUESTS, LINES)
    asked = [partial(_rate, echo, [LINE])]
    asked += [partial(_rate, bot, lines) for bot in bots for lines in ([LINE], LINES)]
    echoes, *answered = interleaved(ROUNDS, *asked)
    ratios = [median_ratio(rates, echoes) for rates in answered]
    found = []
    for each, one, many in zip(databases, ratios[::2], ratios[1::2], strict=True):
        of = f"on {each.name} ÷ bare Bolt echo"
        found.append(Measure(f"/log {of}", one, "", each.floor))
        found.append(Measure(f"/log, 12 lines, {of}", many, "", each.floor_of_lines))
    start = median(server.started_in for server in bots)
    memory = max(server.resident_mb() for server in bots)
    return [
        *found,
        Measure("start to first answer", start, "s", 1.5, at_most=True),
        Measure("resident memory under load", memory, "MB", 130, at_most=True),
    ]


@contextmanager
def _databases(folder: Path) -> Iterator[list[_Database]]:
    today = datetime.now(UTC).date()
    sqlite = f"sqlite:///{folder / 'bench.db'}"
    set_up(sqlite, folder, today)
    found = [_Database("SQLite, synchronous=FULL,", sqlite, 0.22, 0.17)]
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(running_cluster(is_durable=True))
        except NoServerError as missing:
            print(f"PostgreSQL is left out: {missing}")
        else:
            url = cluster.create("bench")
            _migrate(url)
            set_up(url, folder, today)
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")  # as autovacuum would have by then
            found.append(_Database("PostgreSQL", url, 0.15, 0.12))
        yield found


def _migrate(url: str) -> None:
    from bot.db.migrate import upgrade  # noqa: PLC0415  alembic's memory is for this alone

    upgrade(url)


def _rate(server: Server, lines: Sequence[str]) -> float:
    return _answers(server, REQUESTS, lines).per_second


def _answers(server: Server, number: int, lines: Sequence[str]) -> Answers:
    requests = list(signed_commands(number, lines, REPS))
    return asyncio.run(burst(server.port, requests, CONNECTIONS))
