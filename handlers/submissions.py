"""Forms that were sent: saved, or kept open with a sentence at the field that is wrong."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain.entries import Recorded
from bot.domain.forms import FormRefused
from bot.services.requests.submitting import submit_edit, submit_form
from bot.slack import actions
from bot.slack.messages.log_reply import log_reply
from bot.slack.views.log_form import filled_form, origin_of
from handlers.boundary import sentence_for
from handlers.context import Context
from handlers.requests import Body, read_submission


class Submissions:
    """What people save in a modal."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def any(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A form of whatever kind; the answer to one that is saved comes through its origin."""
        try:
            recorded = await self._save(body)
        except Exception as failure:  # noqa: BLE001  the edge: the form must get an answer
            await _refuse(ack, body, failure)
            return
        await ack()
        self._tell(body, recorded)

    async def _save(self, body: Body) -> Recorded:
        request, now = read_submission(body), self._context.now()
        form = filled_form(request.view)
        if request.callback_id == actions.EDIT_FORM:
            entry_id = origin_of(request.view).entry_id
            recorded = await self._context.bot.transactions.write(
                lambda session: submit_edit(session, request.caller, entry_id, form, now)
            )
        else:
            recorded = await self._context.bot.transactions.write(
                lambda session: submit_form(session, request.caller, form, now)
            )
        self._context.recorded(request.caller.workspace_id, recorded)
        return recorded

    def _tell(self, body: Body, recorded: Recorded) -> None:
        """Where the form was opened: in a channel, say, by a command."""
        origin = origin_of(body["view"])
        answer = log_reply(recorded)
        self._context.say_later(origin.response_url, answer, replace=origin.replace)


async def _refuse(ack: AsyncAck, body: Body, failure: Exception) -> None:
    """Slack shows an error only at an input that the form has."""
    view = body.get("view") or {}
    fields = [block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input"]
    fields = fields or [*(view.get("state") or {}).get("values", ())]
    errors: Mapping[str, str] = {}
    if isinstance(failure, FormRefused):
        errors = {field: said for field, said in failure.errors.items() if field in fields}
    if not errors and fields:
        errors = {fields[0]: sentence_for(failure)}
    await (ack(response_action="errors", errors=dict(errors)) if errors else ack())
