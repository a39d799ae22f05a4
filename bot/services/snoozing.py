"""Quiet on request: no nudges for some days, or until further notice (design §2.5)."""

from datetime import date, datetime, time

from bot.db.queries.people.absences import set_snooze
from bot.db.queries.people.identity import Standing
from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.domain.days.absences import check_snooze
from bot.services.membership import Member, member

_MIDNIGHT = time(0)


def snooze_until(session: Session, standing: Standing, day: date, now: datetime) -> datetime:
    """No nudges before the local date `day`.

    Gives the instant at which it begins. Raises Refusal for a day that isn't ahead or is too far,
    and UnknownPerson for somebody who is no rep.
    """
    who = member(session, standing)
    check_snooze(day, who.rep.today(now))
    until = who.rep.calendar.instant_of(day, _MIDNIGHT)
    _set(session, who, until)
    return until


def resume(session: Session, standing: Standing) -> bool:
    """Ends snooze and pause; False where there was neither. Raises UnknownPerson."""
    who = member(session, standing)
    if not who.rep.paused and who.rep.snoozed_until is None:
        return False
    _set(session, who, None)
    return True


def _set(session: Session, who: Member, until: datetime | None) -> None:
    set_snooze(session.connection, who.rep.id, until)
    renew_revision(session.connection, who.playbook.team.id)
