"""Slash commands. The answer is the response itself: no call to Slack on that way."""

from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.entries import Recorded
from bot.domain.grammar.coach import CoachTopic, parse_coach
from bot.domain.grammar.log import ShowHelp
from bot.services.helping import HelpWanted, help_wanted
from bot.services.log_command import FormWanted, LogOutcome, log_command
from bot.services.pace_command import PaceOutcome, changes_something, pace_command
from bot.slack import actions
from bot.slack.conversing import ephemeral, open_view
from bot.slack.message import Message
from bot.slack.messages import help as helping
from bot.slack.messages.notices import notice
from bot.slack.views.log_form import Origin, log_form
from handlers.answers import log_message, pace_message
from handlers.boundary import Boundary
from handlers.context import Context
from handlers.learning import Learner
from handlers.requests import Body, CommandRequest, read_command

_SHOWN: Final = Message("", ())
"""Nothing to say: a form has opened."""
_NOT_YET: Final = (
    "`/coach {}` isn't there yet. `/pace team` shows your team, and the digest of the week comes "
    "by itself. `/coach help` says what else works today."
)


class Commands:
    """What people type."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._bot = context.bot
        self._logging = Boundary(actions.LINE)
        self._looking = Boundary(actions.PACE_LINE)
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
            answer = await Boundary().answer(self._coach(body), _as_it_is)
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

    async def _coach(self, body: Body) -> Message:
        """Honest about what there is until the coaching commands come."""
        request = read_command(body)
        asked = parse_coach(request.text)
        help_for: HelpWanted = await self._bot.transactions.read(
            lambda session: help_wanted(session, request.caller)
        )
        if isinstance(asked, ShowHelp) or asked.topic is CoachTopic.HUB or not help_for.leads:
            return helping.coach_help(leads=help_for.leads)
        return notice(_NOT_YET.format(asked.topic.value))


_MOST_PARTS: Final = 5
"""Uses of one response URL (slack-facts)."""


async def _open_form(client: AsyncWebClient, request: CommandRequest, form: FormWanted) -> None:
    view = log_form(form.indicators, form.today, Origin(request.response_url))
    await open_view(client, request.trigger_id, view)


def _log_answer(outcome: LogOutcome) -> Message:
    return _SHOWN if isinstance(outcome, FormWanted) else log_message(outcome)


def _as_it_is(message: Message) -> Message:
    return message


async def _show(ack: AsyncAck, answer: Message) -> None:
    if answer is _SHOWN:
        await ack()
    else:
        await ack(ephemeral(answer))
