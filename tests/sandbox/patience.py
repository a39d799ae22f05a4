"""Waiting for what other tasks do."""

import asyncio
from collections.abc import Callable

STEP = 0.005


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    """Returns as soon as it holds. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 (any kind of state is waited for)
            await asyncio.sleep(STEP)
