"""The process of `pacesetter run` and of `web`: started, kept going, and ended gracefully."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from slack_bolt.async_app import AsyncApp

from bot.cli.listening import Server, in_background, listen
from bot.settings import Settings
from bot.wiring import BeforeCommit, Wired, wired
from handlers.app import build_app
from handlers.background import Background
from handlers.homes import Homes
from handlers.http import build_http
from handlers.readiness import Readiness
from jobs.engine import Engine
from jobs.greeting import greet
from jobs.renewing import keep_renewed

if TYPE_CHECKING:
    from bot.cli.sockets import SocketMode
    from handlers.installing import InstallPages

REPLIES_FINISH_WITHIN_S = 1

log = structlog.get_logger(__name__)


async def serve(settings: Settings, *, alone: bool = True) -> None:
    """Serves until SIGINT or SIGTERM. Raises `Refusal` where the port can't be had.

    A process that isn't `alone` leaves what is to be sent to workers.
    """
    listening = listen(settings.host, settings.port)
    async with wired(settings, before_commit=None if alone else _deferring()) as bot:
        background = Background()
        engine = _engine(bot, alone=alone)
        homes = Homes(bot, background)
        slack = build_app(bot, engine.wake, background, homes)
        async with _socket_mode(bot, slack) as sockets:
            readiness = Readiness(bot, sockets.is_connected if sockets else None)
            secret = settings.slack_signing_secret
            revealed = secret.get_secret_value() if secret else None
            pages = _pages(bot, engine)
            server = Server(build_http(slack, revealed, readiness, bot.metrics, pages))
            welcomed = in_background(greet(bot, engine.wake))
            watched, followed = in_background(readiness.watch()), in_background(homes.watch())
            renewed = in_background(keep_renewed(bot))
            async with _running(engine), watched, followed, welcomed, renewed:
                host, port = listening.getsockname()[:2]
                log.info("listening", url=f"http://{host}:{port}", socket_mode=bool(sockets))
                await server.serve(sockets=[listening])
                log.info("stopping")
        if broken_off := await background.stop(REPLIES_FINISH_WITHIN_S):
            log.warning("answers_broken_off", answers=broken_off)
    log.info("stopped")


def _deferring() -> BeforeCommit:
    from jobs.deferring import defer_drains

    return defer_drains


def _engine(bot: Wired, *, alone: bool) -> Engine:
    """Imports only what it needs: Procrastinate is of no use to a process that is alone."""
    if not alone:
        from jobs.ticking import WebEngine

        return WebEngine(bot)
    from jobs.embedded import EmbeddedEngine
    from jobs.writers import all_writers

    return EmbeddedEngine(bot, all_writers())


def _pages(bot: Wired, engine: Engine) -> "InstallPages | None":
    """Where the app can be installed; cryptography is of no use to a bot that can't be."""
    if bot.installing is None:
        return None
    from handlers.installing import InstallPages

    return InstallPages(bot, bot.installing, engine.wake)


@asynccontextmanager
async def _running(engine: Engine) -> AsyncIterator[None]:
    await engine.start()
    try:
        yield
    finally:
        await engine.stop()


@asynccontextmanager
async def _socket_mode(bot: Wired, slack: AsyncApp) -> "AsyncIterator[SocketMode | None]":
    token = bot.settings.slack_app_token
    if token is None:
        yield None
        return
    from bot.cli.sockets import SocketMode

    sockets = SocketMode(slack, token.get_secret_value())
    async with in_background(sockets.connect()):
        try:
            yield sockets
        finally:
            await sockets.close()
