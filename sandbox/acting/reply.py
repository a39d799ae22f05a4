"""What a person gets to see after having done something."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sandbox.acting.courier import BotAnswer
from sandbox.message import Message
from sandbox.screens import View
from sandbox.team import Team

POLL_SECONDS = 0.005
ANSWERED_WITHIN = 60.0
"""A response URL is good for half an hour; on a slow machine a bot may need some of it."""


@dataclass(slots=True)
class Reply:
    """The bot's answer to one request, and what became visible through it.

    `status` and `body` are the answer itself (JSON already read), `elapsed` real seconds. `error`
    is what Slack would show the person: `operation_timeout`, `dispatch_failed` (no 2xx, or nobody
    listens), `invalid_command_response`, …; `detail` says more. `errors` are those of a form, by
    block id; `closed` that a submitted view is no longer there.
    """

    team: Team
    user: str
    status: int | None
    body: Any
    elapsed: float
    error: str | None = None
    detail: str = ""
    shown: list[tuple[str, str]] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False

    @property
    def ok(self) -> bool:
        return self.error is None

    @property
    def messages(self) -> list[Message]:
        """All that was said in answer (also through the response URL), as it reads now."""
        found = [_look_up(self.team, place) for place in dict.fromkeys(self.shown)]
        return [message for message in found if message is not None]

    @property
    def message(self) -> Message | None:
        """The last of `messages`."""
        messages = self.messages
        return messages[-1] if messages else None

    @property
    def text(self) -> str:
        return self.message.text if self.message else ""

    @property
    def modal(self) -> View | None:
        """The modal that the person looks at now."""
        return self.team.screens.top(self.user)

    async def answered(self, within: float = ANSWERED_WITHIN) -> "Reply":
        """Waits until something was said, for bots that answer through the response URL later.
        Raises TimeoutError after `within` real seconds."""
        async with asyncio.timeout(within):
            while self.message is None:  # noqa: ASYNC110 (state that many hands change)
                await asyncio.sleep(POLL_SECONDS)
        return self


def reply_from(team: Team, user: str, answer: BotAnswer, shown: list[tuple[str, str]]) -> Reply:
    """An answer as Slack shows it: anything but a 2xx in time is a failure."""
    error = answer.error
    if error in {"http_error", "connection_failed"}:
        error = "dispatch_failed"
    detail = answer.error or ""
    return Reply(team, user, answer.status, answer.body, answer.elapsed, error, detail, shown)


def _look_up(team: Team, place: tuple[str, str]) -> Message | None:
    channel, ts = place
    common = team.conversations[channel].messages.get(ts) if channel in team.conversations else None
    found = common or team.ephemerals.get(place)
    return None if found is None or found.deleted else found
