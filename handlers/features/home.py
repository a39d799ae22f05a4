"""The Home tab: opened, and what is pressed there."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.services import homes
from bot.services.requests import at_home, pressing
from bot.slack import actions
from bot.slack.conversing import open_view
from bot.slack.messages.notices import recent_entries
from bot.slack.views.home.told import told_recorded
from bot.slack.views.log_form import Origin, log_form
from bot.slack.views.notice import answer_view
from handlers.boundary import drawn
from handlers.context import Context
from handlers.feature import CommandHandle, Feature, Shown
from handlers.requests import ActionRequest, CommandRequest, EventRequest


class HomeTab:
    """What somebody sees who opens the app; `coach` answers a line behind `/coach`."""

    def __init__(self, context: Context, coach: CommandHandle) -> None:
        self._context = context
        self._transactions = context.bot.transactions
        self._coach = coach

    def feature(self) -> Feature:
        return Feature(
            events={"app_home_opened": self._opened},
            presses={
                actions.HOME_LOG: self._log,
                actions.HOME_FORM: self._form,
                actions.HOME_LIST: self._list,
                actions.PREP: self._prepare,
            },
        )

    async def _opened(self, request: EventRequest, _client: AsyncWebClient) -> None:
        user_id, now = request.event.get("user"), self._context.now()
        if not isinstance(user_id, str) or request.event.get("tab") != "home":
            return
        await self._transactions.of(request.workspace_id).write(
            lambda session: homes.opened(session, request.workspace_id, user_id, now)
        )
        self._context.homes.opened(request.workspace_id, user_id)

    async def _log(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        """One tap; a second one before Home was drawn anew is the same tap."""
        now = self._context.now()
        recorded = await self._context.within(request.caller).write(
            lambda session: pressing.log_amount(
                session, request.caller, request.number, request.value, now
            )
        )
        self._context.recorded(request.caller, recorded)
        return Shown(drawn(recorded, told_recorded))

    async def _form(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        now = self._context.now()
        form = await self._context.within(request.caller).read(
            lambda session: at_home.form_wanted(session, request.caller, now)
        )
        await open_view(client, request.trigger_id, log_form(form.indicators, form.today, Origin()))
        return Shown()

    async def _list(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        now = self._context.now()
        listed = await self._context.within(request.caller).read(
            lambda session: pressing.listed(session, request.caller, now)
        )
        view = answer_view(recent_entries(listed.entries, listed.today))
        await open_view(client, request.trigger_id, view)
        return Shown()

    async def _prepare(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        chosen = request.value if request.value.isdecimal() else "0"
        person_id = request.number or int(chosen[:18])
        user_id = await self._context.within(request.caller).read(
            lambda session: at_home.rep_to_prepare(session, request.caller, person_id)
        )
        line = CommandRequest(
            "/coach", request.caller, f"prep <@{user_id}>", request.trigger_id, ""
        )
        return Shown(await self._coach(line, client))
