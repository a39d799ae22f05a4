"""Tables read from the first row to the last, a few thousand rows in memory at a time."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Connection, Row, Select, select

from bot.db.queries.people.name_lists import load_roster
from bot.db.tables import (
    audit,
    deliveries,
    entries,
    indicators,
    milestones,
    people,
    teams,
    workspaces,
)
from bot.domain.days.zones import zone_named

_AnyRow = Row[*tuple[Any, ...]]
_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a table: workspaces, and local dates, both included; None is without an end.

    `person_id` where only one person's rows are wanted.
    """

    workspaces: Collection[str]
    since: date | None = None
    until: date | None = None
    person_id: int | None = None

    def __contains__(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Zones:
    """Where each person, and each team as a whole, is."""

    people: Mapping[int, ZoneInfo]
    teams: Mapping[int, ZoneInfo]


def zones(connection: Connection, workspace_ids: Collection[str]) -> Zones:
    """The zones of everybody in these workspaces."""
    query = (
        select(teams.c.id, teams.c.timezone, workspaces.c.timezone.label("fallback"))
        .join(workspaces, workspaces.c.id == teams.c.workspace_id)
        .where(teams.c.workspace_id.in_(workspace_ids))
    )
    rosters = (load_roster(connection, workspace_id) for workspace_id in workspace_ids)
    members = (who for roster in rosters if roster for who in roster.people.values())
    of_teams = {
        row.id: zone_named(row.timezone or row.fallback) for row in connection.execute(query)
    }
    return Zones({who.id: who.zone for who in members}, of_teams)


def entry_rows(connection: Connection, extent: Extent, *, results_only: bool) -> Iterator[_AnyRow]:
    """Entries, undone ones too, with the person and the indicator, as they were recorded."""
    query = (
        select(entries, people.c.user_id, indicators.c.name, indicators.c.unit)
        .join(people, people.c.id == entries.c.person_id)
        .join(indicators, indicators.c.id == entries.c.indicator_id)
        .order_by(entries.c.id)
    )
    if results_only:
        query = query.where(indicators.c.kind == "result")
    if extent.person_id is not None:
        query = query.where(entries.c.person_id == extent.person_id)
    return _streamed(
        connection, _within(query, entries.c.workspace_id, entries.c.local_date, extent)
    )


def milestone_rows(connection: Connection, extent: Extent) -> Iterator[_AnyRow]:
    """Milestones by the date on which they were reached, revoked ones too."""
    query = (
        select(milestones, people.c.user_id, indicators.c.name, teams.c.name.label("team"))
        .join(teams, teams.c.id == milestones.c.team_id)
        .outerjoin(people, people.c.id == milestones.c.person_id)
        .outerjoin(indicators, indicators.c.id == milestones.c.indicator_id)
        .order_by(milestones.c.id)
    )
    if extent.person_id is not None:
        query = query.where(milestones.c.person_id == extent.person_id)
    columns = milestones.c.workspace_id, milestones.c.reached_on
    return _streamed(connection, _within(query, *columns, extent))


def delivery_rows(connection: Connection, extent: Extent) -> Iterator[_AnyRow]:
    """Deliveries of these workspaces whenever they are due; their days are for the caller."""
    query = (
        select(deliveries, people.c.user_id, teams.c.name.label("team"))
        .join(teams, teams.c.id == deliveries.c.team_id)
        .outerjoin(people, people.c.id == deliveries.c.person_id)
        .where(deliveries.c.workspace_id.in_(extent.workspaces))
        .order_by(deliveries.c.id)
    )
    return _streamed(connection, query)


def audit_rows(connection: Connection, extent: Extent) -> Iterator[_AnyRow]:
    """The audit log of these workspaces, oldest first; its days are for the caller."""
    query = (
        select(audit, teams.c.name.label("team"))
        .outerjoin(teams, teams.c.id == audit.c.team_id)
        .where(audit.c.workspace_id.in_(extent.workspaces))
        .order_by(audit.c.id)
    )
    return _streamed(connection, query)


def _within(
    query: Select[Any], workspace: Column[Any], day: Column[Any], extent: Extent
) -> Select[Any]:
    query = query.where(workspace.in_(extent.workspaces))
    if extent.since is not None:
        query = query.where(day >= extent.since)
    if extent.until is not None:
        query = query.where(day <= extent.until)
    return query


def _streamed(connection: Connection, query: Select[Any]) -> Iterator[_AnyRow]:
    options = {"yield_per": _ROWS_AT_ONCE}
    return iter(connection.execute(query, execution_options=options))
