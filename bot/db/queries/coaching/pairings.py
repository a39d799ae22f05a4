"""Who learns what from whom, and until when."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from bot.db.queries.given import as_given, each_given
from bot.db.queries.rows import insert_row, stamp_once
from bot.db.tables import memberships, pairings, people
from bot.domain.coaching.pairing import Pairing

_LEARNER, _TEACHER = people.alias("learner"), people.alias("teacher")


def insert_pairing(connection: Connection, workspace_id: str, **values: Any) -> int:
    """Adds a pairing and gives back its id."""
    return insert_row(connection, pairings, workspace_id=workspace_id, **values)


def find_pairing(connection: Connection, workspace_id: str, pairing_id: int) -> Pairing | None:
    """The pairing with this id, cancelled or not."""
    found = _read(connection, _query(workspace_id).where(pairings.c.id == pairing_id))
    return found[0] if found else None


def pairings_since(
    connection: Connection, workspace_id: str, team_id: int, day: date
) -> Sequence[Pairing]:
    """The pairings of a team's learners that ended on this day or end later, but for cancelled.

    One whose teacher has left every team, or Slack, is over without a word.
    """
    is_there = exists().where(
        memberships.c.workspace_id == workspace_id,
        memberships.c.person_id == pairings.c.teacher_id,
        memberships.c.left_on.is_(None),
    )
    query = _query(workspace_id).where(
        pairings.c.team_id == team_id,
        pairings.c.ends_on >= day,
        pairings.c.cancelled_at.is_(None),
        is_there,
        _TEACHER.c.deactivated_at.is_(None),
    )
    return _read(connection, query.order_by(pairings.c.id))


def is_teacher_there(connection: Connection, pairing: Pairing) -> bool:
    """Whether the teacher is still somebody's rep."""
    query = (
        select(memberships.c.id)
        .join(people, people.c.id == memberships.c.person_id)
        .where(
            memberships.c.person_id == pairing.teacher_id,
            memberships.c.left_on.is_(None),
            people.c.deactivated_at.is_(None),
        )
    )
    return connection.execute(query).first() is not None


def helping(
    connection: Connection, workspace_id: str, teachers: Collection[int], today: date
) -> Mapping[int, int]:
    """How many people each of these helps or is going to help; who helps nobody is left out."""
    those = (
        pairings.c.workspace_id == workspace_id,
        pairings.c.ends_on >= today,
        pairings.c.cancelled_at.is_(None),
    )
    each = each_given(connection, pairings, *those, by=pairings.c.teacher_id)
    learners = func.count(func.distinct(pairings.c.learner_id))
    query = select(pairings.c.teacher_id, learners).select_from(each)
    rows = connection.execute(
        query.group_by(pairings.c.teacher_id), {"ids": as_given(connection, teachers)}
    )
    return {teacher: count for teacher, count in rows if teacher is not None}


def cancel_pairing(
    connection: Connection, workspace_id: str, pairing_id: int, now: datetime
) -> bool:
    """False where it has been cancelled before."""
    return stamp_once(connection, pairings.c.cancelled_at, workspace_id, pairing_id, now)


def _query(workspace_id: str) -> Select[Any]:
    return (
        select(
            pairings.c.id,
            pairings.c.team_id,
            pairings.c.indicator_id,
            pairings.c.next_id,
            pairings.c.learner_id,
            _LEARNER.c.user_id.label("learner"),
            pairings.c.teacher_id,
            _TEACHER.c.user_id.label("teacher"),
            pairings.c.starts_on,
            pairings.c.ends_on,
            pairings.c.cancelled_at,
        )
        .join(_LEARNER, _LEARNER.c.id == pairings.c.learner_id)
        .join(_TEACHER, _TEACHER.c.id == pairings.c.teacher_id)
        .where(pairings.c.workspace_id == workspace_id)
    )


def _read(connection: Connection, query: Select[Any]) -> list[Pairing]:
    return [Pairing(*row) for row in connection.execute(query)]
