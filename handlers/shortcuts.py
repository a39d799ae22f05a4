"""Shortcuts, global and on a message: to the feature that opens a form for them."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.boundary import Boundary
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
        a global one has no place for it but a direct message, which its feature sends."""
        await ack()
        try:
            request = read_shortcut(body)
            if (opens := self._shortcuts.get(request.callback_id)) is not None:
                await opens(request, client)
        except Exception as failure:  # noqa: BLE001  the edge: whoever asked must get an answer
            answer = Boundary().message_for(failure)
            self._context.say_later(str(body.get("response_url") or ""), answer)
