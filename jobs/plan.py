"""Planning: what is due in every team, written into the ledger, a transaction for each team."""

from datetime import datetime
from functools import partial

import structlog

from bot.domain.errors import NotSaved
from bot.domain.teams import TeamPlaybook
from bot.services import workspaces
from bot.services.planning import plan_team
from bot.wiring import Session, Wired

log = structlog.get_logger(__name__)


async def plan_everything(wired: Wired, now: datetime) -> int:
    """Plans every team as of `now`; returns how many could not be planned.

    A team whose planning breaks holds no other up.
    """
    return sum([not await plan_one(wired, team, now) for team in await teams_to_plan(wired, now)])


async def teams_to_plan(wired: Wired, now: datetime) -> list[int]:
    """The teams, by id, in which something may have fallen due since they were last asked for."""
    return await wired.transactions.everywhere.read(lambda session: wired.agenda.due(session, now))


async def plan_one(wired: Wired, team_id: int, now: datetime) -> bool:
    """Plans one team as of `now`, in a transaction of its own; False where that broke."""
    try:
        await wired.transactions.everywhere.write_alone(partial(_plan, team_id=team_id, now=now))
    except NotSaved:
        wired.agenda.forget(team_id)
        log.warning("database_unavailable", team=team_id)
        return False
    except Exception:  # the job's edge: one team's fault must not cost the others their nudges
        wired.agenda.forget(team_id)
        wired.metrics.job_failures.labels("plan").inc()
        log.exception("planning_broke", team=team_id)
        return False
    return True


def plan_in(session: Session, now: datetime) -> None:
    """Plans every team in one transaction; for a dry run."""
    for team in workspaces.active_teams(session):
        _plan(session, team_id=team.team_id, now=now)


def _plan(session: Session, *, team_id: int, now: datetime) -> None:
    playbook: TeamPlaybook | None = workspaces.active_playbook(session, team_id)
    if playbook is None:
        return
    for occasion in plan_team(session, playbook, now):
        log.info("planned", key=occasion.key, workspace=occasion.workspace_id)
