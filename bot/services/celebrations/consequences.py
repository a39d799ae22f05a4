"""What a target just reached may have completed: a streak, a sweep, the team (design §2.6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from bot.db.queries.entries.histories import histories
from bot.db.queries.entries.totals import span_of, totals
from bot.db.queries.feats.milestones import held_by, known
from bot.db.session import Session
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.feats.sweeps import sweep
from bot.domain.indicators import Indicator
from bot.domain.milestones import (
    REPS_OF_A_TEAM,
    STREAKS,
    Milestone,
    MilestoneKind,
    crossed,
    milestone_key,
    percents_reached,
)
from bot.domain.progress.pace import Status, assess
from bot.domain.progress.targets import period_in_force
from bot.domain.quantities import ZERO
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.celebrations.entered import Entered
from bot.services.celebrations.reaching import Reached
from bot.services.kept_totals import kept_totals
from bot.services.scorecards import questions
from bot.services.streaks import streaks


def completed(session: Session, entered: Entered, reached: Reached) -> Iterator[Milestone]:
    """What holds now as a consequence; some of it may have held before."""
    on_target = [each for each in reached.new if each.kind is MilestoneKind.TARGET]
    behaviours = {each.indicator: each for each in on_target if each.indicator is not None}
    yield from _streaks(session, entered, {*behaviours, *reached.done_for_the_day})
    yield from _sweeps(session, entered, on_target)
    for behaviour, milestone in behaviours.items():
        yield from team_target(session, entered, behaviour, milestone.reached_on)
    for indicator in entered.indicators:
        if indicator.is_result:
            yield from team_result(session, entered, indicator)


def team_target(
    session: Session, entered: Entered, behaviour: Indicator, day: date
) -> Iterator[Milestone]:
    """The whole team on target for a behaviour, in the period that holds the day."""
    asked = _of_all(session, entered, behaviour, day)
    if len(asked) >= REPS_OF_A_TEAM and all(actual >= target for actual, target in asked):
        start = entered.period(behaviour, day).start
        yield _of_team(entered, MilestoneKind.TEAM_TARGET, behaviour, day, start)


def team_result(session: Session, entered: Entered, result: Indicator) -> Iterator[Milestone]:
    """The shares of the team's target that its reps, also those erased since, have reached."""
    for period, day in {entered.period(result, day): day for day in entered.days}.items():
        asked = _of_all(session, entered, result, day)
        if len(asked) < REPS_OF_A_TEAM:
            continue
        kept = kept_totals(session, entered.playbook, span_of(period), entered.now)
        theirs = kept.within(result.id, *span_of(period))
        actual = sum((done for done, _target in asked), theirs.quantity)
        target = sum((target for _done, target in asked), theirs.target)
        for percent in percents_reached(actual, target):
            milestone = _of_team(entered, MilestoneKind.TEAM_RESULT, result, day, period.start)
            yield replace(milestone, threshold=percent)


def clean_sweep(
    session: Session, playbook: TeamPlaybook, rep: Rep, week: Period, now: datetime
) -> Milestone | None:
    """The rep's clean sweep of a week, as it stands at `now`."""
    periods = (
        period_in_force(behaviour, playbook.settings(rep, behaviour), week.end)
        for behaviour in playbook.behaviours
    )
    since = min((period.start for period in periods), default=week.start)
    behaviours = playbook.behaviours
    logged = histories(session.connection, playbook, rep, behaviours, since, now)
    return sweep(week.start, logged)


def _of_all(
    session: Session, entered: Entered, indicator: Indicator, day: date
) -> list[tuple[Decimal, Decimal]]:
    """What each rep of the team who has a target has done, and the target."""
    playbook = entered.playbook
    asked = tuple(questions(playbook, playbook.reps, (indicator,), entered.now, on=day))
    spans = {span_of(each.period) for each in asked}
    people = {each.rep.id for each in asked}
    sums = totals(session.connection, people, {indicator.id}, spans, entered.now)
    goals = ((each, each.target) for each in asked)
    return [
        (sums.of(each.rep.id, indicator.id, span_of(each.period)), target)
        for each, target in goals
        if target is not None
    ]


