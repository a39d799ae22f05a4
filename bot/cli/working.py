"""The process of `pacesetter worker`: started, kept going, and ended gracefully."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog
from starlette.applications import Starlette

from bot.cli.listening import Server, in_background, listen
from bot.settings import Settings
from bot.wiring import Wired, wired
from handlers.health import health_routes
from handlers.readiness import Readiness
from jobs.deferring import defer_drains
from jobs.distributed import WorkerEngine
from jobs.renewing import keep_renewed
from jobs.writers import all_writers

log = structlog.get_logger(__name__)


async def work(settings: Settings) -> None:
    """Works until SIGINT or SIGTERM."""
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told_to_stop.set)
    async with wired(settings, before_commit=defer_drains) as bot:
        engine = WorkerEngine(bot, all_writers())
        await engine.start()
        try:
            async with _watched(bot), in_background(keep_renewed(bot)):
                log.info("working")
                await told_to_stop.wait()
                log.info("stopping")
        finally:
            await engine.stop()
    log.info("stopped")


@asynccontextmanager
async def _watched(bot: Wired) -> AsyncIterator[None]:
    """Tells how it is on WORKER_PORT, where that is set: several may share a machine."""
    port = bot.settings.worker_port
    if port is None:
        yield
        return
    readiness = Readiness(bot)
    server = _Quiet(Starlette(routes=health_routes(readiness, bot.metrics)))
    listening = listen(bot.settings.host, port)
    async with in_background(readiness.watch()), in_background(server.serve([listening])):
        log.info("watched", port=listening.getsockname()[1])
        yield


class _Quiet(Server):
    """One that leaves signals to the worker."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
