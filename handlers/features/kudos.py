"""`/kudos`, and the buttons that give some with one tap."""

from collections.abc import Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import Refusal
from bot.domain.feats.kudos import Given
from bot.domain.grammar.coach import UndoKudos, parse_kudos
from bot.domain.grammar.log import ShowHelp
from bot.services.requests.callers import Caller
from bot.services.requests.giving_kudos import give, give_for_celebration, give_for_week
from bot.services.requests.helping import help_wanted
from bot.services.requests.taking_kudos_back import take_back
from bot.slack import actions
from bot.slack.message import Message
from bot.slack.messages import help as helping
from bot.slack.messages.kudos import given, taken_back
from bot.wiring import Session
from handlers.boundary import drawn
from handlers.context import Context
from handlers.feature import Feature, Shown
from handlers.requests import ActionRequest, CommandRequest

_GONE = "That button is too old for me. `/kudos @name for …` always works."


class Kudos:
    """Praise for a colleague."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(
            commands={"/kudos": self._command},
            presses={actions.KUDOS_CHEER: self._cheer, actions.KUDOS_WEEK: self._week},
        )

    async def _command(self, request: CommandRequest, _client: AsyncWebClient) -> Message:
        asked, caller, now = parse_kudos(request.text), request.caller, self._context.now()
        if isinstance(asked, ShowHelp):
            wanted = await self._context.within(caller).read(
                lambda session: help_wanted(session, caller)
            )
            return helping.kudos_help(wanted.indicators, leads=wanted.leads)
        if isinstance(asked, UndoKudos):
            undone = await self._context.within(caller).write(
                lambda session: take_back(session, caller, now)
            )
            self._context.wake(caller.workspace_id)
            return drawn(undone, taken_back)
        return await self._give(
            caller, lambda session: give(session, caller, asked.user, asked.reason, now)
        )

    async def _cheer(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now, caller = self._context.now(), request.caller
        return Shown(
            await self._give(
                caller,
                lambda session: give_for_celebration(
                    session, caller, request.value, request.number, now
                ),
            )
        )

    async def _week(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now, caller = self._context.now(), request.caller
        asked = actions.split_week(request.value)
        if asked is None:
            raise Refusal(_GONE)
        monday, user_id = asked
        return Shown(
            await self._give(
                caller, lambda session: give_for_week(session, caller, user_id, monday, now)
            )
        )

    async def _give(self, caller: Caller, work: Callable[[Session], Given]) -> Message:
        """Committed first, then sent at once."""
        outcome = await self._context.within(caller).write(work)
        if not outcome.repeated:
            self._context.wake(caller.workspace_id)
        return drawn(outcome, given)
