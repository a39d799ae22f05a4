"""People whose name or time zone changed in Slack."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.services.people import keep_profile_of
from handlers.context import Context
from handlers.feature import Feature
from handlers.requests import EventRequest


class Profiles:
    """What Slack knows of people, kept as it is there."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(events={"user_change": self._changed, "team_join": self._changed})

    async def _changed(self, request: EventRequest, _client: AsyncWebClient) -> None:
        user, workspace_id = request.event.get("user"), request.workspace_id
        if not isinstance(user, dict):
            return
        user_id, zone = str(user.get("id")), user.get("tz")
        name = (user.get("profile") or {}).get("display_name") or user.get("real_name")
        await self._context.bot.transactions.write(
            lambda session: keep_profile_of(session, workspace_id, user_id, name, zone)
        )
