"""Channels that are archived, deleted or without the bot, and those that are fine again."""

import asyncio
from collections.abc import Mapping
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.troubles import ChannelTrouble
from bot.services.troubles.channels import channel_found, channel_lost, is_spoken_in
from bot.slack.errors import Refused, SlackFailure
from handlers.context import Context
from handlers.feature import Feature
from handlers.requests import EventRequest

_SAYS: Final[Mapping[str, ChannelTrouble | None]] = {
    "archive": ChannelTrouble.ARCHIVED,
    "deleted": ChannelTrouble.DELETED,
    "left": ChannelTrouble.NOT_IN_CHANNEL,
    "unarchive": None,
}
_PATIENCE_S: Final = 1.5
"""For Slack to say how things are now; it waits for our answer three seconds."""


class Channels:
    """Keeps up with the channels of teams.

    Events come several times and out of order, so each one only makes us ask how things are now;
    what it says itself counts where Slack doesn't answer.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._transactions = context.bot.transactions

    def feature(self) -> Feature:
        kinds = (f"{place}_{what}" for place in ("channel", "group") for what in _SAYS)
        comings = ("member_left_channel", "member_joined_channel")
        return Feature(events=dict.fromkeys((*kinds, *comings), self._changed))

    async def _changed(self, request: EventRequest, _client: AsyncWebClient) -> None:
        channel, workspace_id = str(request.event.get("channel")), request.workspace_id
        if not await self._transactions.of(workspace_id).read(
            lambda s: is_spoken_in(s, workspace_id, channel)
        ):
            return
        says = request.type.partition("_")[2]
        try:
            trouble = await self._trouble(workspace_id, channel, says)
        except (SlackFailure, TimeoutError):
            if says not in _SAYS:  # somebody came or went, and it may have been anybody
                return
            trouble = _SAYS[says]
        if await self._keep(workspace_id, channel, trouble):
            self._context.wake(workspace_id)

    async def _keep(self, workspace_id: str, channel: str, trouble: ChannelTrouble | None) -> bool:
        if trouble is None:
            return await self._transactions.of(workspace_id).write(
                lambda s: channel_found(s, workspace_id, channel)
            )
        now = self._context.now()
        return await self._transactions.of(workspace_id).write(
            lambda s: channel_lost(s, workspace_id, channel, trouble, now)
        )

    async def _trouble(self, workspace_id: str, channel: str, says: str) -> ChannelTrouble | None:
        """What is wrong with it now; None where nothing is. Raises SlackFailure, TimeoutError."""
        client = await self._context.bot.clients.client_for(workspace_id)
        if client is None:
            raise TimeoutError
        try:
            async with asyncio.timeout(_PATIENCE_S):
                state = await client.channel_state(channel)
        except Refused as refused:
            if refused.code != "channel_not_found":
                raise
            gone = says == "deleted"
            return ChannelTrouble.DELETED if gone else ChannelTrouble.NOT_IN_CHANNEL
        if state.is_archived:
            return ChannelTrouble.ARCHIVED
        return None if state.is_member else ChannelTrouble.NOT_IN_CHANNEL
