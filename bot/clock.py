"""The only place that reads the time. Everywhere else an instant is an argument."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time to the edges: handlers, jobs and the command line."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def stopwatch() -> float:
    """Seconds of a clock that only runs forward; for measuring, never for dates."""
    return time.perf_counter()
