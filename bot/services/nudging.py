"""Which nudges are due, and what each says (design §2.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.db.queries.nudges import LastActivity, last_activity, sent_nudges
from bot.db.session import Session
from bot.domain.nudges import (
    NudgeFacts,
    NudgeHistory,
    gaps,
    is_resting,
    may_be_nudged,
    nudge_instants,
)
from bot.domain.occasions import Delivery, Moot, Occasion, OccasionKind, nudge_key
from bot.domain.pace import Progress
from bot.domain.teams import Rep, TeamPlaybook
from bot.services import ledger
from bot.services.scorecards import progress


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A rep whose nudge time of the local date has come."""

    rep: Rep
    day: date
    due: datetime
    expires: datetime

    @property
    def key(self) -> str:
        return nudge_key(self.rep.user_id, self.day)


def due_nudges(session: Session, playbook: TeamPlaybook, now: datetime) -> tuple[Occasion, ...]:
    """The nudges due at `now` that aren't in the ledger; each rep's own local date decides.

    One that comes after the end of the rep's day is planned all the same, and dropped with its
    reason where it would be sent.
    """
    candidates = _not_resting(session, _unplanned(session, playbook, now), now)
    behind = _gaps(session, playbook, [candidate.rep for candidate in candidates], now)
    return tuple(
        _occasion(playbook, candidate) for candidate in candidates if behind[candidate.rep.id]
    )


def nudge_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> NudgeFacts:
    """What the nudge says as things stand now.

    Raises `Moot` where the rep has caught up, left, or asked for quiet since it was planned.
    """
    occasion = delivery.occasion
    rep = playbook.rep(occasion.person_id or 0)
    if rep is None:
        raise Moot("no longer in the team")
    day = rep.calendar.local_date(occasion.due_at)
    if not may_be_nudged(rep, day, now):
        raise Moot("asked for quiet")
    behind = _gaps(session, playbook, [rep], now)[rep.id]
    if not behind:
        raise Moot("caught up")
    return NudgeFacts(rep.user_id, day, behind, f"{rep.nudge_at:%H:%M}", playbook.team.name)


def _unplanned(session: Session, playbook: TeamPlaybook, now: datetime) -> list[_Candidate]:
    candidates = [
        candidate
        for candidate in (_candidate(rep, playbook, now) for rep in playbook.reps)
        if candidate.due <= now
        and not playbook.team.was_set_up_between(candidate.due, now)
        and may_be_nudged(candidate.rep, candidate.day, candidate.due)
    ]
    keys = [candidate.key for candidate in candidates]
    known = ledger.known_keys(session, playbook.team.workspace_id, keys)
    return [candidate for candidate in candidates if candidate.key not in known]


def _candidate(rep: Rep, playbook: TeamPlaybook, now: datetime) -> _Candidate:
    day = rep.today(now)
    due, expires = nudge_instants(rep, playbook.team, day)
    return _Candidate(rep, day, due, expires)


def _not_resting(
    session: Session, candidates: Sequence[_Candidate], now: datetime
) -> list[_Candidate]:
    people = [candidate.rep.id for candidate in candidates]
    nudges = sent_nudges(session.connection, people, now)
    activity = last_activity(session.connection, people, now)
    return [
        candidate
        for candidate in candidates
        if not is_resting(
            _history(candidate.rep, nudges, activity), candidate.rep.calendar, candidate.day
        )
    ]


def _history(
    rep: Rep, nudges: Mapping[int, Sequence[datetime]], activity: Mapping[int, LastActivity]
) -> NudgeHistory:
    sent_on = [rep.calendar.local_date(due) for due in nudges.get(rep.id, ())]
    active = activity.get(rep.id)
    if active is None:
        return NudgeHistory(sent_on)
    logged_on = rep.calendar.local_date(active.logged_at) if active.logged_at else active.entry_on
    return NudgeHistory(sent_on, max(active.entry_on, logged_on))


def _gaps(
    session: Session, playbook: TeamPlaybook, reps: Sequence[Rep], now: datetime
) -> Mapping[int, tuple[Progress, ...]]:
    scored = progress(session, playbook, reps, playbook.behaviours, now)
    return {
        rep.id: gaps(
            scored[rep.id, behaviour.id]
            for behaviour in playbook.behaviours
            if (rep.id, behaviour.id) in scored
        )
        for rep in reps
    }


def _occasion(playbook: TeamPlaybook, candidate: _Candidate) -> Occasion:
    return Occasion(
        key=candidate.key,
        kind=OccasionKind.NUDGE,
        workspace_id=playbook.team.workspace_id,
        team_id=playbook.team.id,
        recipient=candidate.rep.user_id,
        due_at=candidate.due,
        expires_at=candidate.expires,
        person_id=candidate.rep.id,
    )
