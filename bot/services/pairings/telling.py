"""What a worksheet says, and how the pairings of a team go."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from bot.db.queries.coaching.pairings import find_pairing, is_teacher_there, pairings_since
from bot.db.queries.entries.recent_days import LoggedBy, recent_days
from bot.db.queries.entries.totals import Span
from bot.db.session import Session
from bot.domain.coaching.diagnosis import READ_WEEKS
from bot.domain.coaching.pairing import Pairing, Reader, Worksheet, own_numbers
from bot.domain.coaching.pairing_progress import BEFORE, SHOWN_AFTER, PairingProgress, progress_of
from bot.domain.days.periods import Period
from bot.domain.indicators import Indicator
from bot.domain.ledger.occasions import Delivery, Moot
from bot.domain.reports.digests import last_full_week
from bot.domain.teams import TeamPlaybook
from bot.services.weekly_numbers import weekly_team


def worksheet_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> Worksheet:
    """What one reader is told. Raises `Moot` where the pairing or one of the two is gone."""
    occasion = delivery.occasion
    pairing = find_pairing(
        session.connection, occasion.workspace_id, int(str(occasion.payload["pairing"]))
    )
    behaviour = None if pairing is None else _known(playbook, pairing.behaviour_id)
    if pairing is None or behaviour is None or playbook.rep(pairing.learner_id) is None:
        raise Moot("the pairing is gone")
    if not is_teacher_there(session.connection, pairing):
        raise Moot("whoever was to help has left")
    is_over = occasion.key.endswith(":off")
    if pairing.cancelled_at is not None and not is_over:
        raise Moot("the pairing is off")
    reader = _reader(pairing, occasion.recipient)
    following = _known(playbook, pairing.following_id)
    why = ""
    if reader is Reader.LEARNER and not is_over:
        why = _why(session, playbook, pairing, behaviour, following, now)
    return Worksheet(reader, pairing, playbook.team.name, behaviour, following, why, is_over)


def pairings_progress(
    session: Session, playbook: TeamPlaybook, until: date, now: datetime
) -> tuple[PairingProgress, ...]:
    """Running and just ended pairings of a team's learners, as things stood after `until`; of what
    is no longer counted there is nothing to compare."""
    team = playbook.team
    found = pairings_since(session.connection, team.workspace_id, team.id, until - SHOWN_AFTER)
    begun = [each for each in found if each.starts_on <= until and playbook.rep(each.learner_id)]
    if not begun:
        return ()
    people = {each.learner_id for each in begun}
    measured = {
        each for pairing in begun for each in (pairing.behaviour_id, pairing.following_id) if each
    }
    span = Span(min(each.starts_on for each in begun) - BEFORE, until)
    logged = recent_days(session.connection, people, measured, span, now)
    return tuple(_progresses(playbook, begun, logged, until))


def _progresses(
    playbook: TeamPlaybook,
    begun: Iterable[Pairing],
    logged: LoggedBy,
    until: date,
) -> Iterator[PairingProgress]:
    for pairing in begun:
        rep, behaviour = playbook.rep(pairing.learner_id), _known(playbook, pairing.behaviour_id)
        if rep is None or behaviour is None or behaviour not in playbook.behaviours:
            continue
        own = {what: each.by_day() for (who, what), each in logged.items() if who == rep.id}
        following = _known(playbook, pairing.following_id)
        yield progress_of(pairing, behaviour, following, rep.calendar, own, until)


def _why(
    session: Session,
    playbook: TeamPlaybook,
    pairing: Pairing,
    behaviour: Indicator,
    following: Indicator | None,
    now: datetime,
) -> str:
    week: Period = last_full_week(playbook.team.zone, now)
    weeks = weekly_team(session, playbook, week, READ_WEEKS, now)
    own = next(rep for rep in weeks.reps if rep.person_id == pairing.learner_id)
    return own_numbers(own, behaviour, following, weeks)


def _reader(pairing: Pairing, user_id: str) -> Reader:
    if user_id == pairing.learner:
        return Reader.LEARNER
    return Reader.TEACHER if user_id == pairing.teacher else Reader.MANAGER


def _known(playbook: TeamPlaybook, indicator_id: int | None) -> Indicator | None:
    listed = (*playbook.indicators, *playbook.retired)
    return next((each for each in listed if each.id == indicator_id), None)
