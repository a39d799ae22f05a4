"""People whose Slack account is switched off, on again, renamed or in another time zone."""

from dataclasses import dataclass
from datetime import datetime

from bot.db.queries.people.accounts import (
    Account,
    active_teams_of,
    find_account,
    set_deactivated,
)
from bot.db.session import Session
from bot.domain.teams import Person
from bot.services import workspaces
from bot.services.people import keep_profile_of
from bot.services.troubles.noticing import PERSON, plan_notices


@dataclass(frozen=True, slots=True)
class Told:
    """A person as Slack says; `name` and `zone` are None where it doesn't say."""

    user_id: str
    name: str | None
    zone: str | None
    is_deleted: bool


def says_something_new(session: Session, workspace_id: str, told: Told) -> bool:
    """Whether it differs from what is known; False for people who are none of ours."""
    known = find_account(session.connection, workspace_id, told.user_id)
    return known is not None and _differs(known, told)


def take_over(session: Session, workspace_id: str, told: Told, now: datetime) -> bool:
    """Makes what is known what Slack says. True where somebody has to be written to for it."""
    known = find_account(session.connection, workspace_id, told.user_id)
    if known is None:
        return False
    keep_profile_of(session, workspace_id, told.user_id, told.name, told.zone)
    if told.is_deleted:
        return deactivate(session, workspace_id, told.user_id, now)
    return set_deactivated(session.connection, known.person_id, None)


def deactivate(session: Session, workspace_id: str, user_id: str, now: datetime) -> bool:
    """From now on nobody writes to this person, and the managers are told, once.

    False where it was known, or nobody knows the person.
    """
    known = find_account(session.connection, workspace_id, user_id)
    if known is None or not set_deactivated(session.connection, known.person_id, now):
        return False
    for team_id in active_teams_of(session.connection, known.person_id):
        playbook = workspaces.active_playbook(session, team_id)
        person: Person | None = None if playbook is None else playbook.person(user_id)
        if playbook is not None and person is not None:
            about = f"left:{user_id}"
            plan_notices(session, playbook, about, {PERSON: user_id}, now, person=person)
    return True


def _differs(known: Account, told: Told) -> bool:
    return (
        known.is_deactivated != told.is_deleted
        or (told.name is not None and told.name != known.name)
        or (told.zone is not None and told.zone != known.zone)
    )
