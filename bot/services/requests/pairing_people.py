"""A manager pairs two people at a behaviour, or calls it off; both are told once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.db.queries.coaching.pairings import (
    cancel_pairing,
    find_pairing,
    helping,
    insert_pairing,
    pairings_since,
)
from bot.db.queries.playbooks.locks import lock_playbook
from bot.db.session import Session
from bot.domain.coaching.pairing import LASTS, MOST_HELPED, Pairing, first_day, is_there
from bot.domain.days.periods import short_day
from bot.domain.days.zones import local_date_in
from bot.domain.errors import Refusal, UnknownPerson
from bot.domain.indicators import Indicator
from bot.domain.ledger.occasions import Occasion, OccasionKind, worksheet_key
from bot.domain.permissions import require_team
from bot.domain.teams import TeamPlaybook
from bot.services import auditing, ledger
from bot.services.membership import Member, actor, find_member, standing
from bot.services.pairings.suggesting import named, next_step
from bot.services.requests.callers import Caller
from bot.services.workspaces import active_playbook

PROPOSED, CANCELLED = "pairing.proposed", "pairing.cancelled"
_WORTH_READING_FOR = timedelta(days=7)
_GONE = "That has changed since: `/coach pair` shows who could help whom now."


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a manager pairs: Slack ids, the learner's behaviour, and whether more of it shall be
    done or (`for_skill`) more shall come of it."""

    learner: str
    teacher: str
    behaviour_id: int
    for_skill: bool


@dataclass(frozen=True, slots=True)
class Paired:
    """What has come of it; `repeated` where they were paired so already."""

    pairing: Pairing
    behaviour: Indicator
    repeated: bool = False


def propose(session: Session, caller: Caller, asked: Asked, now: datetime) -> Paired:
    """Pairs them from the next Monday on. Raises NotPermitted, Refusal."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    learner = _rep(session, caller.workspace_id, asked.learner)
    require_team(actor(asking), learner.playbook.team.id)
    lock_playbook(session.connection, caller.workspace_id)
    behaviour = _behaviour(learner.playbook, asked.behaviour_id)
    today = local_date_in(learner.playbook.team.zone, now)
    team_id = learner.playbook.team.id
    for each in pairings_since(session.connection, caller.workspace_id, team_id, today):
        if (each.learner, each.behaviour_id) == (asked.learner, behaviour.id):
            if each.teacher == asked.teacher:
                return Paired(each, behaviour, repeated=True)
            raise Refusal(
                f"They are paired at {behaviour.name} already, until {short_day(each.ends_on)}: "
                "call that off first with `/coach pair`."
            )
    teacher = _teacher(session, caller.workspace_id, asked, behaviour, now)
    pairing = _inserted(session, caller.workspace_id, learner, teacher, behaviour, asked, now)
    detail = {"behaviour": behaviour.name, "teacher": asked.teacher}
    _note(session, caller, PROPOSED, pairing, now, detail)
    _plan(session, caller.workspace_id, pairing, _readers(pairing, learner, teacher), now)
    return Paired(pairing, behaviour)


def cancel(session: Session, caller: Caller, pairing_id: int, now: datetime) -> Pairing:
    """Calls a pairing off; whoever has read the worksheet is told. Raises NotPermitted, Refusal."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    pairing = find_pairing(session.connection, caller.workspace_id, pairing_id)
    if pairing is None:
        raise Refusal(_GONE)
    require_team(actor(asking), pairing.team_id)
    playbook = active_playbook(session, pairing.team_id)
    if playbook is None or not pairing.is_running(local_date_in(playbook.team.zone, now)):
        raise Refusal("That pairing is over already.")
    cancel_pairing(session.connection, caller.workspace_id, pairing.id, now)
    _note(session, caller, CANCELLED, pairing, now, {})
    told = [
        reader
        for reader in (pairing.learner, pairing.teacher)
        if not ledger.withdraw(
            session, caller.workspace_id, worksheet_key(pairing.id, reader), "the pairing is off"
        )
    ]
    _plan(session, caller.workspace_id, pairing, told, now, over=True)
    return pairing


