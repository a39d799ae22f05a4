"""Bots that start in no time, to be killed: forked from a process that has imported everything.

As a program: the nursery. It reads "sender" or "web" from stdin, forks such a bot, says its pid.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Self

import uvicorn
from pydantic import SecretStr

from bot.logs import set_up_logging
from bot.settings import Settings
from bot.slack.pace import Pace
from bot.wiring import Wired, wired
from handlers.app import build_app
from handlers.http import build_http
from handlers.readiness import Readiness
from jobs.deliver import Deliveries
from jobs.plan import plan_everything
from jobs.sending import Sender
from jobs.writers import all_writers

WORKSPACE = "T01KILLED"
SPEED = 60
"""A minute a second: leases of 20 s run out in a third of one."""
START = datetime(2026, 3, 24, 8, 59, tzinfo=UTC)
_READY = "ready\n"
Kind = Callable[["Orders", socket.socket], Coroutine[Any, Any, None]]
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class HurriedClock:
    """Tuesday, a minute to nine, at `started` (Unix seconds), and a minute later each second."""

    started: float

    def now(self) -> datetime:
        return START + timedelta(seconds=(time.time() - self.started) * SPEED)


@dataclass(frozen=True, slots=True)
class Orders:
    """What all bots of a nursery have in common. `port` is where the web half listens."""

    database_url: str
    api_url: str
    token: str
    secret: str
    started: float
    port: int

    @property
    def clock(self) -> HurriedClock:
        return HurriedClock(self.started)

    def settings(self) -> Settings:
        return Settings(
            database_url=self.database_url,
            slack_bot_token=SecretStr(self.token),
            slack_signing_secret=SecretStr(self.secret),
            slack_api_url=self.api_url,
            _env_file=None,
        )


class Nursery:
    """The process that forks; `log` has what it and its bots said on stderr."""

    def __init__(self, process: "subprocess.Popen[str]", log: Path) -> None:
        self._process = process
        self._log = log

    def fork(self, kind: str) -> int:
        """The pid of a new bot of that kind."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{kind}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def kill(self, pid: int) -> None:
        """SIGKILL, in the middle of whatever it does. Fails where it had ended by itself."""
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            raise AssertionError(f"it broke:\n{self._log.read_text()[-3000:]}") from None

    @classmethod
    @contextmanager
    def opened(
        cls, orders: Orders, log: Path, program: str = "tests.end_to_end.nursery"
    ) -> Iterator[Self]:
        """Runs as long as the block; no bot of it outlives that."""
        command = [sys.executable, "-m", program, json.dumps(asdict(orders))]
        with (
            log.open("wb") as err,
            subprocess.Popen(
                command,
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=err,
                text=True,
                start_new_session=True,
            ) as process,
        ):
            assert process.stdout
            try:
                assert process.stdout.readline() == _READY, log.read_text()
                yield cls(process, log)
            finally:
                os.killpg(process.pid, signal.SIGKILL)


async def _sender(orders: Orders, _: socket.socket) -> None:
    """Plans and sends, over and over, as fast as it can."""
    async with wired(orders.settings(), clock=orders.clock, pace=Pace(0, 0, 0)) as bot:
        deliveries = Deliveries(bot, Sender(bot, all_writers()))
        while True:
            await plan_everything(bot, orders.clock.now())
            await deliveries.drain(WORKSPACE)
            await asyncio.sleep(0.01)


async def _web(orders: Orders, listening: socket.socket) -> None:
    """Answers Slack's requests."""
    async with wired(orders.settings(), clock=orders.clock) as bot:
        server = uvicorn.Server(_serving(bot, orders))
        await server.serve(sockets=[listening])


def _serving(bot: Wired, orders: Orders) -> uvicorn.Config:
    app = build_http(build_app(bot), orders.secret, Readiness(bot, None), bot.metrics)
    return uvicorn.Config(app, log_level="error", lifespan="off", access_log=False)


def breed(orders: Orders, kinds: Mapping[str, Kind]) -> None:
    """The socket outlives the bots that listen on it: who knocks meanwhile waits for the next."""
    set_up_logging("error")
    import_module("bot.domain.forecast.chances")  # SciPy, which a running bot has loaded as well
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    with socket.create_server(("127.0.0.1", orders.port)) as listening:
        sys.stdout.write(_READY)
        sys.stdout.flush()
        for line in sys.stdin:
            kind = kinds[line.strip()]
            pid = os.fork()
            if pid == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                asyncio.run(kind(orders, listening))
                os._exit(1)
            sys.stdout.write(f"{pid}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    breed(Orders(**json.loads(sys.argv[1])), {"sender": _sender, "web": _web})
