"""People who are renamed, move to another time zone, leave Slack or come back."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.services.requests.callers import Caller
from bot.services.troubles.accounts import Told, says_something_new, take_over
from bot.slack.errors import SlackFailure
from handlers.context import Context
from handlers.feature import Feature
from handlers.requests import EventRequest

_PATIENCE_S: Final = 1.5
"""For Slack to say how things are now; it waits for our answer three seconds."""


class Profiles:
    """What Slack knows of people, kept as it is there.

    Events come several times and out of order, so one that says something new only makes us ask
    how things are now; what it says itself counts where Slack doesn't answer.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._transactions = context.bot.transactions

    def feature(self) -> Feature:
        return Feature(events={"user_change": self._changed, "team_join": self._changed})

    async def _changed(self, request: EventRequest, _client: AsyncWebClient) -> None:
        user, workspace_id = request.event.get("user"), request.workspace_id
        if not isinstance(user, dict):
            return
        event = _told(user)
        if not await self._transactions.of(workspace_id).read(
            lambda s: says_something_new(s, workspace_id, event)
        ):
            return
        told, now = await self._asked(workspace_id, event), self._context.now()
        if await self._transactions.of(workspace_id).write(
            lambda s: take_over(s, workspace_id, told, now)
        ):
            self._context.wake(workspace_id)
        self._context.changed(Caller(workspace_id, told.user_id, request.event_id))

    async def _asked(self, workspace_id: str, event: Told) -> Told:
        """How things are now; what the event says where Slack doesn't tell."""
        client = await self._context.bot.clients.client_for(workspace_id)
        if client is None:
            return event
        try:
            async with asyncio.timeout(_PATIENCE_S):
                user = await client.users_info(event.user_id)
        except (SlackFailure, TimeoutError):
            return event
        return Told(user.user_id, user.name, user.zone, user.is_deleted)


def _told(user: Mapping[str, Any]) -> Told:
    name = (user.get("profile") or {}).get("display_name") or user.get("real_name")
    return Told(str(user.get("id")), name, user.get("tz"), bool(user.get("deleted")))
