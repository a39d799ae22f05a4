"""How many commands somebody may send: far more than anybody types, far less than a flood.

Kept in the process's memory, so that asking costs nothing; each process counts for itself.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

from cachetools import LRUCache

from bot.clock import stopwatch

PEOPLE_A_WORKSPACE: Final = 50
"""A workspace may send as much as so many of its people at once."""
_REMEMBERED: Final = 20_000
_MINUTE: Final = 60.0


class Limits:
    """Buckets that fill by themselves: as much as a minute's commands at once, then one by one."""

    def __init__(self, per_minute: int, seconds: Callable[[], float] = stopwatch) -> None:
        """`per_minute` commands a person; 0 for any number."""
        self._per_minute = per_minute
        self._seconds = seconds
        self._left: LRUCache[Hashable, tuple[float, float]] = LRUCache(_REMEMBERED)

    def admits(self, body: Mapping[str, Any]) -> bool:
        """Whether this command may still be taken; it counts where it is."""
        if not self._per_minute:
            return True
        workspace, user = str(body.get("team_id")), str(body.get("user_id"))
        return self._take((workspace, user), self._per_minute) and self._take(
            workspace, self._per_minute * PEOPLE_A_WORKSPACE
        )

    def _take(self, whose: Hashable, per_minute: int) -> bool:
        now = self._seconds()
        left, since = self._left.get(whose, (float(per_minute), now))
        left = min(per_minute, left + (now - since) * per_minute / _MINUTE)
        taken = left >= 1
        self._left[whose] = (left - 1 if taken else left, now)
        return taken
