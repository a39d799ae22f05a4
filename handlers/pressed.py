"""Buttons, menus and time pickers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.entries import Recorded
from bot.services.requests import pressing
from bot.services.requests.coach_command import coach_command
from bot.services.requests.log_command import FormWanted, log_command
from bot.services.requests.pace_command import pace_command
from bot.slack import actions
from bot.slack.conversing import open_view
from bot.slack.message import Message
from bot.slack.messages.log_reply import log_reply, undo_reply
from bot.slack.messages.notices import notice, recent_entries
from bot.slack.messages.nudge import why_message
from bot.slack.messages.pressed import with_answer
from bot.slack.messages.reminder import planned
from bot.slack.views.log_form import Origin, edit_form
from handlers.answers import coach_message, log_message, pace_message, time_off_message
from handlers.boundary import Boundary
from handlers.context import Context
from handlers.requests import ActionRequest, Body, read_action

_FROM_LIST: Final = "act:"
"""What the ids of the buttons' blocks in a list of entries begin with."""
_PARTS: Final = 4
_GONE: Final = "That button no longer works. `/pace` shows how things stand, `/log` opens a form."
_AGAIN: Final = "That button has logged its amount already. `/log` logs more."


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: nothing, a message, or (`blocks`) the pressed message changed.

    `replace` where the message takes the place of the pressed one.
    """

    message: Message | None = None
    replace: bool = False
    blocks: tuple[dict[str, Any], ...] | None = None


Handle = Callable[[ActionRequest, AsyncWebClient], Awaitable[Shown]]


class Pressed:
    """What people press and choose. Each answer comes through the response URL."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._transactions = context.bot.transactions
        self._handles: dict[str, Handle] = {
            actions.LOG: self._log,
            actions.UNDO: self._undo,
            actions.EDIT: self._edit,
            actions.LINE: self._line,
            actions.PACE_LINE: self._pace_line,
            actions.COACH_LINE: self._coach_line,
            actions.PLAN: self._plan,
            actions.SNOOZE: self._snooze,
            actions.WHY: self._why,
            actions.CANCEL_AWAY: self._cancel_away,
            actions.PICK_TEAM: self._pick_team,
        }

    async def any(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """One action of whatever kind."""
        try:
            request = read_action(body)
            shown = await self._handles.get(request.name, _gone)(request, client)
        except Exception as failure:  # noqa: BLE001  the edge: whoever pressed must get an answer
            boundary = Boundary(_choice_of(body))
            shown = Shown(boundary.message_for(failure))
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

    async def _log(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now = self._context.now()
        recorded = await self._transactions.write(
            lambda session: pressing.log_amount(
                session, request.caller, request.number, request.value, now
            )
        )
        if recorded.repeated:
            return Shown(notice(_AGAIN))
        self._context.recorded(request.caller.workspace_id, recorded)
        answer = log_reply(recorded)
        return Shown(answer, blocks=with_answer(request.blocks, request.block_id, answer))

    async def _undo(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now, ids = self._context.now(), actions.split_ids(request.value)
        undone = await self._transactions.write(
            lambda session: pressing.undo_entries(session, request.caller, ids, now)
        )
        answer = undo_reply(undone)
        if request.block_id.startswith(_FROM_LIST):
            listed = await self._transactions.read(
                lambda session: pressing.listed(session, request.caller, now)
            )
            answer = recent_entries(listed.entries, listed.today, answer.text)
        return Shown(answer, replace=request.is_ephemeral)

    async def _edit(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        now, ids = self._context.now(), actions.split_ids(request.value, 1)
        found = await self._transactions.read(
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
        outcome = await self._transactions.write(
            lambda session: log_command(session, request.caller, request.value, now)
        )
        if isinstance(outcome, FormWanted):
            return Shown(notice(_GONE))
        if isinstance(outcome, Recorded):
            self._context.recorded(request.caller.workspace_id, outcome)
        return Shown(log_message(outcome), replace=request.is_ephemeral)

    async def _pace_line(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        return Shown(await self._pace(request, request.value), replace=request.is_ephemeral)

    async def _coach_line(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now = self._context.now()
        outcome = await self._transactions.read(
            lambda session: coach_command(session, request.caller, request.value, now)
        )
        return Shown(coach_message(outcome), replace=request.is_ephemeral)

    async def _snooze(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        return Shown(await self._pace(request, f"snooze {request.value}"))

    async def _pace(self, request: ActionRequest, text: str) -> Message:
        now = self._context.now()
        outcome = await self._transactions.write(
            lambda session: pace_command(session, request.caller, text, now)
        )
        return pace_message(outcome)

    async def _plan(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now = self._context.now()
        made = await self._transactions.write(
            lambda session: pressing.plan(
                session, request.caller, request.number, request.value, now
            )
        )
        return Shown(planned(made.facts, made.today, repeated=made.repeated))

    async def _why(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now, ids = self._context.now(), actions.split_ids(request.value)
        reasons = await self._transactions.read(
            lambda session: pressing.why(session, request.caller, ids, now)
        )
        return Shown(why_message(reasons.gaps, f"{reasons.nudge_at:%H:%M}"))

    async def _cancel_away(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now, ids = self._context.now(), actions.split_ids(request.value, 1)
        outcome = await self._transactions.write(
            lambda session: pressing.cancel_time_off(session, request.caller, (*ids, 0)[0], now)
        )
        return Shown(time_off_message(outcome), replace=request.is_ephemeral)

    async def _pick_team(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now = self._context.now()
        numbers = await self._transactions.read(
            lambda session: pressing.pick_team(session, request.caller, request.number, now)
        )
        return Shown(pace_message(numbers), replace=request.is_ephemeral)


async def _gone(_request: ActionRequest, _client: AsyncWebClient) -> Shown:
    return Shown(notice(_GONE))


def _choice_of(body: Body) -> str:
    """What a further corrected line does: the same as the button that led to it."""
    pressed = body.get("actions")
    first = pressed[0] if isinstance(pressed, list) and pressed else {}
    name, _ = actions.split_id(str(first.get("action_id", "")))
    return name if name in {actions.PACE_LINE, actions.COACH_LINE} else actions.LINE