def _rep(session: Session, workspace_id: str, user_id: str) -> Member:
    try:
        found = find_member(session, standing(session, workspace_id, user_id))
    except UnknownPerson:
        found = None
    if found is None or found.rep.person.is_deactivated:
        raise Refusal(f"Only reps can be paired, and somebody here is none (any more). {_GONE}")
    return found


def _behaviour(playbook: TeamPlaybook, behaviour_id: int) -> Indicator:
    found = next((each for each in playbook.behaviours if each.id == behaviour_id), None)
    if found is None:
        raise Refusal(_GONE)
    return found


def _teacher(
    session: Session, workspace_id: str, asked: Asked, behaviour: Indicator, now: datetime
) -> Member:
    """Whoever shall help. Raises Refusal for who can't."""
    if asked.learner == asked.teacher:
        raise Refusal("Nobody can be paired with themselves: choose somebody else.")
    teacher = _rep(session, workspace_id, asked.teacher)
    called = teacher.rep.person.name or "This person"
    if named(teacher.playbook, behaviour.name) is None:
        raise Refusal(f"{called}’s team doesn't count {behaviour.name}: choose somebody else.")
    today = local_date_in(teacher.playbook.team.zone, now)
    busy = helping(session.connection, workspace_id, [teacher.rep.id], today)
    if busy.get(teacher.rep.id, 0) >= MOST_HELPED:
        raise Refusal(f"{called} helps {MOST_HELPED} people already: choose somebody else.")
    if not is_there(teacher.rep.calendar, first_day(today)):
        raise Refusal(f"{called} is away for most of the two weeks: choose somebody else.")
    return teacher


def _inserted(
    session: Session,
    workspace_id: str,
    learner: Member,
    teacher: Member,
    behaviour: Indicator,
    asked: Asked,
    now: datetime,
) -> Pairing:
    following = next_step(learner.playbook, behaviour) if asked.for_skill else None
    first = first_day(local_date_in(learner.playbook.team.zone, now))
    pairing_id = insert_pairing(
        session.connection,
        workspace_id,
        team_id=learner.playbook.team.id,
        indicator_id=behaviour.id,
        next_id=None if following is None else following.id,
        learner_id=learner.rep.id,
        teacher_id=teacher.rep.id,
        starts_on=first,
        ends_on=first + LASTS,
        created_at=now,
    )
    found = find_pairing(session.connection, workspace_id, pairing_id)
    assert found is not None  # just written
    return found


def _readers(pairing: Pairing, learner: Member, teacher: Member) -> Iterator[str]:
    """Both, and who leads the teacher where that is another team."""
    yield from (pairing.learner, pairing.teacher)
    if teacher.playbook.team.id != learner.playbook.team.id:
        known = {manager.user_id for manager in learner.playbook.managers}
        yield from (
            manager.user_id
            for manager in teacher.playbook.managers
            if not manager.is_deactivated and manager.user_id not in known
        )


def _plan(
    session: Session,
    workspace_id: str,
    pairing: Pairing,
    readers: Iterator[str] | list[str],
    now: datetime,
    *,
    over: bool = False,
) -> None:
    occasions = [
        Occasion(
            key=worksheet_key(pairing.id, reader, over=over),
            kind=OccasionKind.WORKSHEET,
            workspace_id=workspace_id,
            team_id=pairing.team_id,
            recipient=reader,
            due_at=now,
            expires_at=now + _WORTH_READING_FOR,
            person_id=pairing.learner_id,
            payload={"pairing": pairing.id},
        )
        for reader in readers
    ]
    ledger.add(session, occasions, now)


def _note(
    session: Session,
    caller: Caller,
    action: str,
    pairing: Pairing,
    now: datetime,
    detail: dict[str, str],
) -> None:
    auditing.note(
        session,
        caller.workspace_id,
        caller.user_id,
        action,
        now,
        subject=pairing.learner,
        team_id=pairing.team_id,
        detail=detail,
    )
