"""The demo's time: it passes like ours, and jumps ahead when somebody says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.clock import stopwatch


class DemoClock:
    """Runs on from where it was put. Never goes back."""

    def __init__(self, start: datetime) -> None:
        self._from = start
        self._since: float | None = stopwatch()

    def now(self) -> datetime:
        if self._since is None:
            return self._from
        return self._from + timedelta(seconds=stopwatch() - self._since)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stands still until the end of the block, so that it can be moved from instant to instant:
        what is due at nine then goes out at nine, however long that takes."""
        self._from, self._since = self.now(), None
        try:
            yield
        finally:
            self._since = stopwatch()

    def move_to(self, instant: datetime) -> None:
        """Puts it ahead; an instant that has passed changes nothing."""
        if instant > self.now():
            self._from = instant
            self._since = None if self._since is None else stopwatch()
