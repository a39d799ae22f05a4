"""What Slack tells about people: name and time zone."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from bot.db.tables import people


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as we last heard; `zone` is Slack's, None while it is unknown."""

    person_id: int
    name: str | None
    zone: str | None


def find_profile(connection: Connection, workspace_id: str, user_id: str) -> Profile | None:
    """The person's profile, None where we know of no such person."""
    row = connection.execute(
        select(people.c.id, people.c.name, people.c.slack_timezone).where(
            people.c.workspace_id == workspace_id, people.c.user_id == user_id
        )
    ).one_or_none()
    return None if row is None else Profile(row.id, row.name, row.slack_timezone)


def keep_profile(connection: Connection, profile: Profile) -> None:
    """Stores name and zone."""
    connection.execute(
        update(people)
        .where(people.c.id == profile.person_id)
        .values(name=profile.name, slack_timezone=profile.zone)
    )


def names_of(connection: Connection, workspace_id: str, users: Collection[str]) -> dict[str, str]:
    """Names by Slack id, of those of these people who have one."""
    if not users:
        return {}
    rows = connection.execute(
        select(people.c.user_id, people.c.name).where(
            people.c.workspace_id == workspace_id,
            people.c.user_id.in_(users),
            people.c.name.is_not(None),
        )
    )
    return {row.user_id: row.name for row in rows}
