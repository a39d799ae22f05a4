"""Managers plan an experiment, change its groups before it begins, and stop it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from bot.db.queries.coaching.experiments import (
    experiments_until,
    find_experiment,
    insert_experiment,
    put_members,
    stop_experiment,
)
from bot.db.queries.playbooks.locks import lock_playbook
from bot.db.session import Session
from bot.domain.coaching.conversions import TeamRates
from bot.domain.coaching.variations import variation_of
from bot.domain.days.zones import local_date_in
from bot.domain.errors import Refusal
from bot.domain.experiments.agreed import (
    Experiment,
    Group,
    Phase,
    Plan,
    check_clashes,
    check_dates,
    check_groups,
    draw,
)
from bot.domain.forms import FormRefused
from bot.domain.permissions import require_team
from bot.domain.quantities import Measure
from bot.domain.teams import TeamPlaybook
from bot.services import auditing
from bot.services.experiments.reading import baselines, known
from bot.services.membership import actor, standing
from bot.services.pairings.suggesting import next_step
from bot.services.requests.callers import Caller
from bot.services.workspaces import active_playbook

PLANNED, REGROUPED, STOPPED = "experiment.planned", "experiment.regrouped", "experiment.stopped"
_GONE = "That experiment isn't there any more: `/coach experiment` shows what there is."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plan with the groups that the bot has drawn."""

    plan: Plan
    playbook: TeamPlaybook
    groups: Mapping[str, Group]


