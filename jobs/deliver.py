"""Draining: everything due in a workspace, its channels side by side, each in its order."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from weakref import WeakValueDictionary

import structlog
from cachetools import TTLCache

from bot.domain.errors import NotSaved
from bot.domain.ledger.deliveries import Pending
from bot.slack.client import SlackClient
from bot.slack.pace import WINDOW_S
from bot.wiring import Wired
from jobs.attempts import Outcome
from jobs.looking import Found, Lookout
from jobs.sending import Sender

CHANNELS_AT_ONCE = 6
"""In one workspace. Slack's limit per minute is met with fewer; more would make a celebration wait
behind a morning's nudges."""
_REMEMBERED = 20_000

log = structlog.get_logger(__name__)


class Deliveries:
    """Drains workspaces: one drain per workspace at a time, workspaces side by side."""

    def __init__(self, wired: Wired, sender: Sender) -> None:
        self._wired = wired
        self._sender = sender
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._running: dict[str, _Drain] = {}
        self._ended: TTLCache[str, datetime] = TTLCache(_REMEMBERED, WINDOW_S)

    async def drain(self, workspace_id: str, at: datetime | None = None) -> None:
        """Sends everything that is due at `at` (as time goes by, where it isn't given).

        Returns when nothing is left but what has to wait. Without a token nothing is touched.
        """
        async with self._locks.setdefault(workspace_id, asyncio.Lock()):
            client = await self._wired.clients.client_for(workspace_id)
            if client is None:
                return
            ended = self._ended.get(workspace_id)
            lookout = Lookout(self._wired, self._sender, workspace_id, at, ended)
            drain = self._running[workspace_id] = _Drain(self._sender, client, lookout)
            try:
                await drain.run()
            finally:
                del self._running[workspace_id]
                self._ended[workspace_id] = self._wired.clock.now()

    def look_again(self, workspace_id: str) -> bool:
        """Tells a running drain that there may be more; False where none is running."""
        drain = self._running.get(workspace_id)
        if drain is not None:
            drain.look_again()
        return drain is not None

    @property
    def under_way(self) -> frozenset[str]:
        """The workspaces that are being drained here."""
        return frozenset(self._running)


class _Drain:
    """One pass over a workspace. Ends in the same turn of the loop in which it finds nothing."""

    def __init__(self, sender: Sender, client: SlackClient, lookout: Lookout) -> None:
        self._sender = sender
        self._client = client
        self._lookout = lookout
        self._found = Found()
        self._channels: dict[str, asyncio.Task[None]] = {}
        self._held: set[str] = set()
        self._changed = asyncio.Event()
        self._stale = True

    def look_again(self) -> None:
        self._stale = True
        self._held.clear()
        self._changed.set()

    async def run(self) -> None:
        try:
            while await self._fill():
                await self._changed.wait()
                self._changed.clear()
                self._let_go()
        finally:
            for task in self._channels.values():
                task.cancel()
            await asyncio.gather(*self._channels.values(), return_exceptions=True)

    async def _fill(self) -> bool:
        """Sets channels going as far as there is room; False where there is nothing to do."""
        while len(self._channels) < CHANNELS_AT_ONCE:
            if self._stale or not (self._found.queues or self._found.is_all):
                await self._look()
            if not self._found.queues:
                break
            if self._found.is_old:
                await self._lookout.order_anew(self._found)
            queue = self._found.queues.popleft()
            recipient = queue[0].delivery.occasion.recipient
            task = asyncio.create_task(self._channel(recipient, queue))
            self._channels[recipient] = task
            task.add_done_callback(lambda _: self._changed.set())
        return bool(self._channels) or self._stale

    async def _look(self) -> None:
        self._stale = False
        self._found = await self._lookout.look(self._channels, self._held)

    async def _channel(self, recipient: str, queue: Iterable[Pending]) -> None:
        """One channel's messages, one after the other, as far as nothing else has to come first."""
        for pending in queue:
            outcome = await self._sent(pending)
            if outcome is Outcome.HELD:
                self._held.add(recipient)
            if outcome is Outcome.CONTINUED:
                self._stale = True
            if outcome in (Outcome.HELD, Outcome.CONTINUED):
                return

    async def _sent(self, pending: Pending) -> Outcome:
        order, now = self._found.order(pending), self._lookout.now
        try:
            return await self._sender.send(self._client, pending, now, order)
        except NotSaved:
            log.warning("database_unavailable", key=pending.delivery.occasion.key)
        except Exception:  # the job's edge: one broken message must not stop the others
            log.exception("delivery_broke", key=pending.delivery.occasion.key)
            await self._sender.stumbled(pending)
        return Outcome.HELD

    def _let_go(self) -> None:
        for recipient in [name for name, task in self._channels.items() if task.done()]:
            self._channels.pop(recipient).result()
