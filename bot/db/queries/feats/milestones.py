"""Milestones: each written once by its key, revoked where an undo made it untrue."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    select,
    update,
)

from bot.db.prepared import Prepared
from bot.db.queries.rows import insert_into
from bot.db.tables import milestones, people
from bot.domain.indicators import Indicator
from bot.domain.milestones import Milestone, MilestoneKind
from bot.domain.teams import TeamPlaybook

_columns = milestones.c
_ROWS_AT_ONCE = 500
_FEW, _STEP = 32, 4
_LATE = timedelta(days=40)
"""An entry may be 31 days late, so a milestone may be reached that long after its date."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the table says of a key: how often it was reached, and whether it still holds."""

    times: int
    holds: bool


def _known_of(keys: ColumnElement[bool]) -> Select[Any]:
    return select(_columns.key, _columns.times, _columns.revoked_at).where(
        _columns.workspace_id == bindparam("workspace_id"), keys
    )


_KNOWN = _known_of(_columns.key.in_(bindparam("keys", expanding=True)))


@lru_cache(maxsize=8)
def _known_of_few(number: int) -> Prepared:
    keys: list[BindParameter[str]] = [bindparam(f"key_{place}") for place in range(number)]
    return Prepared(_known_of(_columns.key.in_(keys)))


def known(connection: Connection, workspace_id: str, keys: Collection[str]) -> Mapping[str, Known]:
    """Those of the keys that were ever reached."""
    listed = list(keys)
    if 0 < len(listed) <= _FEW:
        return _told(_of_few(connection, workspace_id, listed))
    found: dict[str, Known] = {}
    for start in range(0, len(listed), _ROWS_AT_ONCE):
        part = listed[start : start + _ROWS_AT_ONCE]
        found |= _told(connection.execute(_KNOWN, {"workspace_id": workspace_id, "keys": part}))
    return found


