"""How fast messages may leave: Slack takes about one a second per channel, some hundred a minute
per workspace (slack-facts)."""

import asyncio
from typing import Final

from bot.slack.slots import Slots

WINDOW_S: Final = 3.0
"""A workspace's share of so many seconds may go at once; what was sent earlier counts no more."""
_HELD_CHANNELS_MEAN_WORKSPACE = 3
LONGEST_HOLD_S = 5.0
"""A workspace that Slack holds for longer is left alone: nobody sits and waits for it."""

Place = tuple[str, str]
"""A workspace's id, and that of a channel or person in it."""


class Pace:
    """Hands out turns to send. Waiting follows the event loop's clock.

    `per_second` messages per channel and `per_minute` per workspace, `opens_per_minute` new
    direct conversations per workspace; 0 turns a limit off.
    """

    def __init__(
        self, per_second: float = 1.0, per_minute: float = 280.0, opens_per_minute: float = 44.0
    ) -> None:
        self._channels: Slots[Place] = Slots(per_second, 1.0)
        self._workspaces: Slots[str] = _of_a_minute(per_minute)
        self._opens: Slots[str] = _of_a_minute(opens_per_minute)
        self._held: dict[Place, float] = {}
        self._held_workspaces: dict[str, float] = {}

    async def turn(self, workspace_id: str, channel: str) -> bool:
        """Waits until a message may go to the channel; False where that would take too long."""
        place = workspace_id, channel
        await _sleep(self._channels.book(place, _loop_time()))
        if wait := self._workspaces.book(workspace_id, _loop_time()):
            await _sleep(wait)
            self._channels.took(place, _loop_time())
        if self.is_held(workspace_id):
            return False
        await _sleep(self._seconds_held(workspace_id))
        return True

    def sends(self, workspace_id: str, channel: str) -> None:
        """A message is leaving now: the next one's second begins with it, not with its turn."""
        self._channels.took((workspace_id, channel), _loop_time())

    def sent_elsewhere(self, workspace_id: str, channel: str, seconds_ago: float) -> None:
        """Another process sent a message there: it counts as if it were ours."""
        at = _loop_time() - max(0.0, seconds_ago)
        self._channels.took((workspace_id, channel), at)
        self._workspaces.add(workspace_id, at)

    def is_held(self, workspace_id: str) -> bool:
        """Whether Slack wants nothing of this workspace for longer than is worth waiting."""
        return self._seconds_held(workspace_id) > LONGEST_HOLD_S

    def _seconds_held(self, workspace_id: str) -> float:
        return max(0.0, self._held_workspaces.get(workspace_id, 0.0) - _loop_time())

    async def turn_to_open(self, workspace_id: str) -> None:
        """Waits until a direct conversation may be opened."""
        await _sleep(self._opens.book(workspace_id, _loop_time()))

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


def _of_a_minute(number: float) -> "Slots[str]":
    """Never more than the share of a window at once."""
    return Slots(number / 60, max(1.0, number * WINDOW_S / 60))


async def _sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
