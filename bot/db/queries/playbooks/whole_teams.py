"""Whole teams, however many at once, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Join, Row, Table, and_, exists, select

from bot.db.queries.given import as_given, each_given
from bot.db.queries.playbooks.celebrating import celebrations_of
from bot.db.queries.playbooks.indicators import indicator
from bot.db.queries.playbooks.targets_set import targets_set
from bot.db.tables import (
    indicators,
    kept_totals,
    memberships,
    people,
    team_managers,
    teams,
    time_off,
    workspaces,
)
from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import ONE_DAY
from bot.domain.days.public_holidays import public_holidays
from bot.domain.days.zones import local_date_in, zone_named
from bot.domain.teams import Person, Rep, Team, TeamPlaybook, WeekMoment

_AnyRow = Row[Any]
_OF_WORKSPACE = (
    workspaces.c.timezone.label("workspace_timezone"),
    workspaces.c.forgotten_before,
)
_KEEPS_TOTALS = exists().where(kept_totals.c.team_id == teams.c.id).label("keeps_totals")


def load_team_playbooks(
    connection: Connection, team_ids: Collection[int]
) -> dict[int, TeamPlaybook]:
    """These teams by id, as they stand in the database; unknown ones are left out."""
    each = each_given(connection, teams)
    each = each.outerjoin(workspaces, workspaces.c.id == teams.c.workspace_id)
    asked = connection.execute(
        select(teams, *_OF_WORKSPACE, _KEEPS_TOTALS).select_from(each),
        {"ids": as_given(connection, team_ids)},
    )
    rows = [row for row in asked if row.id is not None]
    found = {row.id: _team(row) for row in rows}
    keeping = {row.id for row in rows if row.keeps_totals}
    reps, managers = _reps(connection, found), _managers(connection, found)
    listed, set_for = _indicators(connection, found), targets_set(connection, found)
    return {
        team_id: TeamPlaybook(
            team=team,
            reps=tuple(reps[team_id]),
            managers=tuple(managers[team_id]),
            indicators=tuple(indicator(row) for row in listed[team_id] if not row.retired_on),
            retired=tuple(indicator(row) for row in listed[team_id] if row.retired_on),
            targets=set_for[team_id],
            keeps_totals=team_id in keeping,
        )
        for team_id, team in found.items()
    }


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
        forgotten_before=row.forgotten_before,
    )


def _person(row: _AnyRow, team: Team) -> Person:
    own = row.timezone or row.slack_timezone
    zone = zone_named(own) if own else team.zone
    gone = row.deactivated_at
    return Person(row.id, row.workspace_id, row.user_id, row.name, zone, row.is_admin, gone)


def _reps(connection: Connection, of: Mapping[int, Team]) -> Mapping[int, list[Rep]]:
    columns = (memberships.c.segment, memberships.c.started_on, memberships.c.leaves_on)
    rows = connection.execute(
        select(people, memberships.c.team_id, *columns)
        .select_from(_with_people(memberships))
        .where(memberships.c.team_id.in_(list(of)), memberships.c.left_on.is_(None))
        .order_by(memberships.c.position, memberships.c.id)
    )
    absences = _time_off(connection, of)
    reps: defaultdict[int, list[Rep]] = defaultdict(list)
    for row in rows:
        reps[row.team_id].append(_rep(row, of[row.team_id], absences.get(row.id, ())))
    return reps


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


def _time_off(connection: Connection, team_ids: Collection[int]) -> Mapping[int, list[DateRange]]:
    rows = connection.execute(
        select(time_off.c.person_id, time_off.c.starts_on, time_off.c.ends_on)
        .join(
            memberships,
            and_(memberships.c.person_id == time_off.c.person_id, memberships.c.left_on.is_(None)),
        )
        .where(memberships.c.team_id.in_(team_ids))
        .order_by(time_off.c.starts_on)
    )
    absences: defaultdict[int, list[DateRange]] = defaultdict(list)
    for row in rows:
        absences[row.person_id].append(DateRange(row.starts_on, row.ends_on))
    return absences


def _managers(connection: Connection, of: Mapping[int, Team]) -> Mapping[int, list[Person]]:
    rows = connection.execute(
        select(people, team_managers.c.team_id)
        .select_from(_with_people(team_managers))
        .where(team_managers.c.team_id.in_(list(of)))
        .order_by(team_managers.c.position, people.c.id)
    )
    managers: defaultdict[int, list[Person]] = defaultdict(list)
    for row in rows:
        managers[row.team_id].append(_person(row, of[row.team_id]))
    return managers


def _with_people(these: Table) -> Join:
    """An outer join, though nobody is missing: or SQLite may begin with everybody's rows."""
    return these.outerjoin(people, people.c.id == these.c.person_id)


def _indicators(connection: Connection, team_ids: Collection[int]) -> Mapping[int, list[_AnyRow]]:
    rows = connection.execute(
        select(indicators)
        .where(indicators.c.team_id.in_(team_ids))
        .order_by(indicators.c.position, indicators.c.id)
    )
    listed: defaultdict[int, list[_AnyRow]] = defaultdict(list)
    for row in rows:
        listed[row.team_id].append(row)
    return listed
