"""What each process that listens is made of: socket, server, work in the background."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn

from bot.domain.errors import Refusal

REQUESTS_FINISH_WITHIN_S = 3
"""Longer than Slack waits for any answer."""
_BACKLOG = 2048


class Server(uvicorn.Server):
    """uvicorn, which would end the process by the signal that stopped it before we have tidied."""

    def __init__(self, app: Any) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http="httptools",
                lifespan="off",
                access_log=False,
                proxy_headers=False,  # nothing here asks who the client is
                log_config=None,
                server_header=False,
                timeout_graceful_shutdown=REQUESTS_FINISH_WITHIN_S,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


@asynccontextmanager
async def in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise Refusal(
            f"Port {port} on {host} can't be had ({error.strerror}): set PORT or HOST to another."
        ) from error
