"""`/pace`, and the buttons of scorecards and nudges that look or plan."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.services.requests import pressing
from bot.services.requests.callers import Caller
from bot.services.requests.pace_command import changes_something, pace_command
from bot.slack import actions
from bot.slack.message import Message
from bot.slack.messages.nudge import why_message
from bot.slack.messages.reminder import planned
from handlers.answers import pace_message, time_off_message
from handlers.boundary import drawn
from handlers.context import Context
from handlers.feature import Feature, Shown
from handlers.features.own_settings import OwnSettingsForm
from handlers.requests import ActionRequest, CommandRequest


class Pacing:
    """How things stand, what is next, quiet, time off, plans."""

    def __init__(self, context: Context, settings: OwnSettingsForm) -> None:
        self._context = context
        self._settings = settings

    def feature(self) -> Feature:
        return Feature(
            commands={"/pace": self._command},
            choices=actions.PACE_LINE,
            presses={
                actions.PACE_LINE: self._line,
                actions.PLAN: self._plan,
                actions.SNOOZE: self._snooze,
                actions.WHY: self._why,
                actions.CANCEL_AWAY: self._cancel_away,
                actions.PICK_TEAM: self._pick_team,
            },
        )

    async def _command(self, request: CommandRequest, client: AsyncWebClient) -> Message | None:
        if request.text.strip().casefold() == "settings":
            where = request.trigger_id, client, request.response_url
            await self._settings.open(request.caller, *where)
            return None
        return await self._answer(request.caller, request.text)

    async def _line(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        answer = await self._answer(request.caller, request.value)
        return Shown(answer, replace=request.is_ephemeral)

    async def _snooze(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        return Shown(await self._answer(request.caller, f"snooze {request.value}"))

    async def _answer(self, caller: Caller, text: str) -> Message:
        now, changes = self._context.now(), changes_something(text)
        within = self._context.within(caller)
        run = within.write if changes else within.read
        outcome = await run(lambda session: pace_command(session, caller, text, now))
        if changes:
            self._context.changed(caller)
        return drawn(outcome, pace_message)

    async def _plan(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now = self._context.now()
        made = await self._context.within(request.caller).write(
            lambda session: pressing.plan(
                session, request.caller, request.number, request.value, now
            )
        )
        return Shown(planned(made.facts, made.today, made.change))

    async def _why(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now, ids = self._context.now(), actions.split_ids(request.value)
        reasons = await self._context.within(request.caller).read(
            lambda session: pressing.why(session, request.caller, ids, now)
        )
        at = f"{reasons.nudge_at:%H:%M}"
        return Shown(why_message(reasons.gaps, at, reasons.rested))

    async def _cancel_away(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now, ids = self._context.now(), actions.split_ids(request.value, 1)
        outcome = await self._context.within(request.caller).write(
            lambda session: pressing.cancel_time_off(session, request.caller, (*ids, 0)[0], now)
        )
        self._context.changed(request.caller)
        return Shown(time_off_message(outcome), replace=request.is_ephemeral)

    async def _pick_team(self, request: ActionRequest, _client: AsyncWebClient) -> Shown:
        now = self._context.now()
        numbers = await self._context.within(request.caller).read(
            lambda session: pressing.pick_team(session, request.caller, request.number, now)
        )
        return Shown(pace_message(numbers), replace=request.is_ephemeral)
