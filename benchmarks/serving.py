"""Servers as processes of their own, so that load and server each have a core."""

import compileall
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.load import SIGNING_SECRET

_ROOT = Path(__file__).parents[1]
_PACKAGES = ("bot", "handlers", "jobs")
_PATIENCE_S = 60.0
"""For its first answer, and for its end: a Slack with 120,000 messages has much to free."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, its process, and the seconds to its first answer."""

    port: int
    pid: int
    started_in: float

    def resident_mb(self) -> float:
        """Memory that the process holds now, in MB (Linux)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def processor_s(self) -> float:
        """Processor time that the process has used, in seconds (Linux)."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    """Runs `python -m command` until the block ends; raises where it doesn't answer in time."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield Server(port, process.pid, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(_PATIENCE_S)


@contextmanager
def serving_bot(database_url: str) -> Iterator[Server]:
    """The whole bot, as `pacesetter run` starts it, with no Slack to talk to.

    Its bytecode is there, as pip writes it when it installs: compiling takes half a second.
    """
    for package in _PACKAGES:
        compileall.compile_dir(_ROOT / package, quiet=1)
    port = free_port()
    environment = {
        "DATABASE_URL": database_url,
        "SLACK_BOT_TOKEN": "xoxb-benchmark",
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "PORT": str(port),
        "COMMANDS_PER_MINUTE": "0",
        "LOG_LEVEL": "critical",  # nobody answers at that address
    }
    with serving(["bot", "run"], port, environment) as server:
        yield server


@contextmanager
def serving_echo(reply: Path) -> Iterator[Server]:
    """The bare Bolt echo of a reply."""
    port = free_port()
    with serving(["benchmarks.echo", str(port), str(reply)], port, {}) as server:
        yield server


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.perf_counter() + _PATIENCE_S
    while time.perf_counter() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with exit code {process.returncode}")
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
        except URLError as error:
            if hasattr(error, "code"):
                return  # it answers, though not there
            time.sleep(0.01)
        else:
            return
    raise RuntimeError("the server didn't answer in time")
