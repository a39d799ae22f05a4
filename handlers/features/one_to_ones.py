"""`/coach prep` and `/coach notes`, and what was agreed there."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.grammar.coach import Coach, CoachTopic
from bot.domain.reports.preparing import Prep
from bot.domain.talks.one_to_ones import Noted, Notes, Settled
from bot.services.one_to_ones.committing import settle
from bot.services.one_to_ones.noting import edit_note, note_down, note_to_edit, notes_asked
from bot.services.one_to_ones.preparing import prep_asked, reps_to_prepare
from bot.services.requests.callers import Caller
from bot.services.requests.team_numbers import rep_meant
from bot.slack import actions
from bot.slack.conversing import open_view, push_view, update_view
from bot.slack.errors import SlackFailure
from bot.slack.message import Message
from bot.slack.messages.commitments import settled_in, settled_message
from bot.slack.messages.prep import choose_message, prep_message
from bot.slack.views.note_edit import filled_edit, note_edit_form, read_note_edited
from bot.slack.views.one_to_one import (
    NotesPlace,
    filled_note,
    noted_message,
    notes_form,
    read_notes_place,
)
from bot.wiring import Session
from handlers.boundary import drawn
from handlers.context import Context
from handlers.feature import Feature, Saved, Shown
from handlers.payloads import Body
from handlers.requests import ActionRequest, CommandRequest, SubmissionRequest

_DONE: Final = "done"


class OneToOnes:
    """What a manager prepares and notes, and what both have agreed."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(
            topics={CoachTopic.PREP: self._prep, CoachTopic.NOTES: self._notes},
            presses={
                actions.NOTES: self._note,
                actions.NOTES_ROW: self._another_row,
                actions.NOTES_PAGE: self._turn,
                actions.NOTES_EDIT: self._edit,
                actions.SETTLE: self._settle,
            },
            forms={
                actions.NOTES_FORM: self._submit,
                actions.NOTES_EDIT_FORM: self._submit_edit,
            },
        )

    async def _prep(
        self, request: CommandRequest, asked: Coach, _client: AsyncWebClient
    ) -> Message:
        who = await self._meant(request.caller, asked)
        return who if isinstance(who, Message) else await self._prepared(request.caller, who)

    async def _prepared(self, caller: Caller, user_id: str) -> Message:
        now = self._context.now()
        found: Prep = await self._context.within(caller).read(
            lambda session: prep_asked(session, caller, user_id, now)
        )
        return drawn(found, prep_message)

    async def _meant(self, caller: Caller, asked: Coach) -> str | Message:
        """Whom the command names, mentioned or by name; else what asks for it."""
        if asked.user is not None:
            return asked.user
        reps = await self._context.within(caller).read(
            lambda session: reps_to_prepare(session, caller)
        )
        named = rep_meant(reps, asked.rest)
        return choose_message(reps, asked.topic) if named is None else named.user_id

    async def _notes(
        self, request: CommandRequest, asked: Coach, client: AsyncWebClient
    ) -> Message | None:
        who = await self._meant(request.caller, asked)
        if isinstance(who, Message):
            return who
        place = NotesPlace(who, request.response_url)
        view = notes_form(await self._read(request.caller, place), place)
        await open_view(client, request.trigger_id, view)
        return None

    async def _note(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        """The button on the page before a one-to-one, wherever that is shown."""
        place = NotesPlace(request.value, request.response_url)
        view = notes_form(await self._read(request.caller, place), place)
        in_modal = request.view.get("type") == "modal"
        await (push_view if in_modal else open_view)(client, request.trigger_id, view)
        return Shown()

    async def _another_row(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        place = read_notes_place(request.view)
        return await self._redraw(request, replace(place, rows=place.rows + 1), client)

    async def _turn(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        place = read_notes_place(request.view)
        return await self._redraw(request, replace(place, page=request.number), client)

    async def _edit(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        """On top of the form, so that what was typed there stays."""
        caller, now = request.caller, self._context.now()
        note = await self._context.within(caller).write(
            lambda session: note_to_edit(session, caller, request.number, now)
        )
        below = read_notes_place(request.view)
        await push_view(client, request.trigger_id, note_edit_form(note, below))
        return Shown()

    async def _submit_edit(self, request: SubmissionRequest, client: AsyncWebClient) -> Saved:
        """The form below is drawn anew, with what was typed there."""
        about, given = read_note_edited(request.view), filled_edit(request.view)
        caller, now = request.caller, self._context.now()
        await self._context.within(caller).write(
            lambda session: edit_note(session, caller, about.one_to_one_id, given, about.seen, now)
        )
        below = str(request.view.get("previous_view_id") or "")
        with suppress(SlackFailure):  # it may be closed by now: the note is changed all the same
            form = notes_form(await self._read(caller, about.below), about.below)
            await update_view(client, below, form)
        return Saved()

    async def _redraw(
        self, request: ActionRequest, place: NotesPlace, client: AsyncWebClient
    ) -> Shown:
        """With what was typed so far, which Slack keeps by the blocks' ids."""
        notes = await self._read(request.caller, place)
        await update_view(client, _id(request.view), notes_form(notes, place))
        return Shown()

    async def _read(self, caller: Caller, place: NotesPlace) -> Notes:
        """Reading is written down (design §6), hence a transaction that writes."""
        now = self._context.now()
        return await self._context.within(caller).write(
            lambda session: notes_asked(session, caller, place.user_id, place.page, now)
        )

    async def _submit(self, request: SubmissionRequest, _client: AsyncWebClient) -> Saved:
        place, given = read_notes_place(request.view), filled_note(request.view)
        now = self._context.now()

        def work(session: Session) -> Noted:
            return note_down(session, request.caller, place.user_id, given, now)

        noted = await self._context.within(request.caller).write(work)
        self._changed(request.caller, place.user_id)
        return Saved(drawn(noted, noted_message), place.url)

    async def _settle(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        """Done, or not done after all; a page before a one-to-one is drawn anew."""
        word, _, page_of = request.value.partition(" ")
        now = self._context.now()
        settled = await self._context.within(request.caller).write(
            lambda session: settle(
                session, request.caller, request.number, done=word == _DONE, now=now
            )
        )
        self._changed(request.caller, settled.commitment.rep)
        if page_of and not settled.own:
            page = await self._prepared(request.caller, settled.commitment.rep)
            return Shown(page, replace=request.is_ephemeral)
        return _settled(request, settled, now.date())

    def _changed(self, caller: Caller, rep: str) -> None:
        """Both Homes show it, and the rep's message is on its way."""
        self._context.wake(caller.workspace_id)
        self._context.homes.changed(caller.workspace_id, rep)


def _settled(request: ActionRequest, settled: Settled, today: date) -> Shown:
    """In the message it was pressed in, where that is a direct message."""
    said = settled_message(settled.commitment, own=settled.own)
    if not request.blocks:
        return Shown(said)
    return Shown(said, blocks=settled_in(request.blocks, settled.commitment, today))


def _id(view: Body) -> str:
    return str(view.get("id"))
