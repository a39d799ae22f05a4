"""The first five minutes: a team set up step by step."""

from dataclasses import replace
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import Refusal
from bot.domain.grammar.coach import Coach, CoachTopic
from bot.domain.setups.drafts import PEOPLE, PREVIEW
from bot.services.requests.callers import Caller
from bot.services.settingup import drafting, saving
from bot.services.settingup.drafting import NotForYou, Step, Under
from bot.slack import actions
from bot.slack.conversing import open_view, update_view
from bot.slack.message import Message
from bot.slack.quick_blocks import Plain
from bot.slack.views.setup.ending import done_view, resume_view
from bot.slack.views.setup.frame import fields_of, place_of
from handlers.context import Context
from handlers.feature import Feature, NextView, Shown
from handlers.features.claiming import Claiming
from handlers.meeting import learn, meet
from handlers.payloads import Body
from handlers.requests import ActionRequest, CommandRequest, SubmissionRequest
from handlers.setup_places import plans, view_of

_TEAM: Final = "team:"


class SettingUp:
    """The guided set-up."""

    def __init__(self, context: Context, claiming: Claiming) -> None:
        self._context = context
        self._claiming = claiming

    def feature(self) -> Feature:
        return Feature(
            topics={CoachTopic.SETUP: self._command},
            presses={
                actions.SETUP: self._press,
                actions.SETUP_BACK: self._back,
                actions.SETUP_GO_ON: self._go_on,
                actions.SETUP_ANEW: self._anew,
            },
            forms={actions.SETUP_FORM: self._submit},
        )

    async def _command(
        self, request: CommandRequest, asked: Coach, client: AsyncWebClient
    ) -> Message | None:
        """`/coach setup`, or `/coach setup West` for a team that is there."""
        return await self._open(request.caller, asked.rest, request.trigger_id, client)

    async def _press(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        return Shown(
            await self._open(
                request.caller,
                _team_of(request.value),
                request.trigger_id,
                client,
                _modal_id(request.view),
            )
        )

    async def _open(
        self,
        caller: Caller,
        team: str,
        trigger_id: str,
        client: AsyncWebClient,
        inside: str = "",
    ) -> Message | None:
        """Opens the set-up, in the place of the modal `inside` if it was asked for there."""
        now = self._context.now()
        try:
            under = await self._context.within(caller).write(
                lambda session: drafting.begin(session, caller, team, now)
            )
        except NotForYou as refusal:
            return await self._claiming.refused(caller, refusal.sentence)
        view = resume_view(under.draft, team) if under.resumed else await self._view(under)
        if inside:
            await update_view(client, inside, view)
        else:
            await open_view(client, trigger_id, view)
        return None

    async def _go_on(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        under = await self._context.within(request.caller).write(
            lambda session: drafting.go_on(session, request.caller, request.value)
        )
        await update_view(client, _modal_id(request.view), await self._view(under))
        return Shown()

    async def _anew(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        now, team = self._context.now(), _team_of(request.value)
        under = await self._context.within(request.caller).write(
            lambda session: drafting.begin_anew(session, request.caller, team, now)
        )
        await update_view(client, _modal_id(request.view), await self._view(under))
        return Shown()

    async def _back(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        nonce, place = place_of(request.view)
        step = Step(nonce, place, fields_of(request.view), {})
        templates, now = await plans(), self._context.now()
        under = await self._context.within(request.caller).write(
            lambda session: drafting.go_back(session, request.caller, step, templates, now)
        )
        await update_view(client, _modal_id(request.view), await self._view(under))
        return Shown()

    async def _submit(self, request: SubmissionRequest, _client: AsyncWebClient) -> NextView:
        nonce, place = place_of(request.view)
        if place == PREVIEW:
            return await self._save(request.caller, nonce)
        step = Step(nonce, place, fields_of(request.view), {})
        if place == PEOPLE:
            step = await self._met(request.caller, step)
        templates, now = await plans(), self._context.now()
        under = await self._context.within(request.caller).write(
            lambda session: drafting.advance(session, request.caller, step, templates, now)
        )
        return NextView(await self._view(under))

    async def _save(self, caller: Caller, nonce: str) -> NextView:
        """What keeps it from being saved is said above the preview, which has no fields."""
        now = self._context.now()
        try:
            made = await self._context.within(caller).write(
                lambda session: saving.save(session, caller, nonce, now)
            )
        except Refusal as refusal:
            under = await self._context.within(caller).write(
                lambda session: drafting.go_on(session, caller, nonce)
            )
            return NextView(await self._view(under, refusal.sentence))
        self._context.changed(caller)
        self._meet_the_rest(caller, made)
        return NextView(done_view(made.draft, made.plan, made.first))

    async def _view(self, under: Under, error: str = "") -> Plain:
        return await view_of(under, self._context.now(), error)

    async def _met(self, caller: Caller, step: Step) -> Step:
        """With what Slack says of the people and the channel. Raises FormRefused for bots."""
        client = await self._context.bot.clients.client_for(caller.workspace_id)
        if client is None:
            return step
        chosen = {field: _chosen(step, field) for field in ("reps", "managers")}
        channel = step.fields.get("channel")
        met = await meet(client, chosen, channel if isinstance(channel, str) else None)
        return replace(step, people=met.people, bot_is_in=met.bot_is_in)

    def _meet_the_rest(self, caller: Caller, made: saving.SetUp) -> None:
        known = {user for user, met in made.draft.people.items() if met.by_slack}
        users = [rep.user for rep in made.plan.reps if rep.user not in known]
        if users:
            learning = learn(self._context.bot, caller.workspace_id, users)
            self._context.background.start(learning)


def _chosen(step: Step, field: str) -> tuple[str, ...]:
    given = step.fields.get(field)
    return given if isinstance(given, tuple) else ()


def _team_of(value: str) -> str:
    """ "team:West" is about that team, anything else about a new one."""
    return value.removeprefix(_TEAM) if value.startswith(_TEAM) else ""


def _modal_id(view: Body) -> str:
    return str(view.get("id") or "") if view.get("type") == "modal" else ""
