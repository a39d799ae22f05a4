"""`/coach experiment`: what a team has tried, for those who lead it."""

from datetime import date, datetime

from bot.db.queries.coaching.experiments import experiments_until
from bot.db.session import Session
from bot.domain.experiments.readouts import ReadOut
from bot.domain.teams import TeamPlaybook
from bot.services.experiments.reading import read_outs
from bot.services.membership import standing
from bot.services.requests.callers import Caller
from bot.services.requests.planning_experiments import team_to_run
from bot.services.requests.team_numbers import team_led

_SHOWN = 12
_LONG_AGO = date(2000, 1, 1)


def experiments_asked(
    session: Session, caller: Caller, name: str, now: datetime
) -> tuple[TeamPlaybook, tuple[ReadOut, ...]]:
    """`/coach experiment`: all of a team, the latest first. Raises NotPermitted, Refusal."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    return _shown(session, team_led(session, asking, name or None), now)


def experiments_shown(
    session: Session, caller: Caller, team_id: int, now: datetime
) -> tuple[TeamPlaybook, tuple[ReadOut, ...]]:
    """The same of a team by its id."""
    return _shown(session, team_to_run(session, caller, team_id), now)


def _shown(
    session: Session, playbook: TeamPlaybook, now: datetime
) -> tuple[TeamPlaybook, tuple[ReadOut, ...]]:
    team = playbook.team
    found = experiments_until(session.connection, team.workspace_id, _LONG_AGO, team.id)
    return playbook, read_outs(session, playbook, found[:_SHOWN], now)
