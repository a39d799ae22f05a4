"""Forms of `/coach` that were sent: previewed, saved, and the page below them drawn anew."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import Refusal
from bot.domain.playbook.desk import Desk
from bot.domain.playbook.edits import AddTeam, ApplyTemplate, ChangeWorkspace, Edit
from bot.domain.playbook.effects import TargetEffect
from bot.domain.playbook.subjects import seen, subject_of
from bot.services.playbooks.desk import add_time_off, name_admins
from bot.services.playbooks.editing import effect_this_week, save_edits, saved_before
from bot.services.requests.callers import Caller
from bot.slack.conversing import update_view
from bot.slack.errors import SlackFailure
from bot.slack.messages.notices import notice
from bot.slack.views.coach import names, targets
from bot.slack.views.coach.away import away_asked
from bot.slack.views.coach.every import FORMS
from bot.slack.views.coach.place import Kept, Place, read_kept
from bot.slack.views.coach.templates import check_agreed
from bot.slack.views.coach.words import dated, days_words
from bot.slack.views.filled import Filled, filled
from handlers.context import Context
from handlers.feature import NextView, Saved
from handlers.features.hub_views import offer, read_desk, view_of
from handlers.meeting import learn, meet
from handlers.requests import SubmissionRequest

_SAME = "Nothing to change: it was so already."
_INVITE = "👉 I'm not in that channel yet: type /invite @Pacesetter there"
_PEOPLE = {
    names.REP_ADD: ("user",),
    names.MANAGERS: ("managers",),
    names.TEAM_ADD: ("managers",),
    names.ADMINS: ("admins",),
}
"""Which fields of which forms name people of the workspace."""
_ABOUT_TEAMS = {names.TEAM_ADD, names.TEAM, names.TEAM_RETIRE}
_GONE = "This form is out of date. Please close it and open it again."


class HubForms:
    """What managers and admins have filled in."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def submit(self, request: SubmissionRequest, client: AsyncWebClient) -> Saved | NextView:
        """Any of the forms. Raises FormRefused at its fields, and Refusal."""
        kept, given = read_kept(request.view), filled(request.view)
        desk = await read_desk(self._context, request.caller, kept.place.team_id)
        if kept.place.page == names.TARGET:
            return await self._preview(request.caller, desk, kept, given)
        asked = await self._meet(request.caller, kept, given)
        lines = [*await self._save(request.caller, desk, kept, given), *asked]
        self._learn(request.caller, kept, given)
        if kept.place.page not in _ABOUT_TEAMS:
            lines = [*_without_team(desk, lines)]
        self._context.changed(request.caller)
        return await self._saved(request, kept, lines, client)

    async def _meet(self, caller: Caller, kept: Kept, given: Filled) -> Sequence[str]:
        """Refuses bots and who has left Slack; what is to be done about the channel."""
        chosen = _people(kept, given)
        channel = given.chosen("channel")
        client = await self._context.bot.clients.client_for(caller.workspace_id)
        if client is None or not (channel or any(chosen.values())):
            return ()
        meeting = await meet(client, chosen, channel)
        return () if meeting.bot_is_in else (_INVITE,)

    def _learn(self, caller: Caller, kept: Kept, given: Filled) -> None:
        """Names and zones of those who have just been added, while nobody waits."""
        users = [user for them in _people(kept, given).values() for user in them]
        if users:
            self._context.background.start(learn(self._context.bot, caller.workspace_id, users))

    async def _preview(self, caller: Caller, desk: Desk, kept: Kept, given: Filled) -> NextView:
        """What a change of target would do, before it is saved."""
        edit, now = targets.target_edit(desk, given), self._context.now()
        effect: TargetEffect = await self._context.within(caller).read(
            lambda session: effect_this_week(session, caller, desk.team_id, edit, now)
        )
        subject = subject_of(edit)
        was = seen(desk.playbook, desk.plan.name, subject) if subject else ""
        sure = replace(
            kept.at(kept.place.to(names.TARGET_SURE, edit.indicator)),
            draft=targets.kept_draft(given, effect),
            seen=was,
        )
        return NextView(targets.sure_form(desk, sure, effect))

    async def _save(self, caller: Caller, desk: Desk, kept: Kept, given: Filled) -> Sequence[str]:
        """What is so now, in sentences."""
        name = kept.place.page
        if name == names.AWAY_ADD:
            return await self._add_time_off(caller, desk, given)
        if name == names.ADMINS:
            return await self._name_admins(caller, kept, given)
        before = await self._context.within(caller).read(
            lambda session: saved_before(session, caller)
        )
        if before is not None:  # a second click: what it asks for may make no sense any more
            return [dated(line, desk.today) for line in before.lines]
        edits = self._edits(desk, kept, given)
        is_whole = isinstance(edits[0], AddTeam | ChangeWorkspace)
        team_id, now = None if is_whole else desk.team_id, self._context.now()
        saved = await self._context.within(caller).write(
            lambda session: save_edits(session, caller, team_id, edits, kept.seen or None, now)
        )
        if name == names.TARGET_SURE and saved.lines:
            return (targets.agreed(desk, kept),)
        return [dated(line, desk.today) for line in saved.lines]

    def _edits(self, desk: Desk, kept: Kept, given: Filled) -> tuple[Edit, ...]:
        name = kept.place.page
        if name in FORMS:
            return FORMS[name].edits(desk, kept, given)
        if name == names.TARGET_SURE:
            return targets.sure_edits(desk, kept, given)
        if name == names.TEMPLATE:
            chosen = offer(kept.place.subject)
            check_agreed(desk, chosen, given)
            return (ApplyTemplate(chosen.plan),)
        raise Refusal(_GONE)

    async def _add_time_off(self, caller: Caller, desk: Desk, given: Filled) -> Sequence[str]:
        user, days = away_asked(desk, given)
        now = self._context.now()
        absence = await self._context.within(caller).write(
            lambda session: add_time_off(session, caller, user, days, now)
        )
        rep = desk.rep(user)
        who = (rep and rep.name) or "The rep"
        return (f"{who} is off {days_words(absence.days, desk.today)}",)

    async def _name_admins(self, caller: Caller, kept: Kept, given: Filled) -> Sequence[str]:
        users, now = given.many(names.ADMINS), self._context.now()
        named = await self._context.within(caller).write(
            lambda session: name_admins(session, caller, users, kept.seen or None, now)
        )
        return (f"Admins: {len(named)} now, as you have chosen",) if named else ()

    async def _saved(
        self, request: SubmissionRequest, kept: Kept, lines: Sequence[str], client: AsyncWebClient
    ) -> Saved:
        """Told on the page below the form, or else where the form was opened."""
        said = "\n".join(lines) or _SAME
        below = request.view.get("previous_view_id")
        if kept.back is not None and below:
            with suppress(Refusal, SlackFailure):
                desk = await self._desk_below(request.caller, kept.back)
                back = replace(kept.back, team_id=desk.team_id)
                await update_view(client, str(below), view_of(desk, Kept(back, url=kept.url), said))
                return Saved()
        return Saved(notice(said), kept.url)

    async def _desk_below(self, caller: Caller, back: Place) -> Desk:
        """The team of the page below; another one where that has just been retired."""
        try:
            return await read_desk(self._context, caller, back.team_id)
        except Refusal:
            return await read_desk(self._context, caller, 0)


def _people(kept: Kept, given: Filled) -> Mapping[str, Sequence[str]]:
    return {name: given.many(name) for name in _PEOPLE.get(kept.place.page, ())}


def _without_team(desk: Desk, lines: Sequence[str]) -> Sequence[str]:
    """Most pages say already which team they are about."""
    heads = (f"{desk.plan.name}: ", f"{desk.plan.name}, ")
    short = [line[len(heads[0]) :] if line.startswith(heads) else line for line in lines]
    return [line[:1].upper() + line[1:] for line in short]
