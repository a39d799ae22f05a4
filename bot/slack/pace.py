"""How fast messages may leave: Slack takes about one a second per channel, some hundred a minute
per workspace (slack-facts)."""

import asyncio

from aiolimiter import AsyncLimiter
from cachetools import LRUCache

_WINDOW_S = 3.0
_CHANNELS_KEPT = 20_000
_WORKSPACES_KEPT = 2_000
_HELD_CHANNELS_MEAN_WORKSPACE = 3
LONGEST_HOLD_S = 5.0
"""A workspace that Slack holds for longer is left alone: nobody sits and waits for it."""


class Pace:
    """Hands out turns to send. Waiting follows the event loop's clock.

    `per_second` messages per channel and `per_minute` per workspace, `opens_per_minute` new
    direct conversations per workspace; 0 turns a limit off.
    """

    def __init__(
        self, per_second: float = 1.0, per_minute: float = 280.0, opens_per_minute: float = 44.0
    ) -> None:
        self._per_second = per_second
        self._per_minute = per_minute
        self._opens_per_minute = opens_per_minute
        self._channels: LRUCache[tuple[str, str], AsyncLimiter] = LRUCache(_CHANNELS_KEPT)
        self._workspaces: LRUCache[str, AsyncLimiter] = LRUCache(_WORKSPACES_KEPT)
        self._opens: LRUCache[str, AsyncLimiter] = LRUCache(_WORKSPACES_KEPT)
        self._held: dict[tuple[str, str], float] = {}
        self._held_workspaces: dict[str, float] = {}

    async def turn(self, workspace_id: str, channel: str) -> bool:
        """Waits until a message may go to the channel; False where that would take too long."""
        if self._per_second:
            await self._channel(workspace_id, channel).acquire()
        if self._per_minute:
            await _limiter(self._workspaces, workspace_id, self._per_minute).acquire()
        if self.is_held(workspace_id):
            return False
        await asyncio.sleep(self._seconds_held(workspace_id))
        return True

    def is_held(self, workspace_id: str) -> bool:
        """Whether Slack wants nothing of this workspace for longer than is worth waiting."""
        return self._seconds_held(workspace_id) > LONGEST_HOLD_S

    def _seconds_held(self, workspace_id: str) -> float:
        return max(0.0, self._held_workspaces.get(workspace_id, 0.0) - _loop_time())

    async def turn_to_open(self, workspace_id: str) -> None:
        """Waits until a direct conversation may be opened."""
        if self._opens_per_minute:
            await _limiter(self._opens, workspace_id, self._opens_per_minute).acquire()

    def hold(self, workspace_id: str, channel: str, seconds: float) -> None:
        """Slack asked for a pause of this channel.

        It doesn't say whether the channel or the whole workspace has had enough; when it asks for
        several channels at once, it is the workspace.
        """
        now = _loop_time()
        self._held = {key: until for key, until in self._held.items() if until > now}
        still = {name: until for name, until in self._held_workspaces.items() if until > now}
        self._held_workspaces = still
        self._held[workspace_id, channel] = now + seconds
        held = [until for (whose, _), until in self._held.items() if whose == workspace_id]
        if len(held) >= _HELD_CHANNELS_MEAN_WORKSPACE:
            self._held_workspaces[workspace_id] = max(held)

    def _channel(self, workspace_id: str, channel: str) -> AsyncLimiter:
        limiter = self._channels.get((workspace_id, channel))
        if limiter is None:
            limiter = self._channels[workspace_id, channel] = AsyncLimiter(1, 1 / self._per_second)
        return limiter


def _limiter(known: LRUCache[str, AsyncLimiter], name: str, per_minute: float) -> AsyncLimiter:
    """One that never lets more than its share of a minute go at once."""
    limiter = known.get(name)
    if limiter is None:
        limiter = known[name] = AsyncLimiter(max(1.0, per_minute * _WINDOW_S / 60), _WINDOW_S)
    return limiter


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
