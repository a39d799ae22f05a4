"""`/coach experiment`: planned in two steps, read out when it is over, stopped early at will."""

from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.days.periods import short_day
from bot.domain.days.zones import local_date_in
from bot.domain.errors import Refusal
from bot.domain.experiments.agreed import Experiment, Group
from bot.domain.experiments.readouts import ReadOut
from bot.domain.grammar.coach import Coach, CoachTopic
from bot.services.pairings.suggesting import next_step
from bot.services.requests import planning_experiments as planning
from bot.services.requests.callers import Caller
from bot.services.requests.experiments_asked import experiments_asked, experiments_shown
from bot.slack import actions
from bot.slack.conversing import open_view, update_view
from bot.slack.message import Message
from bot.slack.views import experiments as views
from bot.slack.views.fields import Json
from bot.slack.views.filled import filled
from bot.slack.words.amounts import day_words
from bot.wiring import Session
from handlers.context import Context
from handlers.feature import Feature, NextView, Shown
from handlers.requests import ActionRequest, CommandRequest, SubmissionRequest

_LONGEST_ID: Final = 18
_GONE: Final = "That button no longer works: `/coach experiment` shows what there is."


class Experimenting:
    """Two groups, one question."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(
            topics={CoachTopic.EXPERIMENT: self._command},
            presses={
                actions.EXPERIMENT_NEW: self._new,
                actions.EXPERIMENT_STOP: self._stop,
                actions.EXPERIMENT_GROUPS: self._groups,
            },
            forms={
                actions.EXPERIMENT_FORM: self._draw,
                actions.EXPERIMENT_GROUPS_FORM: self._save,
            },
        )

    async def _command(
        self, request: CommandRequest, asked: Coach, client: AsyncWebClient
    ) -> Message | None:
        now, caller = self._context.now(), request.caller
        playbook, read = await self._context.within(caller).read(
            lambda session: experiments_asked(session, caller, asked.rest, now)
        )
        await open_view(
            client, request.trigger_id, views.page(playbook.team.name, playbook.team.id, read)
        )
        return None

    async def _new(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        caller, team_id = request.caller, _id(request.value)
        view = await self._context.within(caller).read(
            lambda s: self._plan_form(s, caller, team_id)
        )
        await update_view(client, _modal(request), view)
        return Shown()

    def _plan_form(self, session: Session, caller: Caller, team_id: int) -> Json:
        playbook = planning.team_to_run(session, caller, team_id)
        if not playbook.behaviours:
            raise Refusal("Your team counts no behaviours yet: `/coach setup` chooses some.")
        following = {
            each.id: found
            for each in playbook.behaviours
            if (found := next_step(playbook, each)) is not None
        }
        today = local_date_in(playbook.team.zone, self._context.now())
        return views.plan_form(team_id, playbook.behaviours, following, today)

    async def _draw(self, request: SubmissionRequest, _client: AsyncWebClient) -> NextView:
        plan = views.read_plan(request.view, filled(request.view))
        now, caller = self._context.now(), request.caller
        drawn = await self._context.within(caller).read(
            lambda session: planning.drawn(session, caller, plan, now)
        )
        return NextView(views.groups_form(views.Grouping(plan), drawn.groups, plan.question))

    async def _groups(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        caller, now, number = request.caller, self._context.now(), _id(request.value)
        found, _ = await self._context.within(caller).read(
            lambda session: planning.to_change(session, caller, number, now)
        )
        grouping = views.Grouping(None, found.id, planning.groups_seen(found))
        view = views.groups_form(grouping, views.groups_of(found), found.plan.question)
        await update_view(client, _modal(request), view)
        return Shown()

    async def _save(self, request: SubmissionRequest, _client: AsyncWebClient) -> NextView:
        grouping, given = views.read_grouping(request.view), filled(request.view)
        caller, now = request.caller, self._context.now()
        new, usual = given.many(Group.NEW.value), given.many(Group.USUAL.value)

        def saved(session: Session) -> Experiment:
            if grouping.plan is not None:
                return planning.create(session, caller, grouping.plan, new, usual, now)
            number, seen = grouping.experiment_id, grouping.seen
            return planning.regroup(session, caller, number, new, usual, seen, now)

        kept = await self._context.within(caller).write(saved)
        plan = kept.plan
        dates = f"{short_day(plan.starts_on)} to {day_words(plan.ends_on, plan.starts_on)}"
        said = f"“{plan.question}” runs from {dates}. Tell both groups."
        return NextView(await self._page(caller, plan.team_id, said))

    async def _stop(self, request: ActionRequest, client: AsyncWebClient) -> Shown:
        caller, now, number = request.caller, self._context.now(), _id(request.value)
        stopped = await self._context.within(caller).write(
            lambda session: planning.stop(session, caller, number, now)
        )
        said = f"“{stopped.plan.question}” is stopped."
        page = await self._page(caller, stopped.plan.team_id, said)
        await update_view(client, _modal(request), page)
        return Shown()

    async def _page(self, caller: Caller, team_id: int, said: str) -> Json:
        now = self._context.now()
        playbook, read = await self._context.within(caller).read(
            lambda session: experiments_shown(session, caller, team_id, now)
        )
        shown: tuple[ReadOut, ...] = read
        return views.page(playbook.team.name, team_id, shown, said)


def _modal(request: ActionRequest) -> str:
    return str(request.view.get("id") or "")


def _id(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= _LONGEST_ID):
        raise Refusal(_GONE)
    return int(value)
