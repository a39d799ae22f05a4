"""`/coach`: each topic is a feature's, and what nobody takes is answered with what there is."""

from collections.abc import Mapping

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.grammar.coach import Coach, CoachTopic, parse_coach
from bot.services.requests.coach_command import digest_asked
from bot.services.requests.helping import HelpWanted, help_wanted
from bot.slack import actions
from bot.slack.message import Message
from bot.slack.messages import help as helping
from bot.slack.messages.digest import digest_message
from handlers.boundary import drawn
from handlers.context import Context
from handlers.feature import CoachHandle, Feature, Shown
from handlers.features.claiming import Claiming
from handlers.requests import ActionRequest, CommandRequest


class Coaching:
    """The hub of what managers do."""

    def __init__(
        self, context: Context, topics: Mapping[CoachTopic, CoachHandle], claiming: Claiming
    ) -> None:
        self._context = context
        self._claiming = claiming
        self._topics = {CoachTopic.DIGEST: self._digest, **topics}

    def feature(self) -> Feature:
        return Feature(
            commands={"/coach": self._command},
            choices=actions.COACH_LINE,
            presses={actions.COACH_LINE: self._line},
        )

    async def _line(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        """A corrected line, which is a command like any other."""
        line = CommandRequest(
            "/coach", request.caller, request.value, request.trigger_id, request.response_url
        )
        return Shown(await self._command(line, client), replace=request.is_ephemeral)

    async def _command(self, request: CommandRequest, client: AsyncWebClient) -> Message | None:
        asked = parse_coach(request.text)
        if isinstance(asked, Coach) and asked.topic is not CoachTopic.HUB:
            return await self._topics[asked.topic](request, asked, client)
        wanted = await self._context.within(request.caller).read(
            lambda session: help_wanted(session, request.caller)
        )
        if isinstance(asked, Coach) and wanted.leads:
            return await self._topics[asked.topic](request, asked, client)
        return await self._claiming.with_offer(request.caller, self._help(wanted))

    def _help(self, wanted: HelpWanted) -> Message:
        topics = frozenset(self._topics)
        return helping.coach_help(leads=wanted.leads, indicators=wanted.indicators, topics=topics)

    async def _digest(
        self, request: CommandRequest, asked: Coach, _client: AsyncWebClient
    ) -> Message:
        now = self._context.now()
        digest = await self._context.within(request.caller).read(
            lambda session: digest_asked(session, request.caller, asked.rest, now)
        )
        return drawn(digest, digest_message)
