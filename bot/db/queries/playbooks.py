"""A whole team in a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, and_, select

from bot.db.queries.celebrating import celebrations_of
from bot.db.tables import (
    indicators,
    memberships,
    people,
    targets,
    team_managers,
    teams,
    time_off,
    workspaces,
)
from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import ONE_DAY, PeriodKind
from bot.domain.days.public_holidays import public_holidays
from bot.domain.days.zones import local_date_in, zone_named
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.progress.targets import Scope, TargetSetting
from bot.domain.quantities import unit_named
from bot.domain.teams import Person, Rep, Team, TeamPlaybook, TeamTarget, WeekMoment

_AnyRow = Row[Any]


def load_team_playbook(connection: Connection, team_id: int) -> TeamPlaybook:
    """The team as it stands in the database; raises `NoResultFound` for an unknown id."""
    row = connection.execute(
        select(teams, workspaces.c.timezone.label("workspace_timezone"))
        .join(workspaces, workspaces.c.id == teams.c.workspace_id)
        .where(teams.c.id == team_id)
    ).one()
    team = _team(row)
    listed = _indicators(connection, team_id)
    return TeamPlaybook(
        team=team,
        reps=_reps(connection, team),
        managers=_managers(connection, team),
        indicators=tuple(_indicator(row) for row in listed if row.retired_on is None),
        retired=tuple(_indicator(row) for row in listed if row.retired_on is not None),
        targets=_targets(connection, team_id),
    )


def _team(row: _AnyRow) -> Team:
    return Team(
        id=row.id,
        workspace_id=row.workspace_id,
        name=row.name,
        channel=row.channel,
        zone=zone_named(row.timezone or row.workspace_timezone),
        workdays=frozenset(row.workdays),
        holidays=row.holidays,
        nudge_at=row.nudge_at,
        day_ends_at=row.day_ends_at,
        digest_at=WeekMoment(row.digest_weekday, row.digest_time),
        ramp=tuple(Decimal(share) for share in row.ramp),
        ramp_results=row.ramp_results,
        created_at=row.created_at,
        revision=row.revision,
        celebrations=celebrations_of(row.celebrations),
        leaderboard=row.leaderboard,
        channel_trouble=row.channel_trouble,
    )


def _person(row: _AnyRow, team: Team) -> Person:
    own = row.timezone or row.slack_timezone
    zone = zone_named(own) if own else team.zone
    gone = row.deactivated_at
    return Person(row.id, row.workspace_id, row.user_id, row.name, zone, row.is_admin, gone)


def _reps(connection: Connection, team: Team) -> tuple[Rep, ...]:
    rows = connection.execute(
        select(people, memberships.c.segment, memberships.c.started_on, memberships.c.leaves_on)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.team_id == team.id, memberships.c.left_on.is_(None))
        .order_by(memberships.c.position, memberships.c.id)
    ).all()
    absences = _time_off(connection, team.id)
    return tuple(_rep(row, team, absences.get(row.id, ())) for row in rows)


def _rep(row: _AnyRow, team: Team, absences: Sequence[DateRange]) -> Rep:
    person = _person(row, team)
    dates = tuple(absences), row.started_on, _last_day(person, row.leaves_on)
    calendar = _calendar(
        person.zone, team.workdays, team.holidays, *dates, team.ramp, team.ramp_results
    )
    return Rep(
        person=person,
        team_id=team.id,
        segment=row.segment,
        calendar=calendar,
        nudge_at=row.nudge_at or team.nudge_at,
        snoozed_until=row.snoozed_until,
        paused=row.paused,
        celebrate_alone=row.celebrate_alone,
        off_leaderboard=row.off_leaderboard,
        quiet_weekdays=frozenset(row.quiet_weekdays or ()),
    )


@lru_cache(maxsize=1024)
def _calendar(
    zone: ZoneInfo,
    workdays: frozenset[int],
    holidays: str | None,
    time_off: tuple[DateRange, ...],
    started_on: date | None,
    leaves_on: date | None,
    ramp: tuple[Decimal, ...],
    ramp_results: bool,
) -> RepCalendar:
    """One calendar for all who work alike: what is reckoned for one is known for the others."""
    return RepCalendar(
        zone=zone,
        workdays=workdays,
        holidays=public_holidays(holidays),
        time_off=time_off,
        started_on=started_on,
        leaves_on=leaves_on,
        ramp=ramp,
        ramp_results=ramp_results,
    )


def _last_day(person: Person, leaves_on: date | None) -> date | None:
    """Whoever Slack has switched off counts as left from that local day on."""
    if person.deactivated_at is None:
        return leaves_on
    before = local_date_in(person.zone, person.deactivated_at) - ONE_DAY
    return before if leaves_on is None else min(before, leaves_on)


def _time_off(connection: Connection, team_id: int) -> Mapping[int, list[DateRange]]:
    rows = connection.execute(
        select(time_off.c.person_id, time_off.c.starts_on, time_off.c.ends_on)
        .join(
            memberships,
            and_(memberships.c.person_id == time_off.c.person_id, memberships.c.left_on.is_(None)),
        )
        .where(memberships.c.team_id == team_id)
        .order_by(time_off.c.starts_on)
    )
    absences: defaultdict[int, list[DateRange]] = defaultdict(list)
    for row in rows:
        absences[row.person_id].append(DateRange(row.starts_on, row.ends_on))
    return absences


def _managers(connection: Connection, team: Team) -> tuple[Person, ...]:
    rows = connection.execute(
        select(people)
        .join(team_managers, team_managers.c.person_id == people.c.id)
        .where(team_managers.c.team_id == team.id)
        .order_by(team_managers.c.position, people.c.id)
    )
    return tuple(_person(row, team) for row in rows)


def _indicators(connection: Connection, team_id: int) -> Sequence[_AnyRow]:
    return connection.execute(
        select(indicators)
        .where(indicators.c.team_id == team_id)
        .order_by(indicators.c.position, indicators.c.id)
    ).all()


def _indicator(row: _AnyRow) -> Indicator:
    return Indicator(
        id=row.id,
        kind=IndicatorKind(row.kind),
        name=row.name,
        unit=unit_named(row.unit),
        period=PeriodKind(row.period),
        aliases=tuple(row.aliases),
        position=row.position,
        drives=row.drives_id,
        leads_to=row.leads_to_id,
    )


def _targets(connection: Connection, team_id: int) -> Mapping[int, tuple[TeamTarget, ...]]:
    rows = connection.execute(
        select(targets)
        .join(indicators, indicators.c.id == targets.c.indicator_id)
        .where(indicators.c.team_id == team_id)
        .order_by(targets.c.id)
    )
    found: defaultdict[int, list[TeamTarget]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(_target(row))
    return {indicator_id: tuple(listed) for indicator_id, listed in found.items()}


def _target(row: _AnyRow) -> TeamTarget:
    scope = Scope.TEAM
    if row.person_id is not None:
        scope = Scope.REP
    elif row.segment is not None:
        scope = Scope.SEGMENT
    kind = PeriodKind(row.period)
    setting = TargetSetting(row.amount, kind, row.effective_from, scope, row.ended_on)
    return TeamTarget(setting, row.person_id, row.segment)
