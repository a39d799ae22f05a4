"""Planning: what is due in every team, written into the ledger, a transaction for each portion."""

from datetime import datetime
from functools import partial

import structlog

from bot.domain.errors import NotSaved
from bot.domain.portions import Portion
from bot.services import workspaces
from bot.services.planning import plan_teams
from bot.wiring import Session, Wired

log = structlog.get_logger(__name__)


async def plan_everything(wired: Wired, now: datetime) -> int:
    """Plans every team as of `now`; returns how many could not be planned.

    A team whose planning breaks holds no other up.
    """
    return sum([await plan_portion(wired, each, now) for each in await due_portions(wired, now)])


async def due_portions(wired: Wired, now: datetime) -> list[Portion]:
    """The teams in which something may have fallen due since they were last asked for."""
    return await wired.transactions.everywhere.read(lambda session: wired.agenda.due(session, now))


async def portion_with(wired: Wired, team_id: int) -> Portion | None:
    """The teams with which this one is planned; None where it is gone."""
    return await wired.transactions.everywhere.read(
        lambda session: workspaces.portion_of(session, team_id)
    )


async def plan_portion(wired: Wired, portion: Portion, now: datetime) -> int:
    """Plans the teams of a portion in one transaction; returns how many could not be planned.

    Where that breaks, each in one of its own.
    """
    transactions = wired.transactions.of(portion.workspace_id)
    try:
        await transactions.write_alone(partial(_plan, portion=portion, now=now))
    except NotSaved:
        wired.agenda.forget(portion)
        log.warning("database_unavailable", job="plan")
        return 1
    except Exception:  # the job's edge: one team's fault must not cost the others their nudges
        log.warning("planned_one_by_one", workspace=portion.workspace_id, exc_info=True)
        return await _one_by_one(wired, portion, now)
    return 0


async def _one_by_one(wired: Wired, portion: Portion, now: datetime) -> int:
    broken = 0
    transactions = wired.transactions.of(portion.workspace_id)
    for team_id in range(portion.first_id, portion.last_id + 1):
        alone = partial(_plan, portion=portion, now=now, team_id=team_id)
        try:
            await transactions.write_alone(alone)
        except Exception:  # the job's edge, as above
            broken += 1
            wired.metrics.job_failures.labels("plan").inc()
            log.exception("planning_broke", team=team_id)
    if broken:
        wired.agenda.forget(portion)
    return broken


def plan_in(session: Session, now: datetime) -> None:
    """Plans every team in one transaction; for a dry run."""
    for portion in workspaces.active_portions(session):
        with session.of(portion.workspace_id) as theirs:
            _plan(theirs, portion=portion, now=now)


def _plan(session: Session, *, portion: Portion, now: datetime, team_id: int | None = None) -> None:
    for occasion in plan_teams(session, workspaces.playbooks_of(session, portion, team_id), now):
        log.info("planned", key=occasion.key, workspace=occasion.workspace_id)
