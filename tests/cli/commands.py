"""`pacesetter` as people run it: in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def refused(self) -> str:
        """The one sentence of a command that could not do it."""
        assert (self.code, self.out) == (1, "")
        [sentence] = self.err.splitlines()
        return sentence


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot", *arguments]


def environment(**variables: str) -> dict[str, str]:
    """Nothing of the tests' own environment but where programs are."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT), "COMMANDS_PER_MINUTE": "0"} | variables


def pacesetter(*arguments: str, cwd: Path, stdin: str = "", **variables: str) -> Ended:
    """Runs the command in a process of its own."""
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**variables),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


Here = Callable[..., Ended]
"""Runs it in this process (see conftest)."""
