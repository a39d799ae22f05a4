"""Events: people whose name or time zone changed in Slack."""

from typing import Any

from bot.domain.errors import Refusal
from bot.services.people import keep_profile_of
from handlers.boundary import log_failure
from handlers.context import Context
from handlers.requests import Body


class Events:
    """What Slack tells unasked. Each is taken with 200, so that Slack doesn't tell it again."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def any(self, body: dict[str, Any]) -> None:
        """One event of whatever type; those that mean nothing to us are left alone."""
        event = body.get("event")
        if isinstance(event, dict) and event.get("type") in {"user_change", "team_join"}:
            await self._person_changed(body, event)

    async def _person_changed(self, body: Body, event: Body) -> None:
        user, workspace_id = event.get("user"), body.get("team_id")
        if not isinstance(user, dict) or not isinstance(workspace_id, str):
            return
        user_id, zone = str(user.get("id")), user.get("tz")
        name = (user.get("profile") or {}).get("display_name") or user.get("real_name")
        try:
            await self._context.bot.transactions.write(
                lambda session: keep_profile_of(session, workspace_id, user_id, name, zone)
            )
        except Refusal as failure:
            log_failure("profile not kept", failure)
