"""Plain sentences in a direct message to the bot."""

import asyncio
from weakref import WeakValueDictionary

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.entries import Recorded, Undone
from bot.domain.errors import NotSaved
from bot.domain.grammar.sentences import ToPace, read_sentence
from bot.services.requests.log_command import FormWanted, RecentEntries
from bot.services.requests.pace_command import changes_something
from bot.services.requests.talking import Chatted, TalkOutcome, answer_words, heard_first
from bot.slack import actions
from bot.slack.message import Message
from bot.slack.messages.notices import notice
from bot.slack.messages.talk import small_talk
from handlers.answers import log_message, pace_message
from handlers.boundary import Boundary, drawn
from handlers.context import Context
from handlers.direct import Direct
from handlers.feature import Feature
from handlers.learning import Learner
from handlers.requests import EventRequest
from handlers.words import Words, words_of


class Talking:
    """Answers what people write, each message once, though Slack tells of it several times."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._direct = Direct(context)
        self._learner = Learner(context)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def feature(self) -> Feature:
        return Feature(events={"message": self._heard})

    async def _heard(self, request: EventRequest, _client: AsyncWebClient) -> None:
        words = words_of(request)
        if words is None:
            return
        caller = words.caller
        turn = self._turns.setdefault(f"{caller.workspace_id}:{words.channel}", asyncio.Lock())
        async with turn:  # so that "undo" meets what was written before it
            answer = await self._answer(words)
            if answer is not None:
                where = caller.workspace_id, words.channel
                self._direct.say(*where, answer, caller.key, words.thread_ts)
        self._learner.meet({"team_id": caller.workspace_id, "user_id": caller.user_id})

    async def _answer(self, words: Words) -> Message | None:
        """None where it was answered before. Raises NotSaved: then Slack is to tell it again."""
        caller, now = words.caller, self._context.now()
        try:
            outcome = await self._context.within(caller).write(
                lambda session: answer_words(session, caller, words.text, now)
            )
        except NotSaved:
            raise
        except Exception as failure:  # noqa: BLE001  the edge: whoever wrote must get an answer
            first = await self._context.within(caller).write(
                lambda session: heard_first(session, caller, now)
            )
            return Boundary(_choice_for(words.text)).message_for(failure) if first else None
        if outcome is None:
            return None
        self._follow(words, outcome)
        return drawn(outcome, _message)

    def _follow(self, words: Words, outcome: TalkOutcome) -> None:
        """Has all that shows the caller's numbers follow what was changed."""
        asked = read_sentence(words.text)
        if isinstance(outcome, Recorded):
            self._context.recorded(words.caller, outcome)
        elif isinstance(outcome, Undone) or (
            isinstance(asked, ToPace) and changes_something(asked.text)
        ):
            self._context.changed(words.caller)


def _message(outcome: TalkOutcome) -> Message:
    match outcome:
        case Chatted():
            return small_talk(outcome.about, outcome.help.indicators, leads=outcome.help.leads)
        case Recorded() | Undone() | RecentEntries():
            return log_message(outcome)
        case FormWanted():
            return notice("`/log` opens a form; here, write what you did.")
        case _:
            return pace_message(outcome)


def _choice_for(text: str) -> str:
    """What a corrected line's button does."""
    return actions.PACE_LINE if isinstance(read_sentence(text), ToPace) else actions.LINE
