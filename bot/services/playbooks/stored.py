"""What is stored, read back as the playbook that would say it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from bot.db.queries.playbooks.celebrating import celebrations_of
from bot.db.session import Session
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
from bot.domain.days.calendar import DateRange
from bot.domain.days.periods import PeriodKind
from bot.domain.indicators import IndicatorKind
from bot.domain.playbook.plans import (
    BehaviourPlan,
    OverridePlan,
    Playbook,
    RepPlan,
    ResultPlan,
    TeamPlan,
)
from bot.domain.quantities import unit_named
from bot.domain.teams import WeekMoment

_Row = Row[Any]
LEAST_TARGET = Decimal(1)
"""What a plan says of an indicator for which the team never had a target: a plan needs one."""


def stored_playbook(session: Session, workspace_id: str) -> Playbook | None:
    """The workspace's playbook as it stands; None for a workspace that isn't known."""
    connection = session.connection
    row = connection.execute(
        select(workspaces).where(workspaces.c.id == workspace_id)
    ).one_or_none()
    if row is None:
        return None
    active = connection.execute(
        select(teams)
        .where(teams.c.workspace_id == workspace_id, teams.c.retired_on.is_(None))
        .order_by(teams.c.id)
    ).all()
    return Playbook(
        workspace=workspace_id,
        timezone=row.timezone,
        name=row.name,
        teams=tuple(_team(connection, team) for team in active),
    )


def _team(connection: Connection, row: _Row) -> TeamPlan:
    listed = connection.execute(
        select(indicators)
        .where(indicators.c.team_id == row.id, indicators.c.retired_on.is_(None))
        .order_by(indicators.c.position, indicators.c.id)
    ).all()
    settings = _settings(connection, row.id)
    return TeamPlan(
        name=row.name,
        channel=row.channel,
        managers=_managers(connection, row.id),
        timezone=row.timezone,
        workdays=frozenset(row.workdays),
        holidays=row.holidays,
        nudge_at=row.nudge_at,
        day_ends_at=row.day_ends_at,
        digest_at=WeekMoment(row.digest_weekday, row.digest_time),
        ramp=tuple(Decimal(share) for share in row.ramp),
        ramp_results=row.ramp_results,
        leaderboard=row.leaderboard,
        celebrations=celebrations_of(row.celebrations),
        reps=_reps(connection, row.id),
        results=tuple(_results(listed, settings)),
        overrides=tuple(_overrides(listed, settings)),
    )


def _managers(connection: Connection, team_id: int) -> tuple[str, ...]:
    return tuple(
        connection.scalars(
            select(people.c.user_id)
            .join(team_managers, team_managers.c.person_id == people.c.id)
            .where(team_managers.c.team_id == team_id)
            .order_by(team_managers.c.position, people.c.id)
        )
    )


def _reps(connection: Connection, team_id: int) -> tuple[RepPlan, ...]:
    rows = connection.execute(
        select(people, memberships.c.segment, memberships.c.started_on, memberships.c.leaves_on)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.team_id == team_id, memberships.c.left_on.is_(None))
        .order_by(memberships.c.position, memberships.c.id)
    ).all()
    absences = _absences(connection, team_id)
    return tuple(
        RepPlan(
            user=row.user_id,
            name=row.name,
            timezone=row.timezone,
            segment=row.segment,
            started_on=row.started_on,
            leaves_on=row.leaves_on,
            nudge_at=row.nudge_at,
            away=tuple(absences[row.id]),
        )
        for row in rows
    )


def _absences(connection: Connection, team_id: int) -> defaultdict[int, list[DateRange]]:
    rows = connection.execute(
        select(time_off.c.person_id, time_off.c.starts_on, time_off.c.ends_on)
        .join(
            memberships,
            and_(memberships.c.person_id == time_off.c.person_id, memberships.c.left_on.is_(None)),
        )
        .where(memberships.c.team_id == team_id)
        .order_by(time_off.c.starts_on, time_off.c.ends_on)
        .distinct()
    )
    found: defaultdict[int, list[DateRange]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(DateRange(row.starts_on, row.ends_on))
    return found


def _settings(connection: Connection, team_id: int) -> Mapping[int, Sequence[_Row]]:
    """Targets that were not taken back, by indicator, oldest first; with whose they are."""
    rows = connection.execute(
        select(targets, people.c.user_id)
        .join(indicators, indicators.c.id == targets.c.indicator_id)
        .outerjoin(people, people.c.id == targets.c.person_id)
        .where(indicators.c.team_id == team_id, targets.c.ended_on.is_(None))
        .order_by(targets.c.effective_from.is_not(None), targets.c.effective_from, targets.c.id)
    )
    found: defaultdict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(row)
    return found


def _is_teams(setting: _Row) -> bool:
    return setting.person_id is None and setting.segment is None


def _results(
    listed: Sequence[_Row], settings: Mapping[int, Sequence[_Row]]
) -> Iterable[ResultPlan]:
    names = {row.id: row.name for row in listed}
    for row in listed:
        if row.kind == IndicatorKind.RESULT:
            driven = (each for each in listed if each.drives_id == row.id)
            behaviours = tuple(_behaviour(each, settings[each.id], names) for each in driven)
            yield ResultPlan(**_common(row, settings[row.id]), behaviours=behaviours)


def _behaviour(row: _Row, settings: Sequence[_Row], names: Mapping[int, str]) -> BehaviourPlan:
    return BehaviourPlan(**_common(row, settings), leads_to=names.get(row.leads_to_id))


def _common(row: _Row, settings: Sequence[_Row]) -> dict[str, Any]:
    latest = [setting for setting in settings if _is_teams(setting)][-1:]
    return {
        "name": row.name,
        "unit": unit_named(row.unit),
        "target": latest[0].amount if latest else LEAST_TARGET,
        "period": PeriodKind(latest[0].period if latest else row.period),
        "aliases": tuple(row.aliases),
    }


def _overrides(
    listed: Sequence[_Row], settings: Mapping[int, Sequence[_Row]]
) -> Iterable[OverridePlan]:
    for row in listed:
        for setting in settings[row.id]:
            if not _is_teams(setting):
                yield _override(row, setting)


def _override(row: _Row, setting: _Row) -> OverridePlan:
    kind = "result" if row.kind == IndicatorKind.RESULT else "behaviour"
    period = None if setting.period == row.period else PeriodKind(setting.period)
    return OverridePlan(
        target=setting.amount,
        user=setting.user_id,
        segment=setting.segment,
        period=period,
        from_date=setting.effective_from,
        **{kind: row.name},
    )
