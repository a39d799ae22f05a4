"""Shortcuts, global and on a message: to the feature that opens a form for them."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.conversing import open_view
from bot.slack.message import Message
from bot.slack.views.notice import notice_view
from handlers.boundary import Boundary, nobody_to_tell
from handlers.context import Context
from handlers.feature import Shortcut
from handlers.requests import read_shortcut


class Shortcuts:
    """What people start from Slack's menus."""

    def __init__(self, context: Context, shortcuts: Mapping[str, Shortcut]) -> None:
        self._context = context
        self._shortcuts = shortcuts

    async def any(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """One shortcut of whatever kind. Where it fails on a message, the sentence is shown there;
        for a global one it opens in a modal: there is no other place."""
        await ack()
        try:
            request = read_shortcut(body)
            if (opens := self._shortcuts.get(request.callback_id)) is not None:
                await opens(request, client)
        except Exception as failure:  # noqa: BLE001  the edge: whoever asked must get an answer
            await self._tell(body, Boundary().message_for(failure), client)

    async def _tell(self, body: dict[str, Any], answer: Message, client: AsyncWebClient) -> None:
        url = body.get("response_url")
        if isinstance(url, str) and url:
            self._context.say_later(url, answer)
            return
        with nobody_to_tell():
            await open_view(client, str(body.get("trigger_id")), notice_view(answer))
