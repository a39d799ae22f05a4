"""Buttons, menus and time pickers: to the feature whose action it is."""

from collections.abc import Mapping
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import actions
from bot.slack.messages.notices import notice
from handlers.answering import Answering
from handlers.boundary import Boundary
from handlers.context import Context
from handlers.feature import Press, Shown
from handlers.payloads import Body
from handlers.requests import ActionRequest, read_action

_GONE: Final = "That button no longer works. `/pace` shows how things stand, `/log` opens a form."


class Pressed:
    """What people press and choose; `Answering` knows where each answer goes."""

    def __init__(self, context: Context, presses: Mapping[str, Press]) -> None:
        self._context = context
        self._presses = presses
        self._answering = Answering(context)

    async def any(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """One action of whatever kind."""
        failed = False
        try:
            request = read_action(body)
            shown = await self._presses.get(request.name, _gone)(request, client)
        except Exception as failure:  # noqa: BLE001  the edge: whoever pressed must get an answer
            shown, failed = Shown(Boundary(_choice_of(body)).message_for(failure)), True
        await ack()
        await self._answering.show(body, shown, client, failed=failed)


async def _gone(_request: ActionRequest, _client: AsyncWebClient) -> Shown:
    return Shown(notice(_GONE))


def _choice_of(body: Body) -> str:
    """What a further corrected line does: the same as the button that led to it."""
    pressed = body.get("actions")
    first = pressed[0] if isinstance(pressed, list) and pressed else {}
    name, _ = actions.split_id(str(first.get("action_id", "")))
    return name if name in {actions.PACE_LINE, actions.COACH_LINE} else actions.LINE
