"""Who may be named in a file, and what that person's entries can count, a workspace at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select

from bot.db.tables import indicators, memberships, people, teams, workspaces
from bot.domain.days.zones import zone_named
from bot.domain.quantities import Measure, unit_named

_AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """A behaviour or a result that an entry can be of."""

    id: int
    team_id: int
    name: str
    measure: Measure
    is_result: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A person, and the teams where that person is or was a rep: the present one, then the last."""

    id: int
    user_id: str
    zone: ZoneInfo
    teams: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """One workspace's people by user id, and each team's indicators by name and alias."""

    people: Mapping[str, Member]
    counted: Mapping[int, Mapping[str, Counted]]

    def find(self, who: Member, name: str) -> Counted | None:
        """The indicator of this name or alias in the person's teams, whatever the case."""
        key = name_key(name)
        for team_id in who.teams:
            if (found := self.counted.get(team_id, {}).get(key)) is not None:
                return found
        return None

    def names(self, who: Member) -> tuple[str, ...]:
        """What the person's entries can be of, without aliases."""
        known = (self.counted.get(team_id, {}) for team_id in who.teams)
        listed = (each.name for names in known for each in names.values())
        return tuple(dict.fromkeys(listed))


def name_key(name: str) -> str:
    """Equal for names that differ in case and spaces alone."""
    return " ".join(name.casefold().split())


def load_roster(connection: Connection, workspace_id: str) -> Roster | None:
    """The roster of a workspace, None for an unknown one."""
    query = select(workspaces.c.timezone).where(workspaces.c.id == workspace_id)
    zone = connection.scalar(query)
    if zone is None:
        return None
    belongings = _belongings(connection, workspace_id)
    rows = connection.execute(select(people).where(people.c.workspace_id == workspace_id))
    members = {row.user_id: _member(row, belongings.get(row.id, ()), zone) for row in rows}
    return Roster(members, _counted(connection, workspace_id))


_zone = cache(zone_named)


def _member(row: _AnyRow, belongings: Sequence[_AnyRow], workspace_zone: str) -> Member:
    team_zone = belongings[0].timezone if belongings else None
    zone = row.timezone or row.slack_timezone or team_zone or workspace_zone
    listed = tuple(dict.fromkeys(each.team_id for each in belongings))
    return Member(row.id, row.user_id, _zone(zone), listed)


def _belongings(connection: Connection, workspace_id: str) -> Mapping[int, list[_AnyRow]]:
    """Memberships by person, the active one first, then the latest."""
    query = (
        select(memberships.c.person_id, memberships.c.team_id, teams.c.timezone)
        .join(teams, teams.c.id == memberships.c.team_id)
        .where(memberships.c.workspace_id == workspace_id)
        .order_by(memberships.c.left_on.is_not(None), memberships.c.id.desc())
    )
    found: defaultdict[int, list[_AnyRow]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.person_id].append(row)
    return found


def _counted(connection: Connection, workspace_id: str) -> Mapping[int, Mapping[str, Counted]]:
    """By team, then by name: a name goes before an alias, what is active before what is retired."""
    query = select(indicators).where(indicators.c.workspace_id == workspace_id)
    by_activity = query.order_by(indicators.c.retired_on.is_not(None), indicators.c.position)
    rows = connection.execute(by_activity).all()
    found: defaultdict[int, dict[str, Counted]] = defaultdict(dict)
    for active in (True, False):
        listed = [row for row in rows if (row.retired_on is None) is active]
        for row in listed:
            found[row.team_id].setdefault(name_key(row.name), _indicator(row))
        for row in listed:
            for alias in row.aliases:
                found[row.team_id].setdefault(name_key(alias), _indicator(row))
    return found


def _indicator(row: _AnyRow) -> Counted:
    measure = unit_named(row.unit).measure
    return Counted(row.id, row.team_id, row.name, measure, row.kind == "result")
