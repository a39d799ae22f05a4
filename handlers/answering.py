"""Where the answer to a button goes: to the message it was pressed in, or, in a modal or in Home,
which have no response URL, to where whoever pressed is looking.

In Home a short answer is shown at its top, for which Home is drawn again; one that is too long for
that, or has a table, opens in a modal. In a modal the answer takes the place of the answer that it
was pressed in; on any other modal it is put on top. Where nothing of that can be done, it comes as
a direct message.
"""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.conversing import open_view, push_view, update_view
from bot.slack.errors import SlackFailure
from bot.slack.message import Message
from bot.slack.messages.notices import notice
from bot.slack.views.home.view import fits_at_top
from bot.slack.views.notice import ANSWER, answer_view, fits_in_modal, notice_view
from handlers.boundary import nobody_to_tell
from handlers.context import Context
from handlers.direct import Direct
from handlers.feature import Shown
from handlers.payloads import Body
from handlers.requests import presser

_PARTS: Final = 4
"""Further messages through one response URL, which takes five (slack-facts)."""
_ELSEWHERE: Final = "I have sent you the answer as a direct message."


class Answering:
    """Shows answers. Its own failures are logged: there is nobody left to tell."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._direct = Direct(context)

    async def show(
        self, body: Body, shown: Shown, web: AsyncWebClient, *, failed: bool = False
    ) -> None:
        """Shows what came of a button; `failed` where nothing was done."""
        url, message = body.get("response_url"), shown.message
        if message is None:
            return
        if isinstance(url, str) and url:
            self._through(url, shown, message)
            return
        await self._beside(body, message, web, failed=failed)

    def _through(self, url: str, shown: Shown, message: Message) -> None:
        if shown.blocks is not None:
            changed = Message(message.text, shown.blocks)
            self._context.say_later(url, changed, replace=True)
        else:
            parts = message.thread[:_PARTS]
            self._context.say_later(url, message, *parts, replace=shown.replace)

    async def _beside(
        self, body: Body, message: Message, web: AsyncWebClient, *, failed: bool
    ) -> None:
        view, who = body.get("view"), presser(body)
        if who is None or not isinstance(view, dict):
            return
        in_home = view.get("type") == "home"
        if in_home and fits_at_top(message):
            self._context.homes.tell(*who, message)
        elif not await _in_modal(body, view, message, web, failed=failed):
            self._context.background.start(self._elsewhere(*who, message, in_home=in_home))

    async def _elsewhere(
        self, workspace_id: str, user_id: str, message: Message, *, in_home: bool
    ) -> None:
        """As a direct message; Home says so once it is there."""
        with nobody_to_tell():
            await self._direct.send(workspace_id, user_id, message, f"answer:{token_hex(8)}")
            if in_home:
                self._context.homes.tell(workspace_id, user_id, notice(_ELSEWHERE))


async def _in_modal(
    body: Body, view: Body, message: Message, web: AsyncWebClient, *, failed: bool
) -> bool:
    """Whether a modal shows it: the trigger may be too old, or three be open already."""
    if not fits_in_modal(message):
        return False
    trigger_id, view_id = str(body.get("trigger_id")), str(view.get("id"))
    answer = notice_view(message) if failed else answer_view(message)
    try:
        if view.get("type") == "home":
            await open_view(web, trigger_id, answer)
        elif view.get("callback_id") == ANSWER and not failed:
            await update_view(web, view_id, answer)
        else:
            await _on_top(trigger_id, view_id, answer, web)
    except SlackFailure:
        return False
    return True


async def _on_top(
    trigger_id: str, view_id: str, answer: Mapping[str, Any], web: AsyncWebClient
) -> None:
    try:
        await push_view(web, trigger_id, answer)
    except SlackFailure:  # three are open already: in the place of the last
        await update_view(web, view_id, answer)
