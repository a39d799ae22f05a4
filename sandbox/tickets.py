"""What Slack hands out for one use or for a while: trigger ids and response URLs."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sandbox.clock import Clock
from sandbox.errors import SlackError

PATIENCE = 3.0
"""Seconds that Slack waits for an answer, and that a trigger id is good for (slack-facts)."""
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5


@dataclass(slots=True)
class Trigger:
    """Lets the app open one view for `user`, from within `view_id` if it came from a modal."""

    id: str
    user: str
    issued: datetime
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Lets the app answer in `channel` without being in it. `original` is the ts of the message
    that the interaction came from; `heard` holds channel and ts of all that was said through it."""

    key: str
    kind: Literal["commands", "actions"]
    user: str
    channel: str
    issued: datetime
    original: str | None = None
    thread_ts: str | None = None
    uses: int = 0
    heard: list[tuple[str, str]] = field(default_factory=list)


class Tickets:
    """All trigger ids and response URLs of a workspace. Raises SlackError when one is no good."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.trigger_life = timedelta(seconds=PATIENCE)
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}
        self._sockets: set[str] = set()

    def socket(self) -> str:
        """Leave to connect one WebSocket."""
        ticket = secrets.token_urlsafe(18)
        self._sockets.add(ticket)
        return ticket

    def connect(self, ticket: str) -> bool:
        """Uses up a socket's ticket; False when there is none."""
        known = ticket in self._sockets
        self._sockets.discard(ticket)
        return known

    def trigger(self, user: str, view_id: str | None = None) -> str:
        """A new trigger id, good once, and not for long."""
        number = len(self._triggers) + 1
        ticket = f"{1_000_000 + number}.{number}.{secrets.token_hex(16)}"
        self._triggers[ticket] = Trigger(ticket, user, self._clock.now(), view_id)
        return ticket

    def exchange(self, ticket: str) -> Trigger:
        found = self._triggers.get(ticket)
        if found is None:
            raise SlackError("invalid_trigger_id")
        if found.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.now() - found.issued > self.trigger_life:
            raise SlackError("expired_trigger_id")
        found.used = True
        return found

    def response(
        self,
        kind: Literal["commands", "actions"],
        user: str,
        channel: str,
        original: str | None = None,
        thread_ts: str | None = None,
    ) -> ResponseUrl:
        """A new response URL, good five times within thirty minutes."""
        key = secrets.token_urlsafe(18)
        issued = self._clock.now()
        self._responses[key] = ResponseUrl(key, kind, user, channel, issued, original, thread_ts)
        return self._responses[key]

    def use(self, key: str) -> ResponseUrl:
        found = self._responses.get(key)
        if found is None:
            raise SlackError("invalid_url")
        if self._clock.now() - found.issued > RESPONSE_LIFE:
            raise SlackError("expired_url")
        if found.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        found.uses += 1
        return found
