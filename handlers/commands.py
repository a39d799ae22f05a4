"""Slash commands. The answer is the response itself: no call to Slack on that way."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.conversing import ephemeral
from bot.slack.message import Message
from bot.slack.messages.notices import notice
from handlers.boundary import Boundary
from handlers.context import Context
from handlers.feature import Feature
from handlers.features.recording import Recording
from handlers.learning import Learner
from handlers.limits import Limits
from handlers.requests import read_command

_LOG: Final = "/log"
_MOST_PARTS: Final = 5
"""Uses of one response URL (slack-facts)."""
PATIENCE_S: Final = 2.0
"""Slack waits three seconds for an answer, and the way there takes its part of them."""
_ONE_MOMENT: Final = "One moment: there is much to read. The answer comes here."
_TOO_MANY: Final = (
    "That's more commands in a minute than I can take, so this one wasn't done. Please wait a "
    "moment and send it again."
)
_UNKNOWN: Final = "I don't know that command. I answer to `/log`, `/pace`, `/coach` and `/kudos`."


class Commands:
    """What people type."""

    def __init__(
        self, context: Context, recording: Recording, features: Mapping[str, Feature]
    ) -> None:
        """`features` by the command that each answers."""
        self._context = context
        self._recording = recording
        self._features = features
        self._boundary = Boundary()
        self._limits = Limits(context.bot.settings.commands_per_minute)
        self._learner = Learner(context)

    async def log(self, body: dict[str, Any], client: AsyncWebClient) -> Message | None:
        """`/log`: the hot path. None where a form has opened."""
        if not self._limits.admits(body):
            return notice(_TOO_MANY)
        answer = await self._boundary.answer(self._recording.command(body, client))
        self._learner.meet(body)
        return answer

    async def other(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """`/pace`, `/coach` and `/kudos`."""
        if not self._limits.admits(body):
            await _show(ack, notice(_TOO_MANY))
            return
        feature = self._features.get(str(body.get("command")))
        if feature is None:
            answer: Message | None = notice(_UNKNOWN)
        else:
            boundary = Boundary(feature.choices)
            answer = await self._in_time(body, boundary.answer(_answered(feature, body, client)))
        await _show(ack, answer)
        parts = answer.thread[:_MOST_PARTS] if answer is not None else ()
        self._context.say_later(str(body.get("response_url") or ""), *parts)
        self._learner.meet(body)

    async def _in_time(
        self, body: dict[str, Any], work: Coroutine[Any, Any, Message | None]
    ) -> Message | None:
        """The answer; where it takes longer than Slack waits (a digest of sixty reps on a busy
        machine), that it comes, and then itself through the command's own address."""
        answering = asyncio.create_task(work)
        done, _ = await asyncio.wait({answering}, timeout=PATIENCE_S)
        if done:
            return answering.result()
        url = str(body.get("response_url") or "")
        self._context.background.start(self._follow(url, answering))
        return notice(_ONE_MOMENT)

    async def _follow(self, url: str, answering: asyncio.Task[Message | None]) -> None:
        answer = await answering
        if answer is not None:
            self._context.say_later(url, answer, *answer.thread[: _MOST_PARTS - 1])


class HotPath(AsyncMiddleware):
    """`/log`, answered before Bolt looks for a listener.

    For a matcher and for a listener Bolt gathers whatever either might ask for, some thirty things:
    60 µs a request, of which `/log` needs none.
    """

    def __init__(self, commands: Commands) -> None:
        self._commands = commands

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  Bolt's own name for it
    ) -> BoltResponse | None:
        """The answer to `/log`, after which Bolt stops; anything else goes on."""
        if req.body.get("command") != _LOG:
            await next()
            return resp
        answer = await self._commands.log(req.body, req.context.client)
        return BoltResponse(status=HTTPStatus.OK, body="" if answer is None else ephemeral(answer))


async def _answered(
    feature: Feature, body: dict[str, Any], client: AsyncWebClient
) -> Message | None:
    request = read_command(body)
    return await feature.commands[request.command](request, client)


async def _show(ack: AsyncAck, answer: Message | None) -> None:
    if answer is None:  # nothing to say: a form has opened
        await ack()
    else:
        await ack(ephemeral(answer))
