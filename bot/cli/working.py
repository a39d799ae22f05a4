"""The process of `pacesetter worker`: started, kept going, and ended gracefully."""

import asyncio
import signal

import structlog

from bot.settings import Settings
from bot.wiring import wired
from jobs.deferring import defer_drains
from jobs.distributed import WorkerEngine
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
            log.info("working")
            await told_to_stop.wait()
            log.info("stopping")
        finally:
            await engine.stop()
    log.info("stopped")
