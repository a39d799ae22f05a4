"""What was agreed at one-to-ones: told, open, and reminded of on its day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.db.queries.coaching import one_to_ones as stored
from bot.db.session import Session
from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import ONE_DAY
from bot.domain.days.public_holidays import public_holidays
from bot.domain.ledger.occasions import Delivery, Moot, Occasion, OccasionKind
from bot.domain.talks.one_to_ones import (
    Agreed,
    Commitment,
    CommitmentDue,
    commitment_key,
    in_order,
    reminder_day,
)
from bot.domain.teams import Person, Rep, TeamPlaybook
from bot.services import ledger

COMMITMENT: Final = "commitment"
"""What a reminder's payload says: the commitment's id."""
ONE_TO_ONE: Final = "one_to_one"
"""What the payload of the message about what was agreed says: the one-to-one's id."""
_AHEAD: Final = timedelta(days=15)


def open_commitments(session: Session, rep: Rep) -> tuple[Commitment, ...]:
    """What was agreed with the rep and isn't done, the manager's part too."""
    return stored.open_with(session.connection, rep.person.workspace_id, [rep.id])


def due_commitments(
    session: Session, playbook: TeamPlaybook, now: datetime
) -> tuple[Occasion, ...]:
    """Reminders of what falls due, at the owner's nudge time of that day; one query.

    Where the owner doesn't work that day, on the last workday before it. Gone by midnight.
    """
    people = [rep.id for rep in playbook.present]
    if not people:
        return ()
    found = stored.due_between(
        session.connection, playbook.team.workspace_id, people, *may_be_reminded_of(now)
    )
    due = [each for each in _reminders(playbook, found) if each.due_at <= now]
    due = [each for each in due if each.expires_at is None or now < each.expires_at]
    known = ledger.known_keys(session, playbook.team.workspace_id, [each.key for each in due])
    return tuple(each for each in due if each.key not in known)


def may_be_reminded_of(now: datetime) -> tuple[date, date]:
    """The first and the last date on which something falls due that may be told of at `now`."""
    return now.date() - ONE_DAY, now.date() + _AHEAD


def agreed_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Agreed:
    """What was agreed at a one-to-one. Raises `Moot` where the rep has left, or nothing is there
    any more."""
    occasion = delivery.occasion
    rep = playbook.rep(occasion.person_id or 0)
    if rep is None:
        raise Moot("no longer in the team")
    held = int(str(occasion.payload[ONE_TO_ONE]))
    found = stored.agreed_at(session.connection, occasion.workspace_id, held)
    if not found:
        raise Moot("no longer on record")
    manager = stored.held_by(session.connection, occasion.workspace_id, held)
    return Agreed(manager, found, rep.today(now))


def due_facts(session: Session, playbook: TeamPlaybook, delivery: Delivery) -> CommitmentDue:
    """What a reminder says. Raises `Moot` where it is done, or its owner left."""
    occasion = delivery.occasion
    wanted = int(str(occasion.payload[COMMITMENT]))
    found = stored.find_commitment(session.connection, occasion.workspace_id, wanted)
    if found is None or playbook.rep(found.person_id) is None:
        raise Moot("no longer on record")
    if found.done_at is not None:
        raise Moot("done already")
    owner = playbook.person(found.owner)
    if owner is None:
        raise Moot("no longer in the team")
    return CommitmentDue(found, occasion.due_at.astimezone(owner.zone).date())


def is_agreement(delivery: Delivery) -> bool:
    """Whether the message tells of what was agreed, rather than of what falls due."""
    return ONE_TO_ONE in delivery.occasion.payload


def _reminders(playbook: TeamPlaybook, found: tuple[Commitment, ...]) -> Iterator[Occasion]:
    for each in in_order(found):
        moment = _moment(playbook, each)
        if moment is not None and moment[0] >= each.created_at:
            yield _reminder(playbook, each, *moment)


def _moment(playbook: TeamPlaybook, commitment: Commitment) -> tuple[datetime, datetime] | None:
    """When its owner is reminded, and until when that is worth it."""
    if commitment.due_on is None:
        return None
    clock = _owners_clock(playbook, commitment)
    day = reminder_day(commitment.due_on, clock[0]) if clock else None
    if clock is None or day is None:
        return None
    calendar, at = clock
    return calendar.instant_of(day, at), calendar.instant_of(day + ONE_DAY, time.min)


def _owners_clock(
    playbook: TeamPlaybook, commitment: Commitment
) -> tuple[RepCalendar, time] | None:
    """The owner's calendar and nudge time; a manager works on the team's days."""
    if commitment.is_the_reps:
        rep = playbook.rep(commitment.person_id)
        return None if rep is None else (rep.calendar, rep.nudge_at)
    leads = next((each for each in playbook.managers if each.id == commitment.owner_id), None)
    if leads is None or leads.is_deactivated:
        return None
    return _managers_calendar(playbook, leads), playbook.team.nudge_at


def _managers_calendar(playbook: TeamPlaybook, manager: Person) -> RepCalendar:
    team = playbook.team
    return RepCalendar(manager.zone, team.workdays, public_holidays(team.holidays))


def _reminder(
    playbook: TeamPlaybook, commitment: Commitment, due: datetime, expires: datetime
) -> Occasion:
    due_on: date = commitment.due_on or due.date()
    return Occasion(
        key=commitment_key(commitment.id, due_on),
        kind=OccasionKind.COMMITMENT,
        workspace_id=playbook.team.workspace_id,
        team_id=playbook.team.id,
        recipient=commitment.owner,
        due_at=due,
        expires_at=expires,
        person_id=commitment.person_id,
        payload={COMMITMENT: commitment.id},
    )
