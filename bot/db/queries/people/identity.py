"""Who somebody is: the person behind a Slack user id, and the teams that person belongs to."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, select

from bot.db.prepared import Prepared
from bot.db.tables import memberships, people, team_managers, teams, workspaces
from bot.domain.days.zones import zone_named
from bot.domain.teams import Person


@dataclass(frozen=True, slots=True)
class TeamRevision:
    """Which team, and which state of it."""

    team_id: int
    revision: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A person, the team where that person is a rep, if any, and the teams that person leads."""

    person: Person
    team: TeamRevision | None
    leads: tuple[TeamRevision, ...] = ()


_MEMBERSHIP = Prepared(
    select(
        people.c.id,
        people.c.name,
        people.c.is_admin,
        people.c.timezone,
        people.c.slack_timezone,
        teams.c.timezone,
        workspaces.c.timezone,
        teams.c.id,
        teams.c.revision,
    )
    .select_from(
        people.join(workspaces, workspaces.c.id == people.c.workspace_id)
        .outerjoin(
            memberships,
            and_(memberships.c.person_id == people.c.id, memberships.c.left_on.is_(None)),
        )
        .outerjoin(teams, and_(teams.c.id == memberships.c.team_id, teams.c.retired_on.is_(None)))
    )
    .where(
        people.c.workspace_id == bindparam("workspace_id"),
        people.c.user_id == bindparam("user_id"),
    )
)

_LED = (
    select(teams.c.id, teams.c.revision)
    .join(team_managers, team_managers.c.team_id == teams.c.id)
    .where(team_managers.c.person_id == bindparam("person_id"), teams.c.retired_on.is_(None))
    .order_by(teams.c.id)
)


def find_rep(connection: Connection, workspace_id: str, user_id: str) -> Standing | None:
    """The person and the team where that person is a rep; the one look-up of the hot path."""
    found = _MEMBERSHIP.rows(connection, {"workspace_id": workspace_id, "user_id": user_id})
    if not found:
        return None
    ((person_id, name, is_admin, *zones, team_id, revision),) = found
    zone = zone_named(next(each for each in zones if each))
    person = Person(person_id, workspace_id, user_id, name, zone, is_admin)
    return Standing(person, None if team_id is None else TeamRevision(team_id, revision))


def find_standing(connection: Connection, workspace_id: str, user_id: str) -> Standing | None:
    """The person with both kinds of belonging: as a rep and as a manager."""
    standing = find_rep(connection, workspace_id, user_id)
    if standing is None:
        return None
    led = connection.execute(_LED, {"person_id": standing.person.id})
    leads = tuple(TeamRevision(row.id, row.revision) for row in led)
    return Standing(standing.person, standing.team, leads)


def first_teams(connection: Connection, workspace_id: str, most: int) -> list[TeamRevision]:
    """So many active teams of a workspace, by name: the others aren't even read."""
    query = (
        select(teams.c.id, teams.c.revision)
        .where(teams.c.workspace_id == workspace_id, teams.c.retired_on.is_(None))
        .order_by(teams.c.name)
        .limit(most)
    )
    return [TeamRevision(*row) for row in connection.execute(query)]


def teams_of(
    connection: Connection, workspace_id: str | None = None, name: str | None = None
) -> list[tuple[str, str, TeamRevision]]:
    """Active teams as (workspace id, name, revision), of one workspace or of all."""
    query = select(teams.c.workspace_id, teams.c.name, teams.c.id, teams.c.revision)
    query = query.where(teams.c.retired_on.is_(None))
    if workspace_id is not None:
        query = query.where(teams.c.workspace_id == workspace_id)
    if name is not None:
        query = query.where(teams.c.name == name)
    rows = connection.execute(query.order_by(teams.c.workspace_id, teams.c.id))
    return [(row.workspace_id, row.name, TeamRevision(row.id, row.revision)) for row in rows]
