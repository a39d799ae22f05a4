"""Which nudges are due, and what each says (design §2.5)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from bot.db.queries.ledger.nudges import (
    LastActivity,
    SentNudges,
    active_since,
    last_activity,
    sent_nudges,
)
from bot.db.session import Session
from bot.domain.ledger.occasions import Delivery, Moot, Occasion, OccasionKind, Payload
from bot.domain.nudging.nudges import (
    IGNORED_BEFORE_EVERY_SECOND,
    MOST_BEHAVIOURS,
    NudgeFacts,
    NudgeHistory,
    NudgeMoment,
    all_gaps,
    is_resting,
    nudge_moment,
    wants_quiet,
)
from bot.domain.nudging.quiet_days import DRAWN, is_rested
from bot.domain.progress.pace import Progress
from bot.domain.teams import Rep, TeamPlaybook
from bot.services import ledger
from bot.services.behind import all_behind
from bot.services.forecasting import with_forecasts
from bot.services.own_account import is_quiet, nudge_payload, rested_in, resting
from bot.services.plans_kept import kept_by
from bot.services.scorecards import progress

_NONE_SENT = SentNudges()


def due_nudges(
    session: Session, playbooks: Sequence[TeamPlaybook], now: datetime
) -> tuple[Occasion, ...]:
    """The nudges due at `now` that aren't in the ledger; each rep's own local date decides.

    The teams are of one workspace; however many they are, the queries are as many as for one.

    One that comes after the end of the rep's day is planned all the same, and dropped with its
    reason where it would be sent.
    """
    moments = _unplanned(session, playbooks, now)
    sent = sent_nudges(session.connection, [moment.rep.id for moment in moments], now)
    moments = _not_resting(session, moments, sent)
    behind = all_behind(session, playbooks, [moment.rep for moment in moments], now)
    ripe = [moment for moment in moments if behind[moment.rep.id]]
    slow = resting(session, _teams_of(ripe, playbooks), now) if ripe else frozenset()
    found: list[Occasion] = []
    for moment in ripe:
        named, rested = _divided(behind[moment.rep.id], slow, moment.day)
        if named:
            before = sent.get(moment.rep.id, _NONE_SENT).number
            payload = nudge_payload(moment.rep, moment.day, named, rested, before)
            found.append(_occasion(moment, payload))
    return tuple(found)


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
    if not rep.calendar.is_available(day):
        raise Moot("not at work that day")
    if wants_quiet(rep, now):
        raise Moot("asked for quiet")
    scored = progress(session, playbook, [rep], playbook.behaviours, now)
    rested = rested_in(occasion.payload)
    every = all_gaps(with_forecasts(session, playbook, scored, now).values())
    behind = tuple(gap for gap in every if gap.indicator.id not in rested)[:MOST_BEHAVIOURS]
    if not behind:
        raise Moot("caught up")
    if is_quiet(occasion.payload):
        raise Moot(DRAWN)
    plans = kept_by(session, rep, now)
    return NudgeFacts(rep.user_id, day, behind, f"{rep.nudge_at:%H:%M}", playbook.team.name, plans)


def nudge_history(session: Session, rep: Rep, now: datetime) -> NudgeHistory:
    """What became of the rep's earlier nudges, as of `now`."""
    sent = sent_nudges(session.connection, [rep.id], now).get(rep.id, _NONE_SENT).latest
    if len(sent) < IGNORED_BEFORE_EVERY_SECOND:
        return NudgeHistory([rep.calendar.local_date(due) for due in sent])
    return _history(rep, sent, last_activity(session.connection, {rep.id: now}).get(rep.id))


def _unplanned(
    session: Session, playbooks: Sequence[TeamPlaybook], now: datetime
) -> list[NudgeMoment]:
    of_all = ((rep, playbook.team) for playbook in playbooks for rep in playbook.reps)
    each = (nudge_moment(rep, team, now) for rep, team in of_all)
    moments = {moment.key: moment for moment in each if moment is not None}
    if not moments:
        return []
    known = ledger.known_keys(session, playbooks[0].team.workspace_id, list(moments))
    return [moment for key, moment in moments.items() if key not in known]


def _teams_of(
    moments: Sequence[NudgeMoment], playbooks: Sequence[TeamPlaybook]
) -> list[TeamPlaybook]:
    theirs = {moment.rep.team_id for moment in moments}
    return [playbook for playbook in playbooks if playbook.team.id in theirs]


def _divided(
    behind: Sequence[Progress], slow: Collection[int], day: date
) -> tuple[list[int], list[int]]:
    """What to name, and what of it is left out because nudges don't move it: every other day."""
    rested = [
        gap.indicator.id
        for gap in behind
        if gap.indicator.id in slow and is_rested(gap.indicator, day)
    ]
    named = [gap.indicator.id for gap in behind if gap.indicator.id not in rested]
    return named[:MOST_BEHAVIOURS], rested


def _not_resting(
    session: Session,
    moments: Sequence[NudgeMoment],
    nudges: Mapping[int, SentNudges],
) -> list[NudgeMoment]:
    """Those whose nudge isn't left out because earlier ones were ignored.

    As it stood when the nudge fell due: an entry later on the day restores the next day's.
    """
    latest = {person_id: sent.latest for person_id, sent in nudges.items()}
    moments = [each for each in moments if not _had_one_today(each, latest.get(each.rep.id, ()))]
    ignoring = _ignoring(session, moments, latest)
    activity = last_activity(session.connection, ignoring)
    return [
        moment
        for moment in moments
        if moment.rep.id not in ignoring
        or not is_resting(
            _history(moment.rep, latest[moment.rep.id], activity.get(moment.rep.id)),
            moment.rep.calendar,
            moment.day,
        )
    ]


def _ignoring(
    session: Session, moments: Sequence[NudgeMoment], latest: Mapping[int, Sequence[datetime]]
) -> dict[int, datetime]:
    """Who may have ignored so many that one is left out, each with the instant that counts.

    Whoever logged something since the third latest hasn't: nothing older need be read for them.
    """
    asked = {}
    for moment in moments:
        sent = latest.get(moment.rep.id, ())
        if len(sent) >= IGNORED_BEFORE_EVERY_SECOND:
            third = moment.rep.calendar.local_date(sent[IGNORED_BEFORE_EVERY_SECOND - 1])
            asked[moment.rep.id] = third, moment.due
    active = active_since(session.connection, asked)
    return {each: until for each, (_, until) in asked.items() if each not in active}


def _had_one_today(moment: NudgeMoment, sent: Sequence[datetime]) -> bool:
    """In another time zone: the rep moved since, and it was for another date there."""
    return any(moment.rep.calendar.local_date(due) == moment.day for due in sent[:2])


def _history(rep: Rep, nudges: Sequence[datetime], active: LastActivity | None) -> NudgeHistory:
    sent_on = [rep.calendar.local_date(due) for due in nudges]
    if active is None:
        return NudgeHistory(sent_on)
    logged_on = rep.calendar.local_date(active.logged_at) if active.logged_at else active.entry_on
    return NudgeHistory(sent_on, max(active.entry_on, logged_on))


def _occasion(moment: NudgeMoment, payload: Payload) -> Occasion:
    return Occasion(
        key=moment.key,
        kind=OccasionKind.NUDGE,
        workspace_id=moment.rep.person.workspace_id,
        team_id=moment.rep.team_id,
        recipient=moment.rep.user_id,
        due_at=moment.due,
        expires_at=moment.expires,
        person_id=moment.rep.id,
        payload=payload,
    )
