"""Forms that were sent: saved, or kept open with a sentence at the field that is wrong."""

from collections.abc import Mapping
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.slack.messages.notices import notice
from bot.slack.views.home.view import fits_at_top
from bot.slack.views.notice import notice_view
from handlers.boundary import sentence_for
from handlers.context import Context
from handlers.feature import NextView, Saved, Submit
from handlers.requests import SubmissionRequest, read_submission

_GONE: Final = "This form is out of date. Please close it and open it again."


class Submissions:
    """What people save in a modal."""

    def __init__(self, context: Context, forms: Mapping[str, Submit]) -> None:
        self._context = context
        self._forms = forms

    async def any(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """A form of whatever kind; the answer to one that is saved comes through its origin."""
        try:
            request = read_submission(body)
            taken = await self._forms.get(request.callback_id, _gone)(request, client)
        except Exception as failure:  # noqa: BLE001  the edge: the form must get an answer
            await _refuse(ack, body, failure)
            return
        if isinstance(taken, NextView):
            action = "push" if taken.on_top else "update"
            await ack(response_action=action, view=dict(taken.view))
            return
        await ack()
        self._show(request, taken)

    def _show(self, request: SubmissionRequest, saved: Saved) -> None:
        """Where the form was opened; a form of Home's has no address, but Home itself."""
        who = request.caller.workspace_id, request.caller.user_id
        if saved.message is None:
            return
        if not saved.url and self._context.homes.is_looking(*who) and fits_at_top(saved.message):
            self._context.homes.tell(*who, saved.message)
        self._context.say_later(saved.url, saved.message, replace=saved.replace)


async def _gone(_request: SubmissionRequest, _client: AsyncWebClient) -> Saved | NextView:
    raise Refusal(_GONE)


async def _refuse(ack: AsyncAck, body: dict[str, Any], failure: Exception) -> None:
    """Slack shows an error only at an input that the form has; without one, in its place."""
    view = body.get("view") or {}
    fields = [block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input"]
    fields = fields or [*(view.get("state") or {}).get("values", ())]
    errors: Mapping[str, str] = {}
    if isinstance(failure, FormRefused):
        errors = {field: said for field, said in failure.errors.items() if field in fields}
    if not errors and fields:
        errors = {fields[0]: sentence_for(failure)}
    if errors:
        await ack(response_action="errors", errors=dict(errors))
    else:
        said = notice_view(notice(sentence_for(failure)))
        await ack(response_action="update", view=said)
