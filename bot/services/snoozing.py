"""Quiet on request: no nudges for some days, or until further notice (design §2.5)."""

from datetime import date, datetime, time, timedelta

from bot.db.queries.people.absences import set_quiet
from bot.db.queries.people.identity import Standing
from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.domain.days.absences import check_snooze
from bot.services.membership import Member, member

_MIDNIGHT = time(0)


def snooze_days(session: Session, standing: Standing, days: int, now: datetime) -> datetime:
    """No nudges today and on the days after it, `days` in all; 1 is "for today".

    Gives the instant at which the rep's last quiet day ends. Raises Refusal as `snooze_until`.
    """
    who = member(session, standing)
    days = max(0, min(days, date.max.toordinal() - who.rep.today(now).toordinal()))
    return _snooze(session, who, who.rep.today(now) + timedelta(days=days), now)


def snooze_until(session: Session, standing: Standing, day: date, now: datetime) -> datetime:
    """No nudges before the local date `day`.

    Gives the instant at which it begins. Raises Refusal for a day that isn't ahead or is too far,
    and for somebody who is no rep.
    """
    return _snooze(session, member(session, standing), day, now)


def pause(session: Session, standing: Standing) -> None:
    """No nudges until further notice. Raises UnknownPerson for somebody who is no rep."""
    _set(session, member(session, standing), None, paused=True)


def resume(session: Session, standing: Standing) -> bool:
    """Ends snooze and pause; False where there was neither. Raises UnknownPerson as `pause`."""
    who = member(session, standing)
    if not who.rep.paused and who.rep.snoozed_until is None:
        return False
    _set(session, who, None, paused=False)
    return True


def _snooze(session: Session, who: Member, day: date, now: datetime) -> datetime:
    check_snooze(day, who.rep.today(now))
    until = who.rep.calendar.instant_of(day, _MIDNIGHT)
    _set(session, who, until, paused=False)
    return until


def _set(session: Session, who: Member, until: datetime | None, *, paused: bool) -> None:
    set_quiet(session.connection, who.rep.id, snoozed_until=until, paused=paused)
    renew_revision(session.connection, who.playbook.team.id)