def _of_few(connection: Connection, workspace_id: str, keys: list[str]) -> list[tuple[Any, ...]]:
    """As many keys as the hot path asks for: a few statements serve, the last key repeated."""
    number = -(-len(keys) // _STEP) * _STEP
    filled = keys + keys[-1:] * (number - len(keys))
    values = {f"key_{place}": key for place, key in enumerate(filled)}
    return _known_of_few(number).rows(connection, {"workspace_id": workspace_id} | values)


def _told(rows: Iterable[Any]) -> dict[str, Known]:
    return {key: Known(times, revoked_at is None) for key, times, revoked_at in rows}


def write(
    connection: Connection,
    workspace_id: str,
    reached: Sequence[Milestone],
    before: Mapping[str, Known] | None = None,
) -> tuple[Milestone, ...]:
    """Writes down what was reached; gives back those that didn't hold before.

    One that had been taken back is reached anew, and counts its times. `before` is what `known`
    says of all these keys, where that has been asked already.
    """
    if before is None:
        before = known(connection, workspace_id, [milestone.key for milestone in reached])
    fresh = [milestone for milestone in reached if milestone.key not in before]
    written = _insert(connection, workspace_id, fresh)
    new = [milestone for milestone in fresh if milestone.key in written]
    for milestone in reached:
        again = before.get(milestone.key)
        if again is not None and not again.holds:
            times = again.times + 1
            new += _restore(connection, workspace_id, replace(milestone, times=times))
    return tuple(new)


def revoke(connection: Connection, workspace_id: str, keys: Collection[str], now: datetime) -> None:
    """Marks milestones that are no longer true."""
    whose = _columns.workspace_id == workspace_id, _columns.key.in_(keys)
    connection.execute(update(milestones).where(*whose).values(revoked_at=now))


def by_key(
    connection: Connection, playbook: TeamPlaybook, keys: Collection[str]
) -> tuple[Milestone, ...]:
    """Those of the team's milestones with these keys that still hold, in the order reached."""
    return _found(connection, playbook, _of(playbook).where(_columns.key.in_(keys)))


def reached_between(
    connection: Connection, playbook: TeamPlaybook, since: datetime, until: datetime
) -> tuple[Milestone, ...]:
    """The team's milestones reached after `since` and not after `until`, in that order."""
    query = _of(playbook).where(
        _columns.reached_on >= not_before(since),
        _columns.reached_at > since,
        _columns.reached_at <= until,
    )
    return _found(connection, playbook, query)


def not_before(since: datetime) -> date:
    """The earliest date to which a milestone that is reached after the instant may belong."""
    return (since - _LATE).date()


def reached_in(
    connection: Connection, playbook: TeamPlaybook, first: date, last: date, until: datetime
) -> tuple[Milestone, ...]:
    """The team's milestones that belong to these dates, as far as reached by `until`."""
    query = _of(playbook).where(
        _columns.reached_on.between(first, last), _columns.reached_at <= until
    )
    return _found(connection, playbook, query)


def held_by(
    connection: Connection, playbook: TeamPlaybook, person_id: int, since: date | None = None
) -> tuple[Milestone, ...]:
    """What the rep has reached for entries of `since` or later (ever), and what the team has."""
    query = _of(playbook).where(
        _columns.person_id.is_(None) | (_columns.person_id == person_id),
        _columns.reached_on >= (since or date.min),
    )
    return _found(connection, playbook, query)


def _of(playbook: TeamPlaybook) -> Select[Any]:
    return (
        select(milestones, people.c.user_id)
        .select_from(milestones.outerjoin(people, people.c.id == _columns.person_id))
        .where(
            _columns.workspace_id == playbook.team.workspace_id,
            _columns.team_id == playbook.team.id,
            _columns.revoked_at.is_(None),
        )
        .order_by(_columns.reached_at, _columns.id)
    )


def _found(
    connection: Connection, playbook: TeamPlaybook, query: Select[Any]
) -> tuple[Milestone, ...]:
    listed = {each.id: each for each in (*playbook.indicators, *playbook.retired)}
    return tuple(_milestone(row, listed) for row in connection.execute(query))


def _milestone(row: Row[Any], listed: Mapping[int, Indicator]) -> Milestone:
    return Milestone(
        kind=MilestoneKind(row.kind),
        team_id=row.team_id,
        reached_at=row.reached_at,
        reached_on=row.reached_on,
        user_id=row.user_id,
        person_id=row.person_id,
        indicator=listed.get(row.indicator_id),
        threshold=row.threshold,
        period_start=row.period_start,
        times=row.times,
    )


def _insert(
    connection: Connection, workspace_id: str, fresh: Iterable[Milestone]
) -> frozenset[str]:
    rows = [_values(workspace_id, milestone) for milestone in fresh]
    statement = insert_into(connection, milestones).on_conflict_do_nothing(
        index_elements=["workspace_id", "key"]
    )
    written: set[str] = set()
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows[start : start + _ROWS_AT_ONCE]
        written.update(connection.scalars(statement.returning(_columns.key), part))
    return frozenset(written)


def _values(workspace_id: str, milestone: Milestone) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "team_id": milestone.team_id,
        "person_id": milestone.person_id,
        "indicator_id": None if milestone.indicator is None else milestone.indicator.id,
        "key": milestone.key,
        "kind": milestone.kind.value,
        "threshold": milestone.threshold,
        "period_start": milestone.period_start,
        "reached_at": milestone.reached_at,
        "reached_on": milestone.reached_on,
    }


def _restore(connection: Connection, workspace_id: str, again: Milestone) -> list[Milestone]:
    restored = connection.execute(
        update(milestones)
        .where(
            _columns.workspace_id == workspace_id,
            _columns.key == again.key,
            _columns.revoked_at.is_not(None),
        )
        .values(
            revoked_at=None,
            times=again.times,
            reached_at=again.reached_at,
            reached_on=again.reached_on,
        )
        .returning(_columns.key)
    )
    return [again] if restored.first() is not None else []
