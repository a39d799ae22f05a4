"""Tokens that expire, renewed long before they do, so that no request waits for it."""

import asyncio
from datetime import timedelta
from typing import Final

import structlog

from bot.domain.errors import NotSaved
from bot.wiring import Wired

AHEAD: Final = timedelta(hours=2)
_EVERY_S: Final = 300.0

log = structlog.get_logger(__name__)


async def keep_renewed(wired: Wired) -> None:
    """Looks again and again, until cancelled; processes side by side renew each token once."""
    while wired.installing is not None:
        try:
            await wired.installing.tokens.renew_ahead(AHEAD)
        except NotSaved:
            log.warning("database_unavailable", job="renew")
        await asyncio.sleep(_EVERY_S)
