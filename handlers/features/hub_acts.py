"""What a page of `/coach` does at once: move a behaviour, cancel time off."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import Refusal
from bot.services.playbooks.desk import cancel_time_off
from bot.services.playbooks.editing import save_edits
from bot.slack.conversing import update_view
from bot.slack.views.coach import names
from bot.slack.views.coach.counted import move_edits
from bot.slack.views.coach.place import Kept, Place, read_kept
from bot.slack.views.coach.words import days_words
from handlers.context import Context
from handlers.features.hub_views import read_desk, view_of
from handlers.requests import ActionRequest

_PAGES = {
    names.MOVE_UP: names.COUNTED,
    names.MOVE_DOWN: names.COUNTED,
    names.AWAY_CANCEL: names.AWAY,
}
"""The page that shows what an act has done."""


class HubActs:
    """Done with one press; the page then shows how it is."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def takes(self, place: Place) -> bool:
        """Whether the place is something to do, not somewhere to go."""
        return place.page in _PAGES

    async def do(self, request: ActionRequest, place: Place, client: AsyncWebClient) -> None:
        """Raises Refusal where it can't be done (any more)."""
        kept = read_kept(request.view)
        if place.page == names.AWAY_CANCEL:
            said = await self._cancel(request, place)
        else:
            said = await self._move(request, place, kept)
        self._context.changed(request.caller)
        desk = await read_desk(self._context, request.caller, place.team_id)
        page = place.to(_PAGES[place.page], number=kept.place.number)
        shown = view_of(desk, Kept(page, url=kept.url), said)
        await update_view(client, str(request.view.get("id")), shown)

    async def _move(self, request: ActionRequest, place: Place, kept: Kept) -> str:
        caller, now = request.caller, self._context.now()
        if kept.place.page != names.COUNTED:
            raise Refusal("That button no longer works: open the page again.")
        await self._context.within(caller).write(
            lambda session: save_edits(
                session, caller, place.team_id, move_edits(place), kept.seen, now
            )
        )
        return f"{place.subject} has moved."

    async def _cancel(self, request: ActionRequest, place: Place) -> str:
        caller, now = request.caller, self._context.now()
        today = (await read_desk(self._context, caller, place.team_id)).today
        absence = await self._context.within(caller).write(
            lambda session: cancel_time_off(session, caller, place.number, now)
        )
        return f"No longer off {days_words(absence.days, today)}."