def team_to_run(session: Session, caller: Caller, team_id: int) -> TeamPlaybook:
    """The team, for those who lead it. Raises NotPermitted, Refusal for one that isn't there."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    require_team(actor(asking), team_id)
    playbook = active_playbook(session, team_id, caller.workspace_id)
    if playbook is None:
        raise Refusal("That team isn't there any more.")
    return playbook


def drawn(session: Session, caller: Caller, plan: Plan, now: datetime) -> Drawn:
    """The groups for a plan: the same however often it is asked. Raises FormRefused, Refusal."""
    playbook = team_to_run(session, caller, plan.team_id)
    _check(playbook, plan, now)
    before = baselines(session, playbook, plan.behaviour_id, plan.following_id, plan.starts_on, now)
    counted = known(playbook, plan.following_id or plan.behaviour_id)
    counts = counted is None or counted.unit.measure is not Measure.MONEY
    tries = tuple(before.values())
    team = TeamRates(tries, variation_of(tries, counts=counts))
    rates = {user: team.shrunk(each) if team.rate else 0.0 for user, each in before.items()}
    return Drawn(plan, playbook, draw(rates, plan.seed))


def create(
    session: Session,
    caller: Caller,
    plan: Plan,
    new: Sequence[str],
    usual: Sequence[str],
    now: datetime,
) -> Experiment:
    """Keeps an experiment; the same one sent twice is kept once. Raises FormRefused, Refusal."""
    playbook = team_to_run(session, caller, plan.team_id)
    lock_playbook(session.connection, caller.workspace_id)
    repeated = _repeated(session, caller, plan)
    if repeated is not None:
        return repeated
    _check(playbook, plan, now)
    members = _members(session, caller, playbook, plan, new, usual)
    experiment_id = insert_experiment(session.connection, caller.workspace_id, plan, members, now)
    _note(session, caller, PLANNED, plan.team_id, experiment_id, now)
    return _found(session, caller, experiment_id)


def regroup(
    session: Session,
    caller: Caller,
    experiment_id: int,
    new: Sequence[str],
    usual: Sequence[str],
    seen: str,
    now: datetime,
) -> Experiment:
    """Other groups for an experiment that hasn't begun; `seen` is what they were when its form was
    opened. Raises FormRefused, Refusal."""
    found, playbook = to_change(session, caller, experiment_id, now)
    lock_playbook(session.connection, caller.workspace_id)
    found = _found(session, caller, experiment_id)
    if groups_seen(found) == groups_seen_of(new, usual):
        return found
    if groups_seen(found) != seen:
        raise Refusal("Somebody else has changed these groups since: open them again.")
    members = _members(session, caller, playbook, found.plan, new, usual, but=found.id)
    put_members(session.connection, caller.workspace_id, found.id, members)
    _note(session, caller, REGROUPED, found.plan.team_id, found.id, now)
    return _found(session, caller, experiment_id)


def to_change(
    session: Session, caller: Caller, experiment_id: int, now: datetime
) -> tuple[Experiment, TeamPlaybook]:
    """An experiment whose groups may still be changed. Raises NotPermitted, Refusal."""
    found = _found(session, caller, experiment_id)
    playbook = team_to_run(session, caller, found.plan.team_id)
    if found.phase(local_date_in(playbook.team.zone, now)) is not Phase.PLANNED:
        raise Refusal(
            "It has begun: groups that are changed under way would no longer be comparable. "
            "Stop it and plan another one."
        )
    return found, playbook


def stop(session: Session, caller: Caller, experiment_id: int, now: datetime) -> Experiment:
    """Ends it before its time; it is marked so and has no verdict. Raises NotPermitted, Refusal."""
    found = _found(session, caller, experiment_id)
    playbook = team_to_run(session, caller, found.plan.team_id)
    phase = found.phase(local_date_in(playbook.team.zone, now))
    if phase is Phase.ENDED:
        raise Refusal("It is over already: there is nothing to stop.")
    if stop_experiment(session.connection, caller.workspace_id, found.id, now):
        _note(session, caller, STOPPED, found.plan.team_id, found.id, now)
    return _found(session, caller, experiment_id)


def groups_seen(found: Experiment) -> str:
    """Tells apart what the groups are."""
    return groups_seen_of(found.users(Group.NEW), found.users(Group.USUAL))


def groups_seen_of(new: Sequence[str], usual: Sequence[str]) -> str:
    """The same of groups as they stand in a form."""
    said = "|".join(",".join(sorted(set(users))) for users in (new, usual))
    return blake2b(said.encode(), digest_size=8).hexdigest()


def _found(session: Session, caller: Caller, experiment_id: int) -> Experiment:
    found = find_experiment(session.connection, caller.workspace_id, experiment_id)
    if found is None:
        raise Refusal(_GONE)
    return found


def _check(playbook: TeamPlaybook, plan: Plan, now: datetime) -> None:
    behaviour = next((e for e in playbook.behaviours if e.id == plan.behaviour_id), None)
    following = None if behaviour is None else next_step(playbook, behaviour)
    wrong = plan.following_id is not None and (
        following is None or following.id != plan.following_id
    )
    if behaviour is None or wrong:
        raise FormRefused({"what": "Your team no longer counts this so: choose again."})
    check_dates(plan, local_date_in(playbook.team.zone, now))


def _members(
    session: Session,
    caller: Caller,
    playbook: TeamPlaybook,
    plan: Plan,
    new: Sequence[str],
    usual: Sequence[str],
    but: int = 0,
) -> Mapping[int, Group]:
    """The groups by person id. Raises FormRefused, Refusal."""
    reps = {rep.user_id: rep for rep in playbook.present}
    names = {user: rep.person.name or user for user, rep in reps.items()}
    check_groups(new, usual, names)
    chosen = {user: names[user] for user in (*new, *usual)}
    others = experiments_until(session.connection, caller.workspace_id, plan.starts_on)
    indicators = {each.id: each for each in (*playbook.indicators, *playbook.retired)}
    check_clashes(plan, chosen, [each for each in others if each.id != but], indicators)
    return {reps[user].id: Group.NEW for user in new} | {
        reps[user].id: Group.USUAL for user in usual
    }


def _repeated(session: Session, caller: Caller, plan: Plan) -> Experiment | None:
    found = experiments_until(session.connection, caller.workspace_id, plan.ends_on, plan.team_id)
    return next((e for e in found if e.stopped_at is None and e.plan == plan), None)


def _note(
    session: Session, caller: Caller, action: str, team_id: int, experiment_id: int, now: datetime
) -> None:
    auditing.note(
        session,
        caller.workspace_id,
        caller.user_id,
        action,
        now,
        team_id=team_id,
        detail={"experiment": str(experiment_id)},
    )
