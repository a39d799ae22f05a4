"""What every handler works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.entries import Recorded, Undone
from bot.services.requests.callers import Caller
from bot.slack.addresses import is_slacks
from bot.slack.conversing import respond
from bot.slack.message import Message
from bot.wiring import Wired, Within
from handlers.background import Background
from handlers.boundary import nobody_to_tell
from handlers.homes import Homes

Wake = Callable[[str], None]
"""Tells the engine that a workspace has something to send, so that it needn't wait for its tick."""


def nobody_to_wake(workspace_id: str) -> None:
    """For a process without an engine: the next tick finds what there is."""


@dataclass(frozen=True, slots=True)
class Context:
    """The wired bot, whom to wake, Home tabs, and what is done while nobody waits."""

    bot: Wired
    homes: Homes
    wake: Wake = nobody_to_wake
    background: Background = field(default_factory=Background)

    def now(self) -> datetime:
        return self.bot.clock.now()

    def within(self, caller: Caller) -> Within:
        """Transactions of the caller's own workspace: whatever is asked, no other's is reached."""
        return self.bot.transactions.of(caller.workspace_id)

    def recorded(self, caller: Caller, outcome: Recorded) -> None:
        """To be called after entries were committed: counts them, and has good news sent."""
        if outcome.repeated:
            return
        self.bot.metrics.entries.labels("slack").inc(len(outcome.entries))
        if outcome.milestones:
            self.wake(caller.workspace_id)
        self.changed(caller)

    def logged(self, caller: Caller, outcome: object) -> None:
        """To be called after a line behind `/log` was committed, whatever it asked for."""
        if isinstance(outcome, Recorded):
            self.recorded(caller, outcome)
        elif isinstance(outcome, Undone):
            self.changed(caller)

    def changed(self, caller: Caller) -> None:
        """To be called after something of the caller's own was committed: what shows it follows."""
        self.homes.changed(caller.workspace_id, caller.user_id)

    def say_later(self, url: str, *messages: Message, replace: bool = False) -> None:
        """Shows messages through a response URL, in order, once this request is answered.

        `replace` puts the first in the place of the message that a button was pressed in.
        """
        if url and is_slacks(url, self.bot.settings.slack_api_url):
            self.background.start(self._say(url, messages, replace=replace))

    async def _say(self, url: str, messages: tuple[Message, ...], *, replace: bool) -> None:
        with nobody_to_tell():
            for number, message in enumerate(messages):
                await respond(self.bot.http, url, message, replace=replace and number == 0)
