"""The playbook of the best, the links of the funnel and the ended deals of one team."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.db.queries.coaching.practices import ended_deals, typed_entries
from bot.db.queries.entries.totals import Span
from bot.db.session import Session
from bot.domain.coaching import benchmarks, deals, links
from bot.domain.coaching.benchmarks import Attempt, Best, best_of, top_reps
from bot.domain.coaching.deals import DealFacts, deal_facts
from bot.domain.coaching.links import Link, links_of
from bot.domain.days.periods import Period, PeriodKind
from bot.domain.indicators import Indicator
from bot.domain.progress.targets import Scope, TargetSetting, setting_in_force
from bot.domain.reports.digests import last_full_week
from bot.domain.teams import TeamPlaybook
from bot.services.weekly_numbers import weekly_team

_A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Practices:
    """What `/coach playbook` shows; `targets` has the team's present ones by the behaviour's id."""

    playbook: TeamPlaybook
    targets: Mapping[int, TargetSetting]
    best: tuple[Best, ...]
    links: tuple[Link, ...]
    deals: DealFacts


def practices(session: Session, playbook: TeamPlaybook, now: datetime) -> Practices:
    """All of it, about the full weeks that ended last; four queries."""
    week = last_full_week(playbook.team.zone, now)
    found = {each.id: team_target(playbook, each, week) for each in playbook.behaviours}
    return Practices(
        playbook,
        {behaviour: target for behaviour, target in found.items() if target is not None},
        best_practices(session, playbook, week, now),
        team_links(session, playbook, week, now),
        team_deals(session, playbook, week, now),
    )


def best_practices(
    session: Session, playbook: TeamPlaybook, week: Period, now: datetime
) -> tuple[Best, ...]:
    """For each result what its top reps do, over the weeks up to and with this one."""
    team = weekly_team(session, playbook, week, benchmarks.WEEKS, now)
    top = {rep.person_id for each in playbook.results for rep in top_reps(team, each)[0]}
    attempts = _attempts(session, playbook, top, Span(team.weeks[0], week.end), now)
    periods = {each.id: period_of_target(playbook, each, week) for each in playbook.behaviours}
    workdays = len(playbook.team.workdays)
    return tuple(
        best_of(team, result, playbook.behaviours, periods, workdays, attempts)
        for result in playbook.results
    )


def team_links(
    session: Session, playbook: TeamPlaybook, week: Period, now: datetime
) -> tuple[Link, ...]:
    """Every link of the playbook, over a year up to and with this week."""
    team = weekly_team(session, playbook, week, links.READ_WEEKS, now, with_targets=False)
    return links_of(team, playbook.behaviours, playbook.results)


def team_deals(session: Session, playbook: TeamPlaybook, week: Period, now: datetime) -> DealFacts:
    """How the team's deals ended, over the weeks up to and with this one."""
    people = [rep.id for rep in playbook.reps]
    span = Span(week.end - timedelta(weeks=deals.WEEKS) + timedelta(days=1), week.end)
    return deal_facts(ended_deals(session.connection, people, span, now), playbook.behaviours)


def period_of_target(playbook: TeamPlaybook, behaviour: Indicator, week: Period) -> PeriodKind:
    """The period of the team's own target, which is what a benchmark would become."""
    setting = team_target(playbook, behaviour, week)
    return behaviour.period if setting is None else setting.kind


def team_target(playbook: TeamPlaybook, behaviour: Indicator, week: Period) -> TargetSetting | None:
    """The team's target as the playbook has it now, though it may begin to count only soon."""
    settings = [
        target.setting
        for target in playbook.targets.get(behaviour.id, ())
        if target.setting.scope is Scope.TEAM
    ]
    return setting_in_force(settings, week.end + _A_YEAR)


def _attempts(
    session: Session, playbook: TeamPlaybook, people: Collection[int], days: Span, now: datetime
) -> Sequence[Attempt]:
    """What these people typed, each hour by the rep's own clock."""
    zones = {rep.id: rep.calendar.zone for rep in playbook.reps}
    measured = [each.id for each in playbook.behaviours]
    return [
        Attempt(
            each.person_id,
            each.indicator_id,
            each.day,
            each.occurred_at.astimezone(zones[each.person_id]).hour if each.is_live else None,
            each.account,
        )
        for each in typed_entries(session.connection, people, measured, days, now)
    ]
