"""When people are away, and how long they want quiet."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.db.tables import memberships, people, time_off
from bot.domain.days.absences import Absence
from bot.domain.days.calendar import DateRange


def add_absence(
    connection: Connection, workspace_id: str, person_id: int, days: DateRange, source: str
) -> Absence:
    """Enters a stretch of time off."""
    added = connection.execute(
        insert(time_off).returning(time_off.c.id),
        {
            "workspace_id": workspace_id,
            "person_id": person_id,
            "starts_on": days.start,
            "ends_on": days.end,
            "source": source,
        },
    )
    return Absence(added.scalar_one(), person_id, days, source)


def absences_of(connection: Connection, person_id: int, since: date) -> tuple[Absence, ...]:
    """A person's time off that ends on `since` or later, by its first day."""
    rows = connection.execute(
        select(time_off)
        .where(time_off.c.person_id == person_id, time_off.c.ends_on >= since)
        .order_by(time_off.c.starts_on, time_off.c.id)
    )
    return tuple(_absence(row) for row in rows)


def absences_of_team(
    connection: Connection, team_id: int, since: date
) -> tuple[tuple[str, Absence], ...]:
    """Time off of a team's reps that ends on `since` or later, each with the rep's user id."""
    rows = connection.execute(
        select(time_off, people.c.user_id)
        .join(people, people.c.id == time_off.c.person_id)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(
            memberships.c.team_id == team_id,
            memberships.c.left_on.is_(None),
            time_off.c.ends_on >= since,
        )
        .order_by(time_off.c.starts_on, time_off.c.id)
    )
    return tuple((row.user_id, _absence(row)) for row in rows)


def find_absence(connection: Connection, workspace_id: str, absence_id: int) -> Absence | None:
    """One stretch of time off, whoever's it is."""
    row = connection.execute(
        select(time_off).where(time_off.c.workspace_id == workspace_id, time_off.c.id == absence_id)
    ).one_or_none()
    return None if row is None else _absence(row)


def remove_absence(connection: Connection, absence_id: int) -> None:
    """Takes a stretch out."""
    connection.execute(delete(time_off).where(time_off.c.id == absence_id))


def set_snooze(connection: Connection, person_id: int, until: datetime | None) -> None:
    """How long nudges stay away; None for no longer. Either ends a pause."""
    connection.execute(
        update(people).where(people.c.id == person_id).values(snoozed_until=until, paused=False)
    )


def person_named_by(connection: Connection, workspace_id: str, person_id: int) -> str:
    """The Slack user id of a person; raises `NoResultFound` for one whom the workspace hasn't."""
    user_id: str = connection.execute(
        select(people.c.user_id).where(
            people.c.workspace_id == workspace_id, people.c.id == person_id
        )
    ).scalar_one()
    return user_id


def _absence(row: Row[Any]) -> Absence:
    return Absence(row.id, row.person_id, DateRange(row.starts_on, row.ends_on), row.source)
