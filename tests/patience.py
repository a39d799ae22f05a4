"""How long tests wait. That something comes is what they are about, not how soon: a machine may be
slow. Where speed matters `benchmarks/` measure it."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

PATIENCE_S: Final = 120.0
"""For what must come: only a failure lasts so long."""
_STEP_S: Final = 0.01


async def until(holds: Callable[[], bool]) -> None:
    """Returns as soon as it holds. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110  any kind of state is waited for
            await asyncio.sleep(_STEP_S)


def wait_until(holds: Callable[[], bool]) -> None:
    """The same in a test without a loop."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(_STEP_S)
