"""Shortcuts: "Log this" in the menu of any message, and "Log a behaviour" from anywhere."""

from datetime import UTC, datetime
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.services.requests.clipped import begin_form
from bot.slack import actions
from bot.slack.conversing import open_view
from bot.slack.views.log_form import Origin, log_form
from handlers.context import Context
from handlers.feature import Feature
from handlers.requests import ShortcutRequest

_LAST: Final = 253_402_300_799.0
"""Unix seconds of the last instant that a date can have."""


class ClippingShortcuts:
    """Opens the log form where the work is; `Recording` takes it when it is sent."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(
            shortcuts={actions.LOG_THIS: self._log_this, actions.LOG_ANYTHING: self._log_anything}
        )

    async def _log_this(self, request: ShortcutRequest, client: AsyncWebClient) -> None:
        """The answer is shown where the message is, to whoever logged it alone."""
        now, text = self._context.now(), request.message.get("text")
        said = text if isinstance(text, str) else ""
        written = _instant(request.message.get("ts")) or now
        form = await self._context.within(request.caller).read(
            lambda session: begin_form(session, request.caller, now, said, written)
        )
        view = log_form(form.indicators, form.today, Origin(request.response_url), form.start)
        await open_view(client, request.trigger_id, view)

    async def _log_anything(self, request: ShortcutRequest, client: AsyncWebClient) -> None:
        """There is no place for the answer but a direct message."""
        now = self._context.now()
        form = await self._context.within(request.caller).read(
            lambda session: begin_form(session, request.caller, now)
        )
        view = log_form(form.indicators, form.today, Origin(direct=True))
        await open_view(client, request.trigger_id, view)


def _instant(ts: object) -> datetime | None:
    """When a message was written, by its id; None for what is no message's."""
    try:
        seconds = float(str(ts))
    except ValueError:
        return None
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LAST else None
