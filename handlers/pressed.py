"""Buttons, menus and time pickers: to the feature whose action it is."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import actions
from bot.slack.conversing import push_view, update_view
from bot.slack.errors import SlackFailure
from bot.slack.message import Message
from bot.slack.messages.notices import notice
from bot.slack.views.notice import notice_view
from handlers.boundary import Boundary
from handlers.context import Context
from handlers.feature import Press, Shown
from handlers.requests import ActionRequest, Body, read_action

_PARTS: Final = 4
_GONE: Final = "That button no longer works. `/pace` shows how things stand, `/log` opens a form."


class Pressed:
    """What people press and choose. Each answer comes through the response URL, or in a message of
    the person's own where there is none (in Home)."""

    def __init__(self, context: Context, presses: Mapping[str, Press]) -> None:
        self._context = context
        self._presses = presses

    async def any(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """One action of whatever kind."""
        try:
            request = read_action(body)
            shown = await self._presses.get(request.name, _gone)(request, client)
        except Exception as failure:  # noqa: BLE001  the edge: whoever pressed must get an answer
            boundary = Boundary(_choice_of(body))
            shown = Shown(boundary.message_for(failure))
            await _tell_in_modal(body, client, shown.message)
        await ack()
        self._show(body, shown)

    def _show(self, body: Body, shown: Shown) -> None:
        url = body.get("response_url")
        if shown.message is None or not isinstance(url, str):
            return
        if shown.blocks is not None:
            changed = Message(shown.message.text, shown.blocks)
            self._context.say_later(url, changed, replace=True)
        else:
            parts = shown.message.thread
            self._context.say_later(url, shown.message, *parts[:_PARTS], replace=shown.replace)


async def _tell_in_modal(body: Body, client: AsyncWebClient, message: Message | None) -> None:
    """What went wrong with something pressed in a modal, which has no response URL: on top of it,
    or, where three are open already, in its place."""
    view = body.get("view")
    if message is None or not isinstance(view, dict) or view.get("type") != "modal":
        return
    said = notice_view(message)
    with suppress(SlackFailure):
        try:
            await push_view(client, str(body.get("trigger_id")), said)
        except SlackFailure:
            await update_view(client, str(view.get("id")), said)


async def _gone(_request: ActionRequest, _client: AsyncWebClient) -> Shown:
    return Shown(notice(_GONE))


def _choice_of(body: Body) -> str:
    """What a further corrected line does: the same as the button that led to it."""
    pressed = body.get("actions")
    first = pressed[0] if isinstance(pressed, list) and pressed else {}
    name, _ = actions.split_id(str(first.get("action_id", "")))
    return name if name in {actions.PACE_LINE, actions.COACH_LINE} else actions.LINE
