"""One's own settings: opened from Home or by `/pace settings`."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.services.own_settings import save_settings, settings_shown
from bot.services.requests.callers import Caller
from bot.slack import actions
from bot.slack.conversing import open_view
from bot.slack.views.own_settings import filled_settings, settings_form, settings_saved
from handlers.context import Context
from handlers.feature import Feature, Saved, Shown
from handlers.requests import ActionRequest, SubmissionRequest


class OwnSettingsForm:
    """What a rep decides alone."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(
            presses={actions.SETTINGS: self._pressed}, forms={actions.SETTINGS_FORM: self._submit}
        )

    async def open(
        self, caller: Caller, trigger_id: str, client: AsyncWebClient, response_url: str = ""
    ) -> None:
        """Opens the form; the answer to it is shown through `response_url`, or in Home."""
        now = self._context.now()
        shown = await self._context.within(caller).read(
            lambda session: settings_shown(session, caller, now)
        )
        form = settings_form(shown.settings, shown.team, shown.zone, shown.zone_from, response_url)
        await open_view(client, trigger_id, form)

    async def _pressed(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        await self.open(request.caller, request.trigger_id, client, request.response_url)
        return Shown()

    async def _submit(self, request: SubmissionRequest, _client: AsyncWebClient) -> Saved:
        now = self._context.now()
        form, url = filled_settings(request.view)
        settings, team = await self._context.within(request.caller).write(
            lambda session: save_settings(session, request.caller, form, now)
        )
        self._context.changed(request.caller)
        if settings.off_leaderboard:  # a recap may have to lose a name
            self._context.wake(request.caller.workspace_id)
        return Saved(settings_saved(settings, team), url)
