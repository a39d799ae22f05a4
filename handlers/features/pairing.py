"""`/coach pair`, and the buttons that pair two people or call it off."""

from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import Refusal
from bot.domain.grammar.coach import Coach, CoachTopic
from bot.services.requests.pairing_asked import PairsAsked, pairs_asked
from bot.services.requests.pairing_people import Asked, cancel, propose
from bot.slack import actions
from bot.slack.message import Message
from bot.slack.messages.pairing import called_off, pairs, proposed
from handlers.boundary import drawn
from handlers.context import Context
from handlers.feature import Feature, Shown
from handlers.requests import ActionRequest, CommandRequest

_PARTS: Final = 4
_LONGEST_ID: Final = 18
_GONE: Final = "That button is too old for me. `/coach pair` shows who could help whom now."


class Pairing:
    """Who learns what from whom."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(
            topics={CoachTopic.PAIR: self._command},
            presses={actions.PAIR: self._propose, actions.PAIR_OFF: self._cancel},
        )

    async def _command(
        self, request: CommandRequest, asked: Coach, _client: AsyncWebClient
    ) -> Message:
        now, caller = self._context.now(), request.caller
        found = await self._context.within(caller).read(
            lambda session: pairs_asked(session, caller, asked.user, asked.rest, now)
        )
        return drawn(found, _message)

    async def _propose(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        asked, now, caller = _asked(request.value), self._context.now(), request.caller
        paired = await self._context.within(caller).write(
            lambda session: propose(session, caller, asked, now)
        )
        if not paired.repeated:
            self._context.wake(caller.workspace_id)
        return Shown(
            drawn(
                paired,
                lambda it: proposed(it.pairing, it.behaviour, repeated=it.repeated),
            )
        )

    async def _cancel(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now, caller = self._context.now(), request.caller
        off = await self._context.within(caller).write(
            lambda session: cancel(session, caller, _id(request.value), now)
        )
        self._context.wake(caller.workspace_id)
        return Shown(drawn(off, called_off))


def _message(found: PairsAsked) -> Message:
    suggested = tuple((each.gap, each.helpers) for each in found.suggested)
    return pairs(
        found.playbook,
        suggested,
        found.running,
        found.learner,
        found.names,
        has_gaps=found.has_gaps,
    )


def _asked(value: str) -> Asked:
    parts = value.split(" ")
    if len(parts) != _PARTS:
        raise Refusal(_GONE)
    learner, teacher, behaviour, skill = parts
    return Asked(learner, teacher, _id(behaviour), for_skill=skill == "1")


def _id(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= _LONGEST_ID):
        raise Refusal(_GONE)
    return int(value)
