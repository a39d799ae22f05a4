"""Tells those who look on that something has happened."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Changes:
    """Whoever changes the state touches it; each watcher has an event of its own."""

    def __init__(self) -> None:
        self.is_closed = False
        self._watchers: set[asyncio.Event] = set()

    def touch(self) -> None:
        for watcher in self._watchers:
            watcher.set()

    def close(self) -> None:
        """The end: watchers wake and go."""
        self.is_closed = True
        self.touch()

    @contextmanager
    def watched(self) -> Iterator[asyncio.Event]:
        """An event that is set at each change; the watcher clears it."""
        watcher = asyncio.Event()
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)
