"""Work that nobody waits for: kept from being collected, and finished before the process ends."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Background:
    """Tasks on their way. What is started here handles its own failures."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs it as soon as the loop gets to it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Returns when nothing is under way any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self, seconds: float) -> int:
        """Gives what is under way so long, then breaks it off; returns how much that was.

        An answer that Slack wants to have later may take longer than a process has to end.
        """
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return len(left)
