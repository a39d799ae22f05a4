"""Time off: one's own, or a rep's by the rep's manager or an admin (design §2.8)."""

from datetime import datetime, timedelta

from bot.db.queries.people.absences import (
    absences_of,
    add_absence,
    find_absence,
    person_named_by,
    remove_absence,
)
from bot.db.queries.people.identity import Standing, find_rep
from bot.db.queries.playbooks.revisions import renew_revisions_of
from bot.db.session import Session
from bot.domain.days.absences import Absence, check_time_off
from bot.domain.days.calendar import DateRange
from bot.domain.days.zones import local_date_in
from bot.domain.errors import Refusal, UnknownPerson
from bot.domain.permissions import require_own_or_led
from bot.services.membership import actor

SLACK = "slack"


def add(
    session: Session, standing: Standing, user_id: str, days: DateRange, now: datetime
) -> Absence:
    """Enters time off for the person `user_id`, which may be whoever asks.

    Days that are off already change nothing. Raises NotPermitted, or Refusal for an unknown person
    more than a year, or days that are too far from the person's today.
    """
    subject = _subject(session, standing, user_id)
    check_time_off(days, local_date_in(subject.person.zone, now))
    known = absences_of(session.connection, subject.person.id, days.end)
    covering = next((each for each in known if days.start in each.days), None)
    if covering is not None:
        return covering
    added = add_absence(
        session.connection, standing.person.workspace_id, subject.person.id, days, SLACK
    )
    renew_revisions_of(session.connection, subject.person.id)
    return added


def listed(
    session: Session, standing: Standing, user_id: str, now: datetime
) -> tuple[Absence, ...]:
    """The person's time off that isn't over yet. Raises NotPermitted."""
    subject = _subject(session, standing, user_id)
    today = local_date_in(subject.person.zone, now)
    return absences_of(session.connection, subject.person.id, today)


def cancel(session: Session, standing: Standing, absence_id: int, now: datetime) -> Absence:
    """Takes time off out again, from today on: days gone by stay off.

    Raises NotPermitted, or Refusal where it is over or isn't there (any more).
    """
    workspace_id = standing.person.workspace_id
    absence = find_absence(session.connection, workspace_id, absence_id)
    if absence is None:
        raise Refusal("That time off isn't there any more. `/pace away` shows what is.")
    user_id = person_named_by(session.connection, workspace_id, absence.person_id)
    subject = _subject(session, standing, user_id)
    today = local_date_in(subject.person.zone, now)
    if absence.days.end < today:
        raise Refusal("That time off is over; it stays, so that your past targets stay fair.")
    remove_absence(session.connection, absence_id)
    if absence.days.start < today:
        gone = DateRange(absence.days.start, today - timedelta(days=1))
        add_absence(session.connection, workspace_id, absence.person_id, gone, absence.source)
    renew_revisions_of(session.connection, absence.person_id)
    return absence


def _subject(session: Session, standing: Standing, user_id: str) -> Standing:
    """Whose time off it is, if whoever asks may see to it."""
    subject = find_rep(session.connection, standing.person.workspace_id, user_id)
    if subject is None:
        raise UnknownPerson("I don't know that person. Name a rep of your team, like @riley.")
    team_id = subject.team.team_id if subject.team else None
    require_own_or_led(actor(standing), subject.person.id, team_id, "time off")
    return subject
