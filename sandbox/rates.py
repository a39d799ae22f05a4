"""Slack's rate limits: about one message a second per channel, and tiers of calls per minute."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil

from sandbox.clock import Clock
from sandbox.errors import RateLimited

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class RateLimits:
    """`per_channel` messages a second after `burst` at once; `posts_a_minute` per workspace;
    `tiers` calls a minute for each method of a tier, per workspace (slack-facts)."""

    per_channel: float = 1.0
    burst: int = 3
    posts_a_minute: int = 300
    tiers: dict[int, int] = field(default_factory=lambda: {1: 1, 2: 20, 3: 50, 4: 100})


@dataclass(slots=True)
class Bucket:
    """Fills with `rate` tokens a second up to `size`."""

    rate: float
    size: float
    level: float
    at: float

    def take(self, now: float) -> float:
        """Takes one token; otherwise the seconds until there is one."""
        self.level = min(self.size, self.level + max(0.0, now - self.at) * self.rate)
        self.at = now
        if self.level < 1:
            return (1 - self.level) / self.rate
        self.level -= 1
        return 0.0


class Window:
    """At most `most` calls in any sixty seconds."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.calls: deque[float] = deque()

    def take(self, now: float) -> float:
        while self.calls and self.calls[0] <= now - MINUTE:
            self.calls.popleft()
        if len(self.calls) >= self.most:
            return self.calls[0] + MINUTE - now
        self.calls.append(now)
        return 0.0


class Meter:
    """Counts calls against the limits. Raises RateLimited; a refused call counts for nothing."""

    def __init__(self, limits: RateLimits | None, clock: Clock) -> None:
        self.limits = limits
        self._clock = clock
        self._channels: dict[tuple[str, str], Bucket] = {}
        self._posts: dict[str, Window] = defaultdict(self._post_window)
        self._tiers: dict[tuple[str, str], Window] = {}

    def post(self, workspace: str, channel: str) -> None:
        """One message to a channel."""
        if self.limits is None:
            return
        now = self._now()
        key = (workspace, channel)
        if key not in self._channels:
            burst = float(self.limits.burst)
            self._channels[key] = Bucket(self.limits.per_channel, burst, burst, now)
        _refuse(self._channels[key].take(now))
        _refuse(self._posts[workspace].take(now))

    def call(self, workspace: str, method: str, tier: int) -> None:
        """One call of a method of a tier."""
        if self.limits is None or tier not in self.limits.tiers:
            return
        key = (workspace, method)
        if key not in self._tiers:
            self._tiers[key] = Window(self.limits.tiers[tier])
        _refuse(self._tiers[key].take(self._now()))

    def _post_window(self) -> Window:
        return Window(self.limits.posts_a_minute if self.limits else 0)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _refuse(wait: float) -> None:
    if wait > 0:
        raise RateLimited(max(1, ceil(wait)))
