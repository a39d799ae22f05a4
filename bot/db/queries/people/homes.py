"""Who has ever opened Home, and what tells that theirs may have changed."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, exists, or_, select, update

from bot.db.tables import memberships, people, team_managers, teams

Opener = tuple[str, str]
"""A workspace's id and a user's, of somebody who has opened Home."""


def mark_opened(connection: Connection, workspace_id: str, user_id: str, now: datetime) -> None:
    """Notes the first time; nothing for somebody we don't know."""
    connection.execute(
        update(people)
        .where(
            people.c.workspace_id == workspace_id,
            people.c.user_id == user_id,
            people.c.home_opened_at.is_(None),
        )
        .values(home_opened_at=now)
    )


def openers(connection: Connection) -> list[Opener]:
    """Everybody who has ever opened Home."""
    query = select(people.c.workspace_id, people.c.user_id)
    rows = connection.execute(query.where(people.c.home_opened_at.is_not(None)))
    return [(row.workspace_id, row.user_id) for row in rows]


def openers_concerned(
    connection: Connection, workspace_id: str, user_ids: Collection[str]
) -> list[str]:
    """Those of the users who have opened Home, and those who have among their managers."""
    subject = people.alias("subject")
    led = (
        select(team_managers.c.person_id)
        .join(memberships, memberships.c.team_id == team_managers.c.team_id)
        .join(subject, subject.c.id == memberships.c.person_id)
        .where(
            memberships.c.left_on.is_(None),
            subject.c.workspace_id == workspace_id,
            subject.c.user_id.in_(user_ids),
        )
    )
    query = select(people.c.user_id).where(
        people.c.workspace_id == workspace_id,
        people.c.home_opened_at.is_not(None),
        or_(people.c.user_id.in_(user_ids), people.c.id.in_(led)),
    )
    return list(connection.scalars(query))


def openers_around(connection: Connection, team_ids: Collection[int]) -> list[Opener]:
    """Who has opened Home of those who lead these teams, or are or were their reps."""
    member, manager = memberships.c, team_managers.c
    query = select(people.c.workspace_id, people.c.user_id).where(
        people.c.home_opened_at.is_not(None),
        or_(
            exists().where(member.person_id == people.c.id, member.team_id.in_(team_ids)),
            exists().where(manager.person_id == people.c.id, manager.team_id.in_(team_ids)),
        ),
    )
    return [(row.workspace_id, row.user_id) for row in connection.execute(query)]


def revisions(connection: Connection, workspace_ids: Iterable[str]) -> dict[int, str]:
    """The state that each active team of these workspaces is in, by its id."""
    query = select(teams.c.id, teams.c.revision).where(
        teams.c.workspace_id.in_(list(workspace_ids)), teams.c.retired_on.is_(None)
    )
    return {row.id: row.revision for row in connection.execute(query)}


def has_teams(connection: Connection, workspace_id: str) -> bool:
    """Whether the workspace has a team at all."""
    active = exists().where(teams.c.workspace_id == workspace_id, teams.c.retired_on.is_(None))
    return bool(connection.scalar(select(active)))
