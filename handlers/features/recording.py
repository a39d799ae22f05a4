"""`/log`, its buttons and its forms."""

from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.entries import Recorded
from bot.services.requests import pressing
from bot.services.requests.log_command import FormWanted, LogOutcome, log_command
from bot.services.requests.submitting import submit_edit, submit_form
from bot.slack import actions
from bot.slack.conversing import open_view
from bot.slack.message import Message
from bot.slack.messages.log_reply import log_reply, undo_reply
from bot.slack.messages.notices import notice, recent_entries
from bot.slack.messages.pressed import with_answer
from bot.slack.views.log_form import Origin, edit_form, filled_form, log_form, origin_of
from handlers.answers import log_message
from handlers.boundary import drawn
from handlers.context import Context
from handlers.direct import Direct
from handlers.feature import Feature, Saved, Shown
from handlers.payloads import Body
from handlers.requests import ActionRequest, CommandRequest, SubmissionRequest, read_command

_FROM_LIST: Final = "act:"
"""What the ids of the buttons' blocks in a list of entries begin with."""
_GONE: Final = "That button no longer works. `/pace` shows how things stand, `/log` opens a form."
_AGAIN: Final = "That button has logged its amount already. `/log` logs more."


class Recording:
    """Logging, undoing and editing what was logged."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._direct = Direct(context)

    def feature(self) -> Feature:
        return Feature(
            presses={
                actions.LOG: self._log,
                actions.UNDO: self._undo,
                actions.EDIT: self._edit,
                actions.LINE: self._line,
            },
            forms={actions.LOG_FORM: self._submit, actions.EDIT_FORM: self._submit_edit},
        )

    async def command(self, body: Body, client: AsyncWebClient) -> Message | None:
        """`/log`, from the request's own fields: the hot path. None where a form has opened."""
        request, now = read_command(body), self._context.now()
        outcome: LogOutcome = await self._context.within(request.caller).write(
            lambda session: log_command(session, request.caller, request.text, now)
        )
        if isinstance(outcome, FormWanted):
            await _open_form(client, request, outcome)
            return None
        self._context.logged(request.caller, outcome)
        return drawn(outcome, log_message)

    async def _log(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now = self._context.now()
        recorded = await self._context.within(request.caller).write(
            lambda session: pressing.log_amount(
                session, request.caller, request.number, request.value, now
            )
        )
        if recorded.repeated:
            return Shown(notice(_AGAIN))
        self._context.recorded(request.caller, recorded)
        answer = drawn(recorded, log_reply)
        return Shown(answer, blocks=with_answer(request.blocks, request.block_id, answer))

    async def _undo(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now, ids = self._context.now(), actions.split_ids(request.value)
        undone = await self._context.within(request.caller).write(
            lambda session: pressing.undo_entries(session, request.caller, ids, now)
        )
        self._context.changed(request.caller)
        answer = undo_reply(undone)
        if request.block_id.startswith(_FROM_LIST):
            listed = await self._context.within(request.caller).read(
                lambda session: pressing.listed(session, request.caller, now)
            )
            answer = recent_entries(listed.entries, listed.today, answer.text)
        return Shown(answer, replace=request.is_ephemeral)

    async def _edit(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        now, ids = self._context.now(), actions.split_ids(request.value, 1)
        found = await self._context.within(request.caller).read(
            lambda session: pressing.entry_to_edit(session, request.caller, (*ids, 0)[0], now)
        )
        is_listed = request.block_id.startswith(_FROM_LIST)
        replace = request.is_ephemeral and not is_listed
        origin = Origin(request.response_url, found.entry.id, replace)
        await open_view(
            client, request.trigger_id, edit_form(found.entry, found.indicators, origin)
        )
        return Shown()

    async def _line(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        """A corrected line: exactly what the button says, once."""
        now = self._context.now()
        outcome = await self._context.within(request.caller).write(
            lambda session: log_command(session, request.caller, request.value, now)
        )
        if isinstance(outcome, FormWanted):
            return Shown(notice(_GONE))
        self._context.logged(request.caller, outcome)
        return Shown(drawn(outcome, log_message), replace=request.is_ephemeral)

    async def _submit(self, request: SubmissionRequest, _client: AsyncWebClient) -> Saved:
        form, now = filled_form(request.view), self._context.now()
        recorded = await self._context.within(request.caller).write(
            lambda session: submit_form(session, request.caller, form, now)
        )
        return self._saved(request, recorded)

    async def _submit_edit(self, request: SubmissionRequest, _client: AsyncWebClient) -> Saved:
        form, now = filled_form(request.view), self._context.now()
        entry_id = origin_of(request.view).entry_id
        recorded = await self._context.within(request.caller).write(
            lambda session: submit_edit(session, request.caller, entry_id, form, now)
        )
        return self._saved(request, recorded)

    def _saved(self, request: SubmissionRequest, recorded: Recorded) -> Saved:
        """The answer is shown where the form was opened: in a channel, say, by a command."""
        self._context.recorded(request.caller, recorded)
        origin, answer = origin_of(request.view), drawn(recorded, log_reply)
        if origin.direct and not recorded.repeated:
            caller = request.caller
            self._direct.say(caller.workspace_id, caller.user_id, answer, f"form:{caller.key}")
        if origin.direct:
            return Saved()
        return Saved(answer, origin.response_url, origin.replace)


async def _open_form(client: AsyncWebClient, request: CommandRequest, form: FormWanted) -> None:
    view: dict[str, Any] = log_form(form.indicators, form.today, Origin(request.response_url))
    await open_view(client, request.trigger_id, view)
