"""Faults on demand: what goes wrong between an app and Slack, so that tests can make it happen."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

from sandbox.errors import JsonObject

Kind = Literal["rate_limited", "status", "slow", "drop", "timeout", "error"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail. `accepted` tells whether Slack did what was asked before it failed."""

    kind: Kind
    accepted: bool = False
    status: int = 503
    seconds: float = 0.0
    code: str = "internal_error"

    @classmethod
    def rate_limited(cls, retry_after: int = 1) -> Self:
        """429 with `Retry-After`; nothing is done."""
        return cls("rate_limited", seconds=retry_after)

    @classmethod
    def server_error(cls, status: int = 503, *, accepted: bool = False) -> Self:
        """A 5xx with a body that is no JSON, as from a proxy."""
        return cls("status", accepted, status=status)

    @classmethod
    def slow(cls, seconds: float) -> Self:
        """Done at once, answered `seconds` (real ones) later."""
        return cls("slow", accepted=True, seconds=seconds)

    @classmethod
    def drop_before(cls) -> Self:
        """The connection breaks before Slack has done anything."""
        return cls("drop")

    @classmethod
    def drop_after(cls) -> Self:
        """Slack has done it, but the connection breaks before the answer."""
        return cls("drop", accepted=True)

    @classmethod
    def timeout_before(cls, seconds: float = 60.0) -> Self:
        """Never done, and no answer until the caller gives up (or `seconds` have passed)."""
        return cls("timeout", seconds=seconds)

    @classmethod
    def timeout_after(cls, seconds: float = 60.0) -> Self:
        """Done, but no answer until the caller gives up (or `seconds` have passed)."""
        return cls("timeout", accepted=True, seconds=seconds)

    @classmethod
    def error(cls, code: str, *, accepted: bool = False) -> Self:
        """`{"ok": false, "error": code}`, though it was done when `accepted`."""
        return cls("error", accepted, code=code)

    @classmethod
    def internal_error(cls, *, accepted: bool = False) -> Self:
        return cls.error("internal_error", accepted=accepted)

    @classmethod
    def fatal_error(cls, *, accepted: bool = False) -> Self:
        return cls.error("fatal_error", accepted=accepted)

    @classmethod
    def revoked_token(cls) -> Self:
        return cls.error("token_revoked")

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The fields of this class as JSON. Raises TypeError on others."""
        return cls(**data)


@dataclass(slots=True)
class Planned:
    """A fault that waits for its call; `times` counts down, None stands for ever."""

    method: str
    fault: Fault
    times: int | None
    channel: str | None
    workspace: str | None

    def fits(self, method: str, channels: set[str], workspace: str | None) -> bool:
        return (
            self.times != 0
            and self.method in {method, "*"}
            and (self.channel is None or self.channel in channels)
            and self.workspace in {None, workspace}
        )

    def as_record(self) -> JsonObject:
        return asdict(self)


class Chaos:
    """Faults at random, the same ones for the same seed and the same order of calls.

    `chances` gives the probability of each fault (0…1, together at most 1); `methods` the methods
    that it meets, all when None.
    """

    def __init__(
        self, seed: int, chances: Mapping[Fault, float], methods: Iterable[str] | None = None
    ) -> None:
        self.chances = dict(chances)
        self.methods = None if methods is None else frozenset(methods)
        self._random = random.Random(seed)

    def next(self, method: str) -> Fault | None:
        if self.methods is not None and method not in self.methods:
            return None
        point = self._random.random()
        for fault, chance in self.chances.items():
            if point < chance:
                return fault
            point -= chance
        return None


class Faults:
    """All faults that wait, and the chaos if there is one."""

    def __init__(self) -> None:
        self.planned: list[Planned] = []
        self.chaos: Chaos | None = None

    def add(self, planned: Planned) -> Planned:
        self.planned.append(planned)
        return planned

    def clear(self) -> None:
        """From now on everything works."""
        self.planned.clear()
        self.chaos = None

    def take(self, method: str, channels: set[str], workspace: str | None) -> Fault | None:
        """The fault that meets this call, if any; it is used up by one."""
        for planned in self.planned:
            if planned.fits(method, channels, workspace):
                if planned.times is not None:
                    planned.times -= 1
                return planned.fault
        return self.chaos.next(method) if self.chaos else None
