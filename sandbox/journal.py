"""Everything that went over the wire, both ways, with the secrets taken out."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sandbox.errors import JsonObject

SECRET = re.compile(r"\b(xox[a-z]|xapp|xwfp)-[\w-]+")
HIDDEN = frozenset({"token", "authorization", "client_secret", "x-slack-signature"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. `to` tells the direction; `at` is the sandbox's time, `elapsed`
    real seconds. `error` is what went wrong on the way (`operation_timeout`, `dropped`, …)."""

    number: int
    at: datetime
    to: Literal["slack", "bot"]
    method: str
    workspace: str | None
    body: Any
    status: int | None
    answer: Any
    elapsed: float
    url: str = ""
    error: str | None = None
    fault: str | None = None
    retry: int = 0

    @property
    def ok(self) -> bool:
        """Slack did it (or the bot answered 2xx)."""
        if self.to == "slack" and isinstance(self.answer, dict):
            return bool(self.answer.get("ok"))
        return self.error is None and self.status is not None and self.status // 100 == 2

    def as_record(self) -> JsonObject:
        return {**asdict(self), "at": self.at.isoformat(), "ok": self.ok}


class Journal:
    """The newest `size` exchanges, in order."""

    def __init__(self, size: int, changed: Callable[[], None] = lambda: None) -> None:
        self._changed = changed
        self._exchanges: deque[Exchange] = deque(maxlen=size)
        self._count = 0

    def add(self, **fields: Any) -> None:
        """Keeps one exchange (fields of `Exchange` but its number), tokens redacted."""
        self._count += 1
        self._changed()
        if self._exchanges.maxlen == 0:
            return
        for name in ("body", "answer", "url"):
            fields[name] = redacted(fields.get(name, ""))
        self._exchanges.append(Exchange(number=self._count, **fields))

    def exchanges(self, after: int = 0) -> list[Exchange]:
        """Those with a number above `after`."""
        return [exchange for exchange in self._exchanges if exchange.number > after]


def redacted(value: Any) -> Any:
    """The same JSON with every token replaced by what kind of token it was."""
    if isinstance(value, str):
        return SECRET.sub(r"\1-…", value)
    if isinstance(value, dict):
        return {key: "…" if _hides(key) else redacted(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(inner) for inner in value]
    return value


def _hides(key: Any) -> bool:
    return isinstance(key, str) and key.lower() in HIDDEN
