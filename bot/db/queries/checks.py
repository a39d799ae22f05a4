"""What `doctor` asks the database."""

from datetime import datetime

from sqlalchemy import Connection, Select, exists, func, select, text, union

from bot.db.tables import deliveries, memberships, people, team_managers, teams, workspaces

InWorkspace = tuple[str, str]
"""A workspace's id, and who or what there."""


def is_writable(connection: Connection) -> bool:
    """Whether PostgreSQL would take a write here; SQLite has said so by starting to write."""
    if connection.dialect.name == "sqlite":
        return True
    return bool(connection.scalar(text("SHOW transaction_read_only")) == "off")


def obeys_policies(connection: Connection) -> bool:
    """Whether PostgreSQL's row-level security holds for this role; SQLite has none."""
    if connection.dialect.name == "sqlite":
        return True
    is_above = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    return not connection.scalar(text(is_above))


def stored_zones(connection: Connection) -> list[str]:
    """Every time zone that is set anywhere, once."""
    columns = people.c.timezone, people.c.slack_timezone, teams.c.timezone, workspaces.c.timezone
    every = union(*(select(column).where(column.is_not(None)) for column in columns))
    return sorted(connection.scalars(every))


def reps_without_zone(connection: Connection) -> list[InWorkspace]:
    """User ids of reps for whom neither the playbook nor Slack has told a zone."""
    query = (
        select(people.c.workspace_id, people.c.user_id)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(
            memberships.c.left_on.is_(None),
            people.c.timezone.is_(None),
            people.c.slack_timezone.is_(None),
        )
    )
    return _found(connection, query.order_by(people.c.workspace_id, people.c.user_id))


def team_names(connection: Connection) -> list[InWorkspace]:
    """Active teams."""
    return _found(connection, _active())


def teams_without_channel(connection: Connection) -> list[InWorkspace]:
    return _found(connection, _active().where(teams.c.channel.is_(None)))


def teams_without_manager(connection: Connection) -> list[InWorkspace]:
    led = exists().where(team_managers.c.team_id == teams.c.id)
    return _found(connection, _active().where(~led))


def team_channels(connection: Connection) -> list[tuple[str, str, str]]:
    """Active teams' channels, as (workspace id, team, channel)."""
    query = select(teams.c.workspace_id, teams.c.name, teams.c.channel).where(
        teams.c.retired_on.is_(None), teams.c.channel.is_not(None)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query.order_by(teams.c.id))]


def failures_since(connection: Connection, since: datetime) -> list[tuple[str, int]]:
    """Why deliveries that were due since then have failed, the most frequent reason first."""
    count = func.count()
    query = (
        select(func.coalesce(deliveries.c.reason, "no reason given"), count)
        .where(deliveries.c.state == "failed", deliveries.c.due_at >= since)
        .group_by(deliveries.c.reason)
        .order_by(count.desc())
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def _active() -> Select[str, str]:
    names = select(teams.c.workspace_id, teams.c.name).where(teams.c.retired_on.is_(None))
    return names.order_by(teams.c.id)


def _found(connection: Connection, query: Select[str, str]) -> list[InWorkspace]:
    return [(row[0], row[1]) for row in connection.execute(query)]
