"""`/coach playbook`, and the button that proposes what the best do as everybody's target."""

from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import Refusal
from bot.domain.grammar.coach import Coach, CoachTopic
from bot.services.practices import Practices
from bot.services.requests.practices_asked import practices_asked
from bot.slack import actions
from bot.slack.conversing import open_view
from bot.slack.message import Message
from bot.slack.messages.best import best_message
from bot.slack.views.coach import names
from bot.slack.views.coach.place import Kept, Place
from handlers.boundary import drawn
from handlers.context import Context
from handlers.feature import Feature, Shown
from handlers.features.hub_views import read_desk, view_of
from handlers.requests import ActionRequest, CommandRequest

_PARTS: Final = 4
_GONE: Final = "That isn’t counted any more. `/coach playbook` shows what the team counts now."


class Practising:
    """The playbook of the best."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(
            topics={CoachTopic.PLAYBOOK: self._playbook},
            presses={actions.COACH_BEST: self._propose},
        )

    async def _playbook(
        self, request: CommandRequest, asked: Coach, _client: AsyncWebClient
    ) -> Message:
        now = self._context.now()
        found = await self._context.within(request.caller).read(
            lambda session: practices_asked(session, request.caller, asked.rest, now)
        )
        return drawn(found, _message)

    async def _propose(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        """Opens the form of targets, filled in; it shows what the change does before it is so."""
        parts = request.value.split(" ", _PARTS - 1)
        if len(parts) < _PARTS or not parts[0].isdecimal():
            raise Refusal(_GONE)
        team_id, amount, period, name = parts
        desk = await read_desk(self._context, request.caller, int(team_id))
        if desk.indicator(name) is None:
            raise Refusal(_GONE)
        draft = {"indicator": (name,), "target": (amount,), "period": (period,)}
        place = Place(names.TARGET, desk.team_id, 0, name)
        view = view_of(desk, Kept(place, url=request.response_url, draft=draft))
        await open_view(client, request.trigger_id, view)
        return Shown()


def _message(found: Practices) -> Message:
    team = found.playbook.team
    return best_message(team.name, team.id, found.best, found.targets, found.links, found.deals)
