"""One-to-ones and what was agreed at them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, func, select, update

from bot.db.queries.given import as_given, each_given
from bot.db.queries.rows import insert_once, insert_row
from bot.db.tables import commitments, memberships, one_to_ones, people
from bot.domain.talks.one_to_ones import Commitment, NewCommitment, OneToOne, in_order

_held = one_to_ones.c
_agreed = commitments.c
_rep, _owner = people.alias("rep"), people.alias("owner")


@dataclass(frozen=True, slots=True)
class Held:
    """How many one-to-ones there were with a rep, and when the last one was."""

    count: int
    last: date | None


def insert_new(connection: Connection, **values: Any) -> int | None:
    """Writes a one-to-one and gives its id; None where its dedupe key is there already."""
    return insert_once(connection, one_to_ones, ["workspace_id", "dedupe_key"], **values)


def add_commitment(
    connection: Connection, new: NewCommitment, owner_id: int, **values: Any
) -> None:
    """Writes down one thing that was agreed."""
    insert_row(
        connection, commitments, text=new.text, due_on=new.due_on, owner_id=owner_id, **values
    )


def held_with(connection: Connection, workspace_id: str, person_id: int) -> Held:
    """What there was with one rep."""
    query = select(func.count(), func.max(_held.held_on)).where(
        _held.workspace_id == workspace_id, _held.person_id == person_id
    )
    count, last = connection.execute(query).one()
    return Held(count, last)


def last_held(
    connection: Connection, workspace_id: str, person_ids: Collection[int], today: date
) -> Mapping[int, date]:
    """When each rep's last one was, up to `today`; reps without one are left out."""
    those = _held.workspace_id == workspace_id, _held.held_on <= today
    each = each_given(connection, one_to_ones, *those, by=_held.person_id)
    query = select(_held.person_id, func.max(_held.held_on)).select_from(each)
    rows = connection.execute(
        query.group_by(_held.person_id), {"ids": as_given(connection, person_ids)}
    )
    return {person_id: day for person_id, day in rows if person_id is not None}


def members_since(
    connection: Connection, workspace_id: str, team_id: int
) -> Mapping[int, datetime]:
    """Since when each rep has been in the team."""
    query = select(memberships.c.person_id, memberships.c.created_at).where(
        memberships.c.workspace_id == workspace_id,
        memberships.c.team_id == team_id,
        memberships.c.left_on.is_(None),
    )
    return dict(connection.execute(query).all())


def notes_of(
    connection: Connection, workspace_id: str, person_id: int, skip: int, most: int
) -> tuple[OneToOne, ...]:
    """One-to-ones with a rep, newest first."""
    query = (
        select(one_to_ones, people.c.user_id)
        .join(people, people.c.id == _held.manager_id)
        .where(_held.workspace_id == workspace_id, _held.person_id == person_id)
        .order_by(_held.held_on.desc(), _held.id.desc())
        .offset(skip)
        .limit(most)
    )
    return tuple(
        OneToOne(row.id, row.person_id, row.user_id, row.held_on, row.note)
        for row in connection.execute(query)
    )


