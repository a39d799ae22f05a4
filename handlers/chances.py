"""What only chances are reckoned with, loaded before the first request that may ask for one."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Final

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

_RECKONED_BY: Final = "bot.domain.forecast.chances"
_WAITS_S: Final = 1.0
"""A part of Slack's three seconds, on a machine that takes as long."""


class ChancesLoaded(AsyncMiddleware):
    """NumPy and SciPy for whatever comes after `/log`, which asks for no chance: 33 MB, 0.5 s.

    In a thread, once: on SQLite what writes is done on the event loop, with the lock held, so that
    loading them where the first chance is asked for would hold everybody up.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._loading: asyncio.Future[object] | None = None

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  Bolt's own name for it
    ) -> BoltResponse | None:
        """The first one waits for them, or a second; the others behind it, in their order."""
        async with self._turn:
            if self._loading is None:
                loop = asyncio.get_running_loop()
                self._loading = loop.run_in_executor(None, import_module, _RECKONED_BY)
                await asyncio.wait({self._loading}, timeout=_WAITS_S)
        await next()
        return resp
