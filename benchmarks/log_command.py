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

from benchmarks.guide import GREETING, serving_hello
from benchmarks.load import RECORDED, Answers, burst, signed_commands
from benchmarks.measures import Measure, interleaved, median_ratio
from benchmarks.serving import Server, serving_bot, serving_echo
from benchmarks.team import REPS, set_up
from tests.postgresql import NoServerError, running_cluster

ROUNDS = 9
REQUESTS = 800
WARM_REQUESTS = 2_400
"""Enough for every rep to have logged everything: first entries and targets are over."""
CONNECTIONS = 16
LONGEST_TAIL = 5
HELLOS = 200
"""Requests to the guide's `App`, which takes one connection at a time, some 10 ms each."""
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


@dataclass(frozen=True, slots=True)
class _Rivals:
    """What `/log` is measured against: Bolt as fast as it goes, and as its guides start it."""

    echo: Server
    hello: Server
    async_hello: Server


def measure_log_command() -> list[Measure]:
    """`/log` ÷ its rivals on each database, its tail, time to a first answer, memory under load."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        databases = list(stack.enter_context(_databases(Path(folder))))
        bots = [stack.enter_context(serving_bot(each.url)) for each in databases]
        reply = Path(folder) / "reply.json"
        reply.write_bytes(_answers(bots[0], 1, [LINE]).body)
        rivals = _Rivals(
            stack.enter_context(serving_echo(reply)),
            stack.enter_context(serving_hello("sync")),
            stack.enter_context(serving_hello("async")),
        )
        return _figures(databases, bots, rivals)


def _figures(databases: list[_Database], bots: list[Server], rivals: _Rivals) -> list[Measure]:
    for server in (rivals.echo, *bots):
        _answers(server, WARM_REQUESTS, LINES)
    for server in (rivals.hello, rivals.async_hello):
        _answers(server, HELLOS, [LINE], GREETING)
    runs = [
        partial(_answers, rivals.echo, REQUESTS, [LINE]),
        partial(_answers, rivals.hello, HELLOS, [LINE], GREETING),
        partial(_answers, rivals.async_hello, REQUESTS, [LINE], GREETING),
    ]
    runs += [partial(_answers, bot, REQUESTS, lines) for bot in bots for lines in ([LINE], LINES)]
    echoes, hellos, async_hellos, *answered = interleaved(ROUNDS, *runs)
    start = median(server.started_in for server in bots)
    memory = max(server.resident_mb() for server in bots)
    return [
        *_beside_echo(databases, answered, echoes),
        *_beside_hello(answered[0], hellos, async_hellos),
        Measure("start to first answer", start, "s", 1.5, at_most=True),
        Measure("resident memory under load", memory, "MB", 130, at_most=True),
    ]


def _beside_echo(
    databases: list[_Database], answered: list[list[Answers]], echoes: list[Answers]
) -> Iterator[Measure]:
    for each, one, many in zip(databases, answered[::2], answered[1::2], strict=True):
        of = f"on {each.name} ÷ bare Bolt echo"
        yield Measure(f"/log {of}", _ratio(one, echoes), "", each.floor)
        yield Measure(f"/log, 12 lines, {of}", _ratio(many, echoes), "", each.floor_of_lines)
        tail = median(answers.tail for answers in one)
        name = f"p99 ÷ p50 of /log on {each.name} {CONNECTIONS} connections"
        yield Measure(name, tail, "", LONGEST_TAIL, at_most=True)


def _beside_hello(
    answered: list[Answers], hellos: list[Answers], async_hellos: list[Answers]
) -> Iterator[Measure]:
    of = "complete /log on SQLite ÷ hello-world as Bolt's guide starts it"
    yield Measure(f"{of}, App", _ratio(answered, hellos), "", 1.4)
    yield Measure(f"{of}, AsyncApp", _ratio(answered, async_hellos), "", 1.4)


def _ratio(answered: Sequence[Answers], of: Sequence[Answers]) -> float:
    return median_ratio([each.per_second for each in answered], [each.per_second for each in of])


@contextmanager
def _databases(folder: Path) -> Iterator[list[_Database]]:
    today = datetime.now(UTC).date()
    sqlite = f"sqlite:///{folder / 'bench.db'}"
    set_up(sqlite, folder, today)
    found = [_Database("SQLite, synchronous=FULL,", sqlite, 0.33, 0.17)]
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
            found.append(_Database("PostgreSQL", url, 0.25, 0.12))
        yield found


def _migrate(url: str) -> None:
    from bot.db.migrate import upgrade  # noqa: PLC0415  alembic's memory is for this alone

    upgrade(url)


def _answers(server: Server, number: int, lines: Sequence[str], says: bytes = RECORDED) -> Answers:
    requests = list(signed_commands(number, lines, REPS))
    return asyncio.run(burst(server.port, requests, CONNECTIONS, says))
