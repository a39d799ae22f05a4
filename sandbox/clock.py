"""Where the sandbox takes its time from: the system's clock, or one that a test moves by hand."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

POLL_SECONDS = 0.005


class Clock(Protocol):
    """The sandbox's time: message ids, rate limits, expiries and retries follow it."""

    def now(self) -> datetime:
        """The present instant, aware."""

    async def sleep(self, seconds: float) -> None:
        """Returns when `seconds` have passed on this clock."""


class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        return datetime.fromtimestamp(wall_seconds(), UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class FollowedClock:
    """Somebody else's time, read through a function; sleeping looks at it again and again."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now()

    async def sleep(self, seconds: float) -> None:
        until = self.now() + timedelta(seconds=seconds)
        while self.now() < until:  # noqa: ASYNC110 (somebody else moves this clock)
            await asyncio.sleep(POLL_SECONDS)


class ManualClock(FollowedClock):
    """Stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        super().__init__(lambda: self.instant)
        self.instant = start

    def advance(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)


def as_clock(source: "Clock | Callable[[], datetime] | None") -> Clock:
    """The clock that a caller meant: its own, a function that tells the time, or real time."""
    if source is None:
        return SystemClock()
    if hasattr(source, "sleep"):
        return source  # type: ignore[return-value]  # has both halves of the protocol
    now = getattr(source, "now", source)
    return FollowedClock(now)


def wall_seconds() -> float:
    """Real Unix time. Signatures always use it: that is how the bot checks them."""
    return time.time_ns() / 1e9


def stopwatch() -> float:
    """Seconds on a clock that only serves to measure how long something took."""
    return time.perf_counter()
