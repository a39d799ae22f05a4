"""Whose Home is published when: Slack takes about a hundred views a minute of a workspace."""

from typing import Final

from cachetools import LRUCache

MOST_AT_ONCE: Final = 40
A_SECOND: Final = 1.0
"""With what may go at once, these stay below 100 in any minute (slack-facts, tier 4)."""
KEPT_FOR_OWN: Final = 20
"""Of those at once, kept for people who have just done something themselves."""
OWN_EVERY_S: Final = 0.5
OTHERS_EVERY_S: Final = 1.0
"""Between two publishes of one person's Home."""

Key = tuple[str, str]
_KEPT: Final = 50_000
"""Homes that are remembered, and workspaces; what is forgotten costs a publish too many at most."""


class Turns:
    """Hands out turns to publish; instants are the event loop's seconds."""

    def __init__(self) -> None:
        self._left: LRUCache[str, tuple[float, float]] = LRUCache(_KEPT)
        self._held: LRUCache[str, float] = LRUCache(_KEPT)
        self._last: LRUCache[Key, float] = LRUCache(_KEPT)

    def take(self, key: Key, now: float, *, own: bool) -> bool:
        """Whether it is this Home's turn; if so, it is taken."""
        workspace_id = key[0]
        since_last = now - self._last.get(key, float("-inf"))
        if now < self._held.get(workspace_id, 0.0):
            return False
        if since_last < (OWN_EVERY_S if own else OTHERS_EVERY_S):
            return False
        left = self._filled(workspace_id, now)
        if left < (1 if own else 1 + KEPT_FOR_OWN):
            return False
        self._left[workspace_id] = (left - 1, now)
        self._last[key] = now
        return True

    def hold(self, workspace_id: str, until: float) -> None:
        """Slack asked for a pause."""
        self._held[workspace_id] = max(until, self._held.get(workspace_id, 0.0))

    def _filled(self, workspace_id: str, now: float) -> float:
        left, at = self._left.get(workspace_id, (float(MOST_AT_ONCE), now))
        return min(MOST_AT_ONCE, left + (now - at) * A_SECOND)
