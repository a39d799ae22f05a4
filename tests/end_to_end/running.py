"""The real bot as processes of their own: `run` and its life, and single commands."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.end_to_end.secluded import Network, wait_until_listening
from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
STOPS_WITHIN_S = 30.0
"""Ten seconds are promised, which the times to finish add up to; a slow machine has thrice that."""
_OURS = ("SLACK_", "DATABASE_URL", "TOKEN_KEYS", "PORT", "WORKER_", "HOST", "LOG_")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where commands run: a folder of their own, the bot's environment, perhaps a network."""

    folder: Path
    environment: Mapping[str, str]
    network: Network | None = None

    def command(self, *arguments: str) -> list[str]:
        """`pacesetter …` as this Python runs it."""
        command = [sys.executable, "-m", "bot", *arguments]
        return self.network.inside(command) if self.network else command

    def variables(self, **more: str) -> dict[str, str]:
        """The whole environment, with nothing of the bot's but what is given."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        return kept | {"PYTHONPATH": str(ROOT)} | dict(self.environment) | more

    def pacesetter(self, *arguments: str) -> str:
        """Runs one command to its end and gives back its stdout; fails where it does."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.variables(),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert done.returncode == 0, f"{arguments} ended with {done.returncode}: {done.stderr}"
        return done.stdout

    def json(self, *arguments: str) -> Any:
        """The document that a command prints with `--json`."""
        return json.loads(self.pacesetter(*arguments, "--json"))


@dataclass(slots=True)
class RunningBot:
    """`pacesetter run`. `log` has all that it wrote."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path
    _over: bool = field(default=False)

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is said."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self._end(signal.SIGTERM)
        return self.process.returncode

    def written(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def _end(self, name: signal.Signals) -> None:
        if self.process.poll() is None:
            self.process.send_signal(name)
        self.process.wait(STOPS_WITHIN_S)


@contextmanager
def running_bot(
    where: Surroundings, port: int | None = None, command: str = "run"
) -> Iterator[RunningBot]:
    """Starts the bot and waits for /healthz; ends it after the block. Fails with its log."""
    port = port or free_port()
    log = where.folder / f"{command}-{port}.log"
    ports = {"PORT": str(port), "WORKER_PORT": str(port)}
    with log.open("ab") as out:
        process = subprocess.Popen(
            where.command(command),
            cwd=where.folder,
            env=where.variables(HOST="127.0.0.1", LOG_FORMAT="console", **ports),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    bot = RunningBot(process, port, log)
    try:
        wait_until_listening(where.network.socket(port) if where.network else "", port, process)
        yield bot
    except (ChildProcessError, TimeoutError) as error:
        raise AssertionError(f"the bot did not start: {error}\n{bot.written()}") from error
    finally:
        bot.stop()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody had a moment ago."""
    with socket.socket() as taking:
        taking.bind(("127.0.0.1", 0))
        return int(taking.getsockname()[1])
