"""Slash commands. The answer is the response itself: no call to Slack on that way."""

from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.entries import Recorded
from bot.services.requests.coach_command import CoachOutcome, coach_command
from bot.services.requests.log_command import FormWanted, LogOutcome, log_command
from bot.services.requests.pace_command import PaceOutcome, changes_something, pace_command
from bot.slack import actions
from bot.slack.conversing import ephemeral, open_view
from bot.slack.message import Message
from bot.slack.messages import help as helping
from bot.slack.messages.notices import notice
from bot.slack.views.log_form import Origin, log_form
from handlers.answers import coach_message, log_message, pace_message
from handlers.boundary import Boundary
from handlers.context import Context
from handlers.learning import Learner
from handlers.requests import Body, CommandRequest, read_command

_SHOWN: Final = Message("", ())
"""Nothing to say: a form has opened."""


class Commands:
    """What people type."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._bot = context.bot
        self._logging = Boundary(actions.LINE)
        self._looking = Boundary(actions.PACE_LINE)
        self._coaching = Boundary(actions.COACH_LINE)
        self._learner = Learner(context)

    async def log(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """`/log`: the hot path."""
        answer = await self._logging.answer(self._log(body, client), _log_answer)
        await _show(ack, answer)
        self._learner.meet(body)

    async def other(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """`/pace`, `/coach` and `/kudos`."""
        command = body.get("command")
        if command == "/pace":
            answer = await self._looking.answer(self._pace(body), pace_message)
        elif command == "/coach":
            answer = await self._coaching.answer(self._coach(body), coach_message)
        elif command == "/kudos":
            answer = helping.kudos_help()
        else:
            answer = notice("I don't know that command. I answer to `/log` and `/pace`.")
        await _show(ack, answer)
        self._context.say_later(str(body.get("response_url") or ""), *answer.thread[:_MOST_PARTS])
        self._learner.meet(body)

    async def _log(self, body: Body, client: AsyncWebClient) -> LogOutcome:
        request, now = read_command(body), self._context.now()
        outcome = await self._bot.transactions.write(
            lambda session: log_command(session, request.caller, request.text, now)
        )
        if isinstance(outcome, Recorded):
            self._context.recorded(request.caller.workspace_id, outcome)
        elif isinstance(outcome, FormWanted):
            await _open_form(client, request, outcome)
        return outcome

    async def _pace(self, body: Body) -> PaceOutcome:
        request, now = read_command(body), self._context.now()
        run = self._bot.transactions.read
        if changes_something(request.text):
            run = self._bot.transactions.write
        return await run(lambda session: pace_command(session, request.caller, request.text, now))

    async def _coach(self, body: Body) -> CoachOutcome:
        request, now = read_command(body), self._context.now()
        return await self._bot.transactions.read(
            lambda session: coach_command(session, request.caller, request.text, now)
        )


_MOST_PARTS: Final = 5
"""Uses of one response URL (slack-facts)."""


async def _open_form(client: AsyncWebClient, request: CommandRequest, form: FormWanted) -> None:
    view = log_form(form.indicators, form.today, Origin(request.response_url))
    await open_view(client, request.trigger_id, view)


def _log_answer(outcome: LogOutcome) -> Message:
    return _SHOWN if isinstance(outcome, FormWanted) else log_message(outcome)


async def _show(ack: AsyncAck, answer: Message) -> None:
    if answer is _SHOWN:
        await ack()
    else:
        await ack(ephemeral(answer))
