"""How a team's week ended: every rep's behaviours, the results together, what the bot asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from bot.db.queries.coaching.weeks import entry_counts, sent_counts
from bot.db.queries.entries.totals import Span, Totals, totals
from bot.db.session import Session
from bot.domain.days.periods import ONE_DAY, Period
from bot.domain.days.zones import instant_in
from bot.domain.indicators import Indicator
from bot.domain.ledger.occasions import OccasionKind
from bot.domain.nudging.account import Cost
from bot.domain.progress.kept_totals import NOTHING_KEPT, KeptTotals
from bot.domain.progress.pace import Progress, assess
from bot.domain.progress.targets import period_in_force, target_for
from bot.domain.quantities import ZERO
from bot.domain.reports.digests import RepWeek, TeamResult
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.forecasting import with_forecasts
from bot.services.own_account import nudge_account, rep_costs
from bot.services.recent_histories import RecentHistory
from bot.services.tallies import Sums


def rep_weeks(
    session: Session,
    playbook: TeamPlaybook,
    week: Period,
    now: datetime,
    known: Sums | None = None,
) -> tuple[RepWeek, ...]:
    """Each rep's behaviours once the week's Sunday was over, as known at `now`.

    A longer period is scored as far as it had gone by then. Two queries, whatever the number of
    reps; one where the sums are known. Reps who weren't there that week are left out.
    """
    sums = known or _sums(session, playbook, playbook.behaviours, week, now)
    people = [rep.id for rep in playbook.reps]
    counts = entry_counts(session.connection, people, Span(week.start, week.end), now)
    there = (rep for rep in playbook.reps if rep.id in counts or _is_of(rep, week))
    found = (_rep_week(playbook, rep, week, sums, counts.get(rep.id, 0)) for rep in there)
    return tuple(each for each in found if each.was_available or each.counts or each.entries)


def _is_of(rep: Rep, week: Period) -> bool:
    """Whether the rep was with the team on any day of the week, at work or not."""
    return any(rep.calendar.is_employed(day) for day in week.days())


def with_outlook(
    session: Session,
    playbook: TeamPlaybook,
    reps: Sequence[RepWeek],
    week: Period,
    now: datetime,
    history: RecentHistory,
) -> tuple[RepWeek, ...]:
    """The same with consistency, and with the forecast of what goes on after the week.

    `history` is that of the whole team up to the week's end.
    """
    ids = {rep.user_id: rep.id for rep in playbook.reps}
    standing = {
        (ids[rep.user_id], each.indicator.id): each for rep in reps for each in rep.behaviours
    }
    found = with_forecasts(session, playbook, standing, now, week.end + ONE_DAY, history)
    return tuple(
        replace(
            rep,
            behaviours=tuple(found[ids[rep.user_id], each.indicator.id] for each in rep.behaviours),
        )
        for rep in reps
    )


def team_results(
    playbook: TeamPlaybook, week: Period, sums: Sums, kept: KeptTotals = NOTHING_KEPT
) -> tuple[TeamResult, ...]:
    """Each result of all reps together, over the team's period, once the week was over.

    With what is `kept` of people who have been erased.
    """
    return tuple(_team_result(playbook, result, week, sums, kept) for result in playbook.results)


def cost_of(
    session: Session,
    playbook: TeamPlaybook,
    week: Period,
    reps: Sequence[RepWeek],
    now: datetime,
) -> Cost:
    """What was sent to the team's people and channel that week, and what they typed."""
    team = playbook.team
    first = instant_in(team.zone, week.start, time.min)
    end = min(now, instant_in(team.zone, week.end + ONE_DAY, time.min))
    sent = sent_counts(session.connection, team.workspace_id, team.id, first, end)
    posts = sent.get(OccasionKind.CELEBRATION.value, 0) + sent.get(OccasionKind.RECAP.value, 0)
    there = [rep.user_id for rep in reps if rep.was_available]
    return Cost(
        nudges=sent.get(OccasionKind.NUDGE.value, 0),
        posts=posts,
        entries=sum(rep.entries for rep in reps),
        time=rep_costs(session, playbook, week, there),
        nudging=nudge_account(session, playbook, week, now),
    )


def _sums(
    session: Session,
    playbook: TeamPlaybook,
    indicators: Sequence[Indicator],
    week: Period,
    now: datetime,
) -> Totals:
    spans = {
        _until(_period(playbook, rep, indicator, week), week)
        for rep in playbook.reps
        for indicator in indicators
    }
    people = {rep.id for rep in playbook.reps}
    measured = {indicator.id for indicator in indicators}
    return totals(session.connection, people, measured, spans, now)


def _rep_week(playbook: TeamPlaybook, rep: Rep, week: Period, sums: Sums, entries: int) -> RepWeek:
    return RepWeek(
        user_id=rep.user_id,
        name=rep.person.name,
        behaviours=tuple(
            _standing(playbook, rep, behaviour, week, sums) for behaviour in playbook.behaviours
        ),
        was_available=any(rep.calendar.is_available(day) for day in week.days()),
        entries=entries,
    )


def _standing(
    playbook: TeamPlaybook, rep: Rep, indicator: Indicator, week: Period, sums: Sums
) -> Progress:
    period = _period(playbook, rep, indicator, week)
    return assess(
        indicator,
        playbook.settings(rep, indicator),
        rep.calendar,
        today=week.end + ONE_DAY,
        actual=sums.of(rep.id, indicator.id, _until(period, week)),
        period=period,
    )


def _team_result(
    playbook: TeamPlaybook, result: Indicator, week: Period, sums: Sums, kept: KeptTotals
) -> TeamResult:
    actual, target = ZERO, ZERO
    for rep in playbook.reps:
        period = _period(playbook, rep, result, week)
        actual += sums.of(rep.id, result.id, _until(period, week))
        target += target_for(result, playbook.settings(rep, result), period, rep.calendar) or ZERO
    shown = (
        _period(playbook, playbook.reps[0], result, week)
        if playbook.reps
        else period_in_force(result, (), week.end)
    )
    theirs = kept.within(result.id, *_until(shown, week))
    return TeamResult(result, shown, target + theirs.target or None, actual + theirs.quantity)


def _period(playbook: TeamPlaybook, rep: Rep, indicator: Indicator, week: Period) -> Period:
    return period_in_force(indicator, playbook.settings(rep, indicator), week.end)


def _until(period: Period, week: Period) -> Span:
    """The period as far as the week's end; a month that began inside the week counts from there."""
    return Span(period.start, min(period.end, week.end))
