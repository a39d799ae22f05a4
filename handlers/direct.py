"""Answers as direct messages: at once and not through the ledger, because somebody waits.

Each carries a key in its metadata. Where Slack surely took nothing, it is tried again; where that
isn't known, it is looked for first: so an answer is there once, unless this process ends meanwhile,
and then not at all. In a conversation answers come in the order in which they were given.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Final
from weakref import WeakValueDictionary

from bot.slack.answers import Posted
from bot.slack.client import CannotOpen, SlackClient
from bot.slack.errors import OutcomeUnknown, TryLater
from bot.slack.message import Message
from handlers.boundary import nobody_to_tell
from handlers.context import Context

_TRIES: Final = 4
_LONGEST_WAIT_S: Final = 30.0
_CLOCKS_APART: Final = timedelta(minutes=2)
_PEOPLE: Final = "UW"
"""What people's ids begin with."""


class Direct:
    """Says things to people. What is started here handles its own failures."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    def say(
        self,
        workspace_id: str,
        recipient: str,
        message: Message,
        key: str,
        thread_ts: str | None = None,
    ) -> None:
        """Sends a message to a conversation, or to a person by id, while nobody waits.

        What goes on in the message's thread follows there, or in the thread that is answered.
        """
        send = partial(self.send, workspace_id, recipient, message, key, thread_ts)
        self._context.background.start(_unheard(send))

    async def send(
        self,
        workspace_id: str,
        recipient: str,
        message: Message,
        key: str,
        thread_ts: str | None = None,
    ) -> None:
        """The same, and returns when all of it is there. Raises SlackFailure."""
        turn = self._turns.setdefault((workspace_id, recipient), asyncio.Lock())
        async with turn:
            client = await self._context.bot.clients.client_for(workspace_id)
            if client is None:
                return
            channel = await _conversation(client, recipient)
            first = await self._post(client, channel, message, key, thread_ts)
            below = thread_ts or first.ts
            for number, part in enumerate(message.thread):
                await self._post(client, first.channel, part, f"{key}#{number}", below)

    async def _post(
        self, client: SlackClient, channel: str, message: Message, key: str, thread: str | None
    ) -> Posted:
        since = self._context.now() - _CLOCKS_APART
        in_doubt = False
        for left in range(_TRIES - 1, -1, -1):
            try:
                if in_doubt:
                    found = await client.find_posted(channel, key, since, thread)
                    if found is not None:
                        return found
                return await client.post(channel, message, key, thread)
            except OutcomeUnknown:
                if not left or channel[0] in _PEOPLE:
                    raise
                in_doubt = True
            except TryLater as failure:
                if not left or failure.retry_after > _LONGEST_WAIT_S:
                    raise
                await asyncio.sleep(failure.retry_after)
        raise AssertionError("the last try raises or returns")


async def _unheard(send: Callable[[], Awaitable[None]]) -> None:
    with nobody_to_tell():
        await send()


async def _conversation(client: SlackClient, recipient: str) -> str:
    """The conversation with a person; the person's own id where Slack opens none."""
    if recipient[0] not in _PEOPLE:
        return recipient
    try:
        return await client.open_dm(recipient)
    except CannotOpen:
        return recipient
