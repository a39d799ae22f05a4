"""What is under way when the process is told to end."""

import asyncio

from handlers.background import Background


async def test_what_is_nearly_done_is_finished() -> None:
    done: list[str] = []

    async def answer() -> None:
        await asyncio.sleep(0.01)
        done.append("said")

    background = Background()
    background.start(answer())
    assert await background.stop(1.0) == 0
    assert done == ["said"]


async def test_what_would_take_too_long_is_broken_off() -> None:
    """As an answer does that waits for a Retry-After of half a minute."""
    background = Background()
    background.start(asyncio.sleep(3600.0))
    background.start(asyncio.sleep(3600.0))
    assert await background.stop(0.05) == 2
    assert await background.stop(0.05) == 0
