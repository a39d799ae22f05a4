"""What `/coach` shows to somebody who runs a team, and who the workspace's admins are."""

from collections.abc import Sequence
from datetime import datetime

from bot.db.queries.people.absences import absences_of_team, person_named_by
from bot.db.queries.people.admins import admins_of, retired_teams, set_admins
from bot.db.queries.people.identity import Standing, find_rep, find_standing, teams_of
from bot.db.queries.playbooks.workspaces import active_revision
from bot.db.session import Session
from bot.domain.days.absences import Absence
from bot.domain.days.calendar import DateRange
from bot.domain.days.zones import local_date_in, zone_named
from bot.domain.errors import NotPermitted, Refusal, UnknownPerson
from bot.domain.forms import FormRefused
from bot.domain.permissions import may_name_managers
from bot.domain.playbook.desk import Desk, TeamAbsence
from bot.domain.playbook.people import USER_ID
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.services import auditing, time_off
from bot.services.membership import actor, standing
from bot.services.playbooks.editing import editable
from bot.services.playbooks.stored import stored_playbook
from bot.services.requests.callers import Caller

ADMINS = "admins"
"""The field of the form that names them."""
_FOR_MANAGERS = (
    "`/coach` is for managers. For yourself: `/pace now` says what to do next, `/pace` how you "
    "stand."
)


def add_time_off(
    session: Session, caller: Caller, user: str, days: DateRange, now: datetime
) -> Absence:
    """Enters a rep's time off, by the rep's manager. Raises as `time_off.add`."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    absence = time_off.add(session, asking, user, days, now)
    workspace, actor_id = caller.workspace_id, caller.user_id
    auditing.note(session, workspace, actor_id, "time_off.added", now, subject=user)
    return absence


def cancel_time_off(session: Session, caller: Caller, absence_id: int, now: datetime) -> Absence:
    """Takes a rep's time off out again. Raises as `time_off.cancel`."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    absence = time_off.cancel(session, asking, absence_id, now)
    workspace, actor_id = caller.workspace_id, caller.user_id
    user = person_named_by(session.connection, workspace, absence.person_id)
    auditing.note(session, workspace, actor_id, "time_off.cancelled", now, subject=user)
    return absence


def desk(session: Session, caller: Caller, team_id: int, now: datetime) -> Desk:
    """The team with this id, or, where that is 0, the first that the caller may change.

    Raises NotPermitted for somebody who may change none, or not this one.
    """
    asking = find_standing(session.connection, caller.workspace_id, caller.user_id)
    if asking is None:
        raise NotPermitted(_FOR_MANAGERS)
    chosen = team_id or _first(session, asking)
    if not chosen:
        return _empty(session, asking, now)
    found = editable(session, caller, chosen)
    zone = zone_named(found.plan.timezone or found.playbook.timezone)
    today = local_date_in(zone, now)
    revision = active_revision(session.connection, chosen)
    connection, workspace = session.connection, caller.workspace_id
    absent = absences_of_team(connection, chosen, today)
    return Desk(
        team_id=chosen,
        plan=found.plan,
        playbook=found.playbook,
        today=today,
        teams=found.teams,
        is_admin=found.is_admin,
        retired=session.team(chosen, revision).retired if revision else (),
        absences=tuple(TeamAbsence(user, absence) for user, absence in absent),
        retired_teams=retired_teams(connection, workspace) if found.is_admin else (),
        admins=admins_of(connection, workspace) if found.is_admin else (),
    )


def name_admins(
    session: Session, caller: Caller, users: Sequence[str], seen: str | None, now: datetime
) -> tuple[str, ...]:
    """Makes these people the workspace's admins; gives them back, empty where they were already.

    `seen` is `admins_seen` when the form was opened. Raises NotPermitted, FormRefused, Refusal.
    """
    asking = standing(session, caller.workspace_id, caller.user_id)
    if not may_name_managers(actor(asking)):
        raise NotPermitted("Only an admin may name admins.")
    before = admins_of(session.connection, caller.workspace_id)
    wanted = tuple(dict.fromkeys(users))
    if set(wanted) == set(before):
        return ()
    if seen is not None and seen != admins_seen(before):
        raise Refusal("Somebody else has just changed who is an admin. Open the form again.")
    _check_admins(wanted)
    set_admins(session.connection, caller.workspace_id, wanted, now)
    detail = {"admins": ", ".join(wanted)}
    auditing.note(session, caller.workspace_id, caller.user_id, "admins.named", now, detail=detail)
    return wanted


def admins_seen(admins: Sequence[str]) -> str:
    """What tells whether the admins are still those that a form showed."""
    return ",".join(sorted(admins))


def _check_admins(users: Sequence[str]) -> None:
    if not users:
        raise FormRefused({ADMINS: "Somebody has to be an admin: choose at least one person."})
    if not all(USER_ID.fullmatch(user) for user in users):
        raise FormRefused({ADMINS: "Choose people from the list."})


def _first(session: Session, asking: Standing) -> int:
    if asking.leads:
        return asking.leads[0].team_id
    if not asking.person.is_admin:
        raise NotPermitted(_FOR_MANAGERS)
    known = teams_of(session.connection, asking.person.workspace_id)
    return known[0][2].team_id if known else 0


def _empty(session: Session, asking: Standing, now: datetime) -> Desk:
    """For an admin of a workspace without teams."""
    workspace = asking.person.workspace_id
    playbook = stored_playbook(session, workspace) or Playbook(workspace)
    today = local_date_in(zone_named(playbook.timezone), now)
    return Desk(
        team_id=0,
        plan=TeamPlan(""),
        playbook=playbook,
        today=today,
        is_admin=True,
        retired_teams=retired_teams(session.connection, workspace),
        admins=admins_of(session.connection, workspace),
    )


def team_of_rep(session: Session, caller: Caller, user: str) -> int:
    """The id of the team where this person is a rep. Raises UnknownPerson for nobody's rep."""
    found = find_rep(session.connection, caller.workspace_id, user)
    if found is None or found.team is None:
        raise UnknownPerson("That person is in no team yet. `/coach` adds people to yours.")
    return found.team.team_id
