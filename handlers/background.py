"""Work that nobody waits for: kept from being collected, and finished before the process ends."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Background:
    """Tasks on their way. What is started here handles its own failures."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._at_end: list[Callable[[], Coroutine[Any, Any, None]]] = []

    def at_end(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Has it done, too, whenever what is under way is waited for: nothing may be left over."""
        self._at_end.append(work)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs it as soon as the loop gets to it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Returns when nothing is under way any more."""
        self._start_last()
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self, seconds: float) -> int:
        """Gives what is under way so long, then breaks it off; returns how much that was.

        An answer that Slack wants to have later may take longer than a process has to end.
        """
        self._start_last()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return len(left)

    def _start_last(self) -> None:
        for work in self._at_end:
            self.start(work())
