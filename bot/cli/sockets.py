"""Socket Mode: Slack's requests over a connection that we open (no public address needed)."""

import asyncio

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackClientError

_TRY_AGAIN_S = 5.0

log = structlog.get_logger(__name__)


class SocketMode:
    """One connection; the SDK opens it anew when it drops."""

    def __init__(self, slack: AsyncApp, app_token: str) -> None:
        self._handler = AsyncSocketModeHandler(slack, app_token)

    async def connect(self) -> None:
        """Connects, trying again until it works: Slack may be away when we start."""
        while True:
            try:
                await self._handler.connect_async()  # type: ignore[no-untyped-call]
            except (SlackClientError, aiohttp.ClientError, OSError) as error:
                log.warning("socket_mode_not_connected", error=type(error).__name__)
                await asyncio.sleep(_TRY_AGAIN_S)
            else:
                log.info("socket_mode_connected")
                return

    async def is_connected(self) -> bool:
        """Whether requests can arrive right now."""
        return await self._handler.client.is_connected()

    async def close(self) -> None:
        """Takes no more requests."""
        await self._handler.close_async()  # type: ignore[no-untyped-call]