def _of_team(
    entered: Entered, kind: MilestoneKind, indicator: Indicator, day: date, start: date
) -> Milestone:
    team = entered.playbook.team.id
    return Milestone(kind, team, entered.now, day, indicator=indicator, period_start=start)


def _streaks(
    session: Session, entered: Entered, behaviours: Iterable[Indicator]
) -> Iterator[Milestone]:
    asked = tuple(behaviours)
    if not asked:
        return
    running = streaks(session, entered.playbook, (entered.rep,), asked, entered.now)
    for behaviour in asked:
        found = running[entered.rep.id, behaviour.id]
        steps = crossed(STREAKS, ZERO, Decimal(found.length))
        if steps and found.start is not None:
            said = _said(session, entered, behaviour, found.start)
            for length in (step for step in steps if step not in said):
                yield entered.milestone(
                    MilestoneKind.STREAK, max(entered.days), behaviour, found.start, length
                )


def _said(session: Session, entered: Entered, behaviour: Indicator, start: date) -> set[int]:
    """The lengths celebrated already: a late entry lengthens a streak at its old end."""
    held = held_by(session.connection, entered.playbook, entered.rep.id, since=start)
    return {
        milestone.threshold or 0
        for milestone in held
        if milestone.kind is MilestoneKind.STREAK
        and milestone.indicator == behaviour
        and milestone.period_start is not None
        and milestone.period_start >= start
    }


def _sweeps(
    session: Session, entered: Entered, on_target: Sequence[Milestone]
) -> Iterator[Milestone]:
    """The weeks that may have become clean: with a target reached, or a longer one caught up."""
    weeks = {period_of(PeriodKind.WEEK, day) for day in entered.days}
    for week in weeks:
        reached = any(each.reached_on in week for each in on_target)
        caught_up = (_has_caught_up(session, entered, each, week) for each in entered.indicators)
        if (reached or any(caught_up)) and _may_be_clean(session, entered, week):
            found = clean_sweep(session, entered.playbook, entered.rep, week, entered.now)
            if found is not None:
                yield replace(found, reached_at=entered.now)


def _may_be_clean(session: Session, entered: Entered, week: Period) -> bool:
    """Whether all targets of the week are reached, and nobody has said so; before the entries of
    the longer periods are read one by one.
    """
    rep, playbook = entered.rep, entered.playbook
    key = milestone_key(MilestoneKind.SWEEP, rep.user_id, period_start=week.start)
    before = known(session.connection, playbook.team.workspace_id, [key]).get(key)
    if before is not None and before.holds:
        return False
    weekly = [each for each in playbook.behaviours if entered.period(each, week.end) == week]
    asked = {each: target for each in weekly if (target := entered.target(each, week)) is not None}
    ids = [each.id for each in asked]
    sums = totals(session.connection, {rep.id}, ids, {span_of(week)}, entered.now)
    return all(sums.of(rep.id, each.id, span_of(week)) >= asked[each] for each in asked)


def _has_caught_up(session: Session, entered: Entered, indicator: Indicator, week: Period) -> bool:
    """Whether a behaviour of a longer period than the week was behind without what was added."""
    period = entered.period(indicator, week.end)
    if indicator.is_result or period.end <= week.end:
        return False
    added = (entered.added or {}).get(indicator.id)
    if added is None:
        return True
    rep, day = entered.rep, max(day for day in entered.days if day in week)
    sums = totals(session.connection, {rep.id}, {indicator.id}, {span_of(period)}, entered.now)
    before = assess(
        indicator,
        entered.playbook.settings(rep, indicator),
        rep.calendar,
        day,
        sums.of(rep.id, indicator.id, span_of(period)) - added,
        period=period,
    )
    return before.status is Status.BEHIND
