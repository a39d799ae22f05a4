"""`/coach`: the hub, the pages behind it, and the way to each form."""

from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import NotPermitted
from bot.domain.grammar.coach import Coach, CoachTopic
from bot.services.playbooks.desk import team_of_rep
from bot.services.requests.callers import Caller
from bot.slack import actions
from bot.slack.conversing import open_view, push_view, update_view
from bot.slack.message import Message
from bot.slack.messages.notices import notice
from bot.slack.views.coach import names
from bot.slack.views.coach.place import Kept, Place, read_kept, read_place
from handlers.context import Context
from handlers.feature import Feature, Shown
from handlers.features.claiming import Claiming
from handlers.features.hub_acts import HubActs
from handlers.features.hub_forms import HubForms
from handlers.features.hub_views import is_page, read_desk, view_of
from handlers.payloads import Body
from handlers.requests import ActionRequest, CommandRequest


class Hub:
    """What managers and admins see and change about their teams."""

    def __init__(self, context: Context, claiming: Claiming) -> None:
        self._context = context
        self._claiming = claiming
        self._acts = HubActs(context)
        self._forms = HubForms(context)

    def feature(self) -> Feature:
        return Feature(
            topics={CoachTopic.HUB: self._hub, CoachTopic.TARGET: self._target},
            presses={actions.COACH_GO: self._go},
            forms={actions.COACH_FORM: self._forms.submit},
        )

    async def _hub(
        self, request: CommandRequest, asked: Coach, client: AsyncWebClient
    ) -> Message | None:
        """The hub; a rep's own form where one is mentioned."""
        if asked.user is None:
            place = Place(names.HUB)
        else:
            team_id = await self._team_of(request.caller, asked.user)
            place = Place(names.REP, team_id, 0, asked.user)
        return await self._open(request, place, client)

    async def _target(
        self, request: CommandRequest, asked: Coach, client: AsyncWebClient
    ) -> Message | None:
        if asked.user is None:
            place = Place(names.TARGET)
        else:
            team_id = await self._team_of(request.caller, asked.user)
            place = Place(names.TARGET, team_id, 0, f"@{asked.user}")
        return await self._open(request, place, client)

    async def _open(
        self, request: CommandRequest, place: Place, client: AsyncWebClient
    ) -> Message | None:
        """Whoever may change nothing is told what there is instead; and, where Slack says that the
        person runs the workspace, how to take the role."""
        try:
            desk = await read_desk(self._context, request.caller, place.team_id)
        except NotPermitted as refused:
            return await self._claiming.with_offer(request.caller, notice(refused.sentence))
        kept = Kept(replace(place, team_id=desk.team_id), url=request.response_url)
        await open_view(client, request.trigger_id, view_of(desk, kept))
        return None

    async def _team_of(self, caller: Caller, user: str) -> int:
        return await self._context.within(caller).read(
            lambda session: team_of_rep(session, caller, user)
        )

    async def _go(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        """A way to another page, to a form, or something that is done at once."""
        place = read_place(request.value)
        if self._acts.takes(place):
            await self._acts.do(request, place, client)
            return Shown()
        desk = await read_desk(self._context, request.caller, place.team_id)
        place = replace(place, team_id=desk.team_id)
        if request.view.get("type") != "modal":
            kept = Kept(place, url=request.response_url)
            await open_view(client, request.trigger_id, view_of(desk, kept))
        elif is_page(place) or not is_page(read_kept(request.view).place):
            view = view_of(desk, _next(request.view, place))
            await update_view(client, str(request.view.get("id")), view)
        else:
            view = view_of(desk, _on_top(request.view, place))
            await push_view(client, request.trigger_id, view)
        return Shown()


def _next(view: Body, place: Place) -> Kept:
    """In the place of what is shown: another page, or the step before, as it was filled in."""
    now = read_kept(view)
    return Kept(place, back=now.back, url=now.url, draft=now.draft)


def _on_top(view: Body, place: Place) -> Kept:
    now = read_kept(view)
    return Kept(place, back=now.place, url=now.url)
