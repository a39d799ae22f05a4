"""The role of admin: Slack's own admins and owners may always take it (design §2.8)."""

from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import NotPermitted
from bot.services.requests.callers import Caller
from bot.services.welcoming import admins, claim_admin
from bot.slack import actions
from bot.slack.answers import SlackUser
from bot.slack.errors import SlackFailure
from bot.slack.message import Message
from bot.slack.messages.welcome import setup_offer, setup_refused, with_claim
from handlers.context import Context
from handlers.feature import Feature, Shown
from handlers.requests import ActionRequest

_NEW_ADMIN: Final = "You are a Pacesetter admin now: teams, people and managers are yours to set."
_NOT_YOURS: Final = (
    "Only an admin or owner of this Slack workspace can take that role. Ask one of them, "
    "or a Pacesetter admin."
)


class Claiming:
    """Who may run Pacesetter, and who can be asked."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(presses={actions.CLAIM_ADMIN: self._claim})

    async def refused(self, caller: Caller, sentence: str) -> Message:
        """The sentence, who can do it instead, and a button for those who may take the role."""
        them = await self._context.within(caller).read(lambda s: admins(s, caller.workspace_id))
        return await self.with_offer(caller, setup_refused(sentence, them))

    async def with_offer(self, caller: Caller, message: Message) -> Message:
        """The message, with that button where Slack says that the person runs the workspace, and
        the person has no such role here yet."""
        them = await self._context.within(caller).read(lambda s: admins(s, caller.workspace_id))
        if caller.user_id in them:
            return message
        try:
            offered = await self._runs_workspace(caller) is not None
        except SlackFailure:
            offered = False
        return with_claim(message) if offered else message

    async def _claim(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        """Slack is asked again: the button may be old, or forged."""
        caller, now = request.caller, self._context.now()
        person = await self._runs_workspace(caller)
        if person is None:
            raise NotPermitted(_NOT_YOURS)
        told = {"name": person.name, "zone": person.zone}
        await self._context.within(caller).write(
            lambda session: claim_admin(session, caller.workspace_id, caller.user_id, now, **told)
        )
        self._context.changed(caller)
        return Shown(setup_offer(_NEW_ADMIN), replace=request.is_ephemeral)

    async def _runs_workspace(self, caller: Caller) -> SlackUser | None:
        client = await self._context.bot.clients.client_for(caller.workspace_id)
        person = None if client is None else await client.users_info(caller.user_id)
        return person if person is not None and person.is_admin else None
