"""Whose Slack account is switched off."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from bot.db.queries.playbooks.revisions import renew_revisions_of
from bot.db.tables import memberships, people, team_managers, teams


@dataclass(frozen=True, slots=True)
class Account:
    """A person as we last heard of them; `zone` is Slack's."""

    person_id: int
    name: str | None
    zone: str | None
    is_deactivated: bool


def find_account(connection: Connection, workspace_id: str, user_id: str) -> Account | None:
    """What is known of a person; None for nobody of ours."""
    row = connection.execute(
        select(people.c.id, people.c.name, people.c.slack_timezone, people.c.deactivated_at).where(
            people.c.workspace_id == workspace_id, people.c.user_id == user_id
        )
    ).one_or_none()
    if row is None:
        return None
    return Account(row.id, row.name, row.slack_timezone, row.deactivated_at is not None)


def set_deactivated(connection: Connection, person_id: int, at: datetime | None) -> bool:
    """Switched off since `at`, or (None) there again; False where that is known."""
    is_off = people.c.deactivated_at.is_not(None)
    changed = connection.execute(
        update(people)
        .where(people.c.id == person_id, is_off if at is None else ~is_off)
        .values(deactivated_at=at)
    )
    if changed.rowcount:
        renew_revisions_of(connection, person_id)
    return bool(changed.rowcount)


def active_teams_of(connection: Connection, person_id: int) -> list[int]:
    """The active teams where somebody is a rep, or which somebody leads."""
    member = select(memberships.c.team_id).where(
        memberships.c.person_id == person_id, memberships.c.left_on.is_(None)
    )
    led = select(team_managers.c.team_id).where(team_managers.c.person_id == person_id)
    query = select(teams.c.id).where(
        teams.c.retired_on.is_(None), or_(teams.c.id.in_(member), teams.c.id.in_(led))
    )
    return list(connection.scalars(query.order_by(teams.c.id)))