def find_held(
    connection: Connection, workspace_id: str, one_to_one_id: int
) -> tuple[OneToOne, str] | None:
    """A one-to-one, and the Slack id of its rep."""
    query = (
        select(one_to_ones, people.c.user_id, _rep.c.user_id.label("rep"))
        .join(people, people.c.id == _held.manager_id)
        .join(_rep, _rep.c.id == _held.person_id)
        .where(_held.workspace_id == workspace_id, _held.id == one_to_one_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return OneToOne(row.id, row.person_id, row.user_id, row.held_on, row.note), row.rep


def change_held(
    connection: Connection, workspace_id: str, one_to_one_id: int, held_on: date, note: str | None
) -> None:
    """Puts another day and note in the place of what there was."""
    connection.execute(
        update(one_to_ones)
        .where(_held.workspace_id == workspace_id, _held.id == one_to_one_id)
        .values(held_on=held_on, note=note)
    )


def held_by(connection: Connection, workspace_id: str, one_to_one_id: int) -> str:
    """The Slack id of who held a one-to-one that is surely there."""
    user_id: str = connection.execute(
        select(people.c.user_id)
        .join(one_to_ones, people.c.id == _held.manager_id)
        .where(_held.workspace_id == workspace_id, _held.id == one_to_one_id)
    ).scalar_one()
    return user_id


def find_commitment(
    connection: Connection, workspace_id: str, commitment_id: int
) -> Commitment | None:
    """One commitment, done or not."""
    found = _commitments(connection, workspace_id, _agreed.id == commitment_id)
    return found[0] if found else None


def agreed_at(
    connection: Connection, workspace_id: str, one_to_one_id: int
) -> tuple[Commitment, ...]:
    """What was agreed at one one-to-one."""
    return _commitments(connection, workspace_id, _agreed.one_to_one_id == one_to_one_id)


def open_with(
    connection: Connection, workspace_id: str, person_ids: Collection[int]
) -> tuple[Commitment, ...]:
    """What was agreed with these reps and isn't done, by due day."""
    return _agreed_with(connection, workspace_id, person_ids, _agreed.done_at.is_(None))


def done_since(
    connection: Connection, workspace_id: str, person_id: int, since: datetime
) -> tuple[Commitment, ...]:
    """What was agreed with the rep and has been done since then."""
    return _commitments(
        connection, workspace_id, _agreed.person_id == person_id, _agreed.done_at >= since
    )


def due_between(
    connection: Connection, workspace_id: str, person_ids: Collection[int], first: date, last: date
) -> tuple[Commitment, ...]:
    """What was agreed with these reps, isn't done and falls due on these dates."""
    is_due = _agreed.done_at.is_(None), _agreed.due_on.between(first, last)
    return _agreed_with(connection, workspace_id, person_ids, *is_due)


def set_done(connection: Connection, commitment_id: int, done_at: datetime | None) -> bool:
    """Marks one done, or (None) not done; False where it was so already."""
    was = _agreed.done_at.is_(None) if done_at else _agreed.done_at.is_not(None)
    changed = connection.execute(
        update(commitments).where(_agreed.id == commitment_id, was).values(done_at=done_at)
    )
    return changed.rowcount == 1


def _commitments(
    connection: Connection, workspace_id: str, *which: ColumnElement[bool]
) -> tuple[Commitment, ...]:
    query = _with_people(commitments).where(_agreed.workspace_id == workspace_id, *which)
    return in_order(_commitment(row) for row in connection.execute(query))


def _agreed_with(
    connection: Connection,
    workspace_id: str,
    person_ids: Collection[int],
    *which: ColumnElement[bool],
) -> tuple[Commitment, ...]:
    those = _agreed.workspace_id == workspace_id, *which
    each = each_given(connection, commitments, *those, by=_agreed.person_id)
    rows = connection.execute(_with_people(each), {"ids": as_given(connection, person_ids)})
    return in_order(_commitment(row) for row in rows if row.id is not None)


def _with_people(these: FromClause) -> Select[Any]:
    """Outer joins, though nobody is missing: or SQLite may begin with everybody's rows."""
    people_too = these.outerjoin(_rep, _rep.c.id == _agreed.person_id).outerjoin(
        _owner, _owner.c.id == _agreed.owner_id
    )
    named = _rep.c.user_id.label("rep"), _owner.c.user_id.label("owner")
    return select(commitments, *named).select_from(people_too)


def _commitment(row: Row[Any]) -> Commitment:
    return Commitment(
        id=row.id,
        person_id=row.person_id,
        rep=row.rep,
        owner_id=row.owner_id,
        owner=row.owner,
        text=row.text,
        due_on=row.due_on,
        created_at=row.created_at,
        done_at=row.done_at,
    )
