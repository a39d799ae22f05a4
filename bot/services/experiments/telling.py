"""A read-out for the team's managers, once, when an experiment has come to its planned end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.db.queries.coaching.experiments import experiments_until, find_experiment
from bot.db.session import Session
from bot.domain.days.periods import Period
from bot.domain.days.zones import instant_in, local_date_in
from bot.domain.experiments.agreed import Experiment, Phase
from bot.domain.experiments.readouts import ReadOut
from bot.domain.ledger.occasions import Delivery, Moot, Occasion, OccasionKind, experiment_key
from bot.domain.teams import Team, TeamPlaybook
from bot.services import ledger
from bot.services.experiments.reading import is_told, read_outs, reading

_WORTH_SAYING_FOR = timedelta(days=14)
_ONE_DAY = timedelta(days=1)


def due_readouts(session: Session, playbook: TeamPlaybook, now: datetime) -> tuple[Occasion, ...]:
    """One for each manager, the morning after the last day."""
    team = playbook.team
    since = may_be_read_since(team, now)
    found = experiments_until(session.connection, team.workspace_id, since, team.id)
    due = [each for one in found for each in _occasions(playbook, one) if each.due_at <= now]
    keys = ledger.known_keys(session, team.workspace_id, [each.key for each in due]) if due else ()
    return tuple(each for each in due if each.key not in keys)


def may_be_read_since(team: Team, now: datetime) -> date:
    """The earliest last day of an experiment whose read-out is still worth sending."""
    return local_date_in(team.zone, now) - _WORTH_SAYING_FOR


def _occasions(playbook: TeamPlaybook, experiment: Experiment) -> Iterator[Occasion]:
    if experiment.stopped_at is not None:
        return
    team = playbook.team
    for manager in playbook.managers:
        if manager.is_deactivated:
            continue
        day = experiment.plan.ends_on + _ONE_DAY
        # Not before the day is over for the team, wherever the manager is.
        due = max(
            instant_in(manager.zone, day, team.nudge_at), instant_in(team.zone, day, team.nudge_at)
        )
        yield Occasion(
            key=experiment_key(experiment.id, manager.user_id),
            kind=OccasionKind.EXPERIMENT,
            workspace_id=team.workspace_id,
            team_id=team.id,
            recipient=manager.user_id,
            due_at=due,
            expires_at=due + _WORTH_SAYING_FOR,
            payload={"experiment": experiment.id},
        )


def readout_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> ReadOut:
    """What it has shown. Raises `Moot` where it was stopped, or its reader leads no more."""
    occasion = delivery.occasion
    experiment_id = int(str(occasion.payload["experiment"]))
    if occasion.recipient not in {manager.user_id for manager in playbook.managers}:
        raise Moot("no longer leads the team")
    found = find_experiment(session.connection, occasion.workspace_id, experiment_id)
    read = None if found is None else reading(session, playbook, found, now)
    if read is None or read.phase is not Phase.ENDED:
        raise Moot("the experiment was stopped")
    return read


def experiments_of_week(
    session: Session, playbook: TeamPlaybook, week: Period, now: datetime
) -> tuple[ReadOut, ...]:
    """What a digest mentions: what goes on, and what has ended since the week began."""
    team = playbook.team
    found = experiments_until(session.connection, team.workspace_id, week.start, team.id)
    read = read_outs(session, playbook, found, now) if found else ()
    return tuple(each for each in read if is_told(each, week.start))
