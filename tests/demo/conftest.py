"""The demo, open, on a free port and without a word."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.demo.live import LiveBot
from bot.demo.opening import opened
from tests.demo.visiting import silently


@pytest_asyncio.fixture
async def demo() -> AsyncIterator[LiveBot]:
    """A fresh demo on its Monday morning."""
    async with opened(silently, 0) as running:
        yield running
