"""What an experiment has shown so far: from the entries of everybody who was drawn for it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.db.queries.coaching.experiments import left_on
from bot.db.queries.entries.recent_days import recent_days
from bot.db.queries.entries.totals import Span
from bot.db.session import Session
from bot.domain.coaching.conversions import Tries
from bot.domain.days.calendar import RepCalendar
from bot.domain.days.zones import local_date_in
from bot.domain.experiments.agreed import Experiment, Member, Phase
from bot.domain.experiments.effects import Trial
from bot.domain.experiments.readouts import BEFORE, ReadOut, read_out, tries_of
from bot.domain.indicators import Indicator
from bot.domain.teams import Rep, TeamPlaybook

_ONE_DAY = timedelta(days=1)
_NOTHING = Tries((), ())


def read_outs(
    session: Session, playbook: TeamPlaybook, experiments: Iterable[Experiment], now: datetime
) -> tuple[ReadOut, ...]:
    """One for each whose behaviour is still known."""
    found = (reading(session, playbook, each, now) for each in experiments)
    return tuple(each for each in found if each is not None)


def reading(
    session: Session, playbook: TeamPlaybook, experiment: Experiment, now: datetime
) -> ReadOut | None:
    """As known at `now`; None where the team doesn't know the behaviour (any more)."""
    today, plan = local_date_in(playbook.team.zone, now), experiment.plan
    behaviour = known(playbook, plan.behaviour_id)
    if behaviour is None:
        return None
    following = known(playbook, plan.following_id)
    trials = tuple(_trials(session, playbook, experiment, min(today, plan.ends_on), now))
    phase = experiment.phase(today)
    week = len(playbook.team.workdays)
    found = read_out(experiment, phase, behaviour, following, trials, week)
    return replace(found, left=_left(playbook, experiment), joined=_joined(playbook, experiment))


def baselines(
    session: Session,
    playbook: TeamPlaybook,
    behaviour_id: int,
    following_id: int | None,
    first: date,
    now: datetime,
) -> dict[str, Tries]:
    """How each present rep did in the weeks before a day, by user id."""
    reps = playbook.present
    logged = _logged(
        session, [rep.id for rep in reps], behaviour_id, following_id, first, first, now
    )
    return {
        rep.user_id: _tries(
            logged,
            rep.id,
            rep.calendar,
            (behaviour_id, following_id),
            first - BEFORE,
            first - _ONE_DAY,
        )
        for rep in reps
    }


def known(playbook: TeamPlaybook, indicator_id: int | None) -> Indicator | None:
    """The team's indicator, retired or not."""
    listed = (*playbook.indicators, *playbook.retired)
    return next((each for each in listed if each.id == indicator_id), None)


_Logged = dict[tuple[int, int], dict[date, float]]


def _trials(
    session: Session, playbook: TeamPlaybook, experiment: Experiment, last: date, now: datetime
) -> Iterator[Trial]:
    plan = experiment.plan
    first, what = plan.starts_on, (plan.behaviour_id, plan.following_id)
    people = [each.person_id for each in experiment.members]
    logged = _logged(session, people, *what, first, last, now)
    team = playbook.team
    gone = [each for each in people if playbook.rep(each) is None]
    left = left_on(session.connection, team.workspace_id, team.id, gone) if gone else {}
    for member in experiment.members:
        rep = playbook.rep(member.person_id)
        calendar = _calendar(playbook, rep, left.get(member.person_id))
        before = _tries(logged, member.person_id, calendar, what, first - BEFORE, first - _ONE_DAY)
        during = _tries(logged, member.person_id, calendar, what, first, last)
        yield Trial(member.user_id, member.group, before, during)


def _calendar(playbook: TeamPlaybook, rep: Rep | None, left: date | None) -> RepCalendar:
    """Of whoever has left: the team's week, to the last day there."""
    if rep is not None:
        return rep.calendar
    team = playbook.team
    return RepCalendar(team.zone, team.workdays, leaves_on=left)


def _logged(
    session: Session,
    people: list[int],
    behaviour_id: int,
    following_id: int | None,
    first: date,
    last: date,
    now: datetime,
) -> _Logged:
    measured = [each for each in (behaviour_id, following_id) if each is not None]
    span = Span(first - BEFORE, max(first, last))
    found = recent_days(session.connection, people, measured, span, now)
    return {whose: logged.by_day() for whose, logged in found.items()}


def _tries(
    logged: _Logged,
    person_id: int,
    calendar: RepCalendar,
    what: tuple[int, int | None],
    first: date,
    last: date,
) -> Tries:
    """Whole weeks are left out in which a rep did nothing before ever having logged anything."""
    behaviour_id, following_id = what
    done = logged.get((person_id, behaviour_id), {})
    led = None if following_id is None else logged.get((person_id, following_id), {})
    return tries_of(calendar, first, last, done, led) if first <= last else _NOTHING


def _left(playbook: TeamPlaybook, experiment: Experiment) -> tuple[str, ...]:
    gone: list[Member] = [e for e in experiment.members if playbook.rep(e.person_id) is None]
    return tuple(each.user_id for each in gone)


def _joined(playbook: TeamPlaybook, experiment: Experiment) -> tuple[str, ...]:
    drawn, plan = {each.person_id for each in experiment.members}, experiment.plan
    return tuple(
        rep.user_id
        for rep in playbook.reps
        if rep.id not in drawn
        and rep.calendar.started_on is not None
        and plan.starts_on <= rep.calendar.started_on <= plan.ends_on
    )


def is_told(read: ReadOut, since: date) -> bool:
    """Whether a digest mentions it: it goes on, or has ended in or after the digest's week."""
    going = read.phase is Phase.RUNNING
    return going or (read.phase is Phase.ENDED and read.experiment.plan.ends_on >= since)
