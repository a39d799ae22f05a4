"""`/coach prep`: one page before a one-to-one."""

from datetime import date, datetime, time

from bot.db.queries.coaching import one_to_ones as stored
from bot.db.queries.feats.kudos import received_in
from bot.db.queries.feats.milestones import held_by
from bot.db.session import Session
from bot.domain.coaching.diagnosis import READ_WEEKS, evidence_of
from bot.domain.days.periods import Period
from bot.domain.days.zones import instant_in, local_date_in
from bot.domain.feats.celebrations import Cheer
from bot.domain.milestones import highest_steps
from bot.domain.progress.pace import Progress
from bot.domain.reports.digests import Gap, find_gaps, last_full_week
from bot.domain.reports.preparing import Prep, least_steady, look_back, the_situation
from bot.domain.reports.what_to_coach import what_matters_first
from bot.domain.talks.coaching_questions import Situation, questions
from bot.domain.teams import Person
from bot.services.celebrations.cheering import cheers
from bot.services.forecasting import with_forecasts
from bot.services.membership import standing
from bot.services.one_to_ones.permitting import Pair, pair
from bot.services.requests.callers import Caller
from bot.services.requests.team_numbers import teams_seen
from bot.services.scorecards import progress
from bot.services.weekly_numbers import weekly_team
from bot.services.weeks import rep_weeks

_THEN = "the next step"


def prep_asked(session: Session, caller: Caller, user_id: str, now: datetime) -> Prep:
    """The page about a rep, for who leads the rep's team. Raises NotPermitted, UnknownPerson."""
    return prepared(session, pair(session, caller, user_id), now)


def prepared(session: Session, both: Pair, now: datetime) -> Prep:
    """The page about the rep of this pair, as things stand at `now`."""
    rep, zone = both.rep, both.asking.person.zone
    workspace_id = both.playbook.team.workspace_id
    today, week = local_date_in(zone, now), last_full_week(zone, now)
    held = stored.held_with(session.connection, workspace_id, rep.id)
    since = look_back(held.last, today)
    situation, gap = _gap(session, both, week, now)
    first = instant_in(zone, since, time.min)
    return Prep(
        person_id=rep.id,
        user_id=rep.user_id,
        team=both.playbook.team.name,
        week=week,
        last=held.last,
        since=since,
        today=today,
        situation=situation,
        gap=gap,
        standing=_standing(session, both, gap, now),
        questions=_questions(both, situation, gap, held.count),
        cheers=_went_well(session, both, since, now),
        kudos=_kudos(session, both, since, today, now),
        open=stored.open_with(session.connection, workspace_id, [rep.id]),
        done=stored.done_since(session.connection, workspace_id, rep.id, first),
    )


def _gap(session: Session, both: Pair, week: Period, now: datetime) -> tuple[Situation, Gap | None]:
    """As the digest of that week has it, so that both say the same."""
    book, user_id = both.playbook, both.rep.user_id
    own = next(
        (each for each in rep_weeks(session, book, week, now) if each.user_id == user_id), None
    )
    if own is None:
        return the_situation(None, ())
    weeks = weekly_team(session, book, week, READ_WEEKS, now)
    evidence = evidence_of(weeks, book.behaviours, book.results)
    return the_situation(own, what_matters_first(find_gaps([own], week, evidence)))


def _standing(session: Session, both: Pair, gap: Gap | None, now: datetime) -> Progress | None:
    scored = progress(session, both.playbook, [both.rep], both.playbook.behaviours, now)
    known = with_forecasts(session, both.playbook, scored, now)
    if gap is None:
        return least_steady(list(known.values()))
    return known.get((both.rep.id, gap.progress.indicator.id))


def _questions(both: Pair, situation: Situation, gap: Gap | None, held: int) -> tuple[str, ...]:
    if gap is None:
        return questions(situation, held=held)
    behaviour = gap.progress.indicator
    named = {each.id: each.name for each in both.playbook.indicators}
    then = named.get(behaviour.leads_to or 0) or named.get(behaviour.drives or 0) or _THEN
    return questions(situation, behaviour.name, then, held)


def _went_well(session: Session, both: Pair, since: date, now: datetime) -> tuple[Cheer, ...]:
    held = held_by(session.connection, both.playbook, both.rep.id, since)
    own = [each for each in held if each.person_id == both.rep.id and each.reached_at <= now]
    return cheers(session, both.playbook, highest_steps(own), now)


def _kudos(session: Session, both: Pair, since: date, today: date, now: datetime) -> int:
    team_id = both.playbook.team.id
    return received_in(session.connection, team_id, since, today, now).get(both.rep.id, 0)


def reps_to_prepare(session: Session, caller: Caller) -> tuple[Person, ...]:
    """Whom the caller leads, team by team. Raises NotPermitted."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    return tuple(
        rep.person
        for team in teams_seen(session, asking)
        for rep in team.present
        if rep.id != asking.person.id
    )
