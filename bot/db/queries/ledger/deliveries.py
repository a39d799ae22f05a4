"""The ledger's rows: written once by key, and read by what waits.

`now` is business time (what is due), `wall` the clock's (leases, Slack's Retry-After).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)

from bot.db.queries.rows import insert_into
from bot.db.tables import deliveries, installations, people
from bot.domain.ledger.deliveries import Backlog, Due, Held, Pending
from bot.domain.ledger.occasions import Delivery, DeliveryState, Occasion, OccasionKind

_URGENT = (OccasionKind.CELEBRATION.value, OccasionKind.KUDOS.value)
_RECIPIENTS_AT_ONCE = 32
_ROWS_AT_ONCE = 256
_columns = deliveries.c


def _is(state: DeliveryState) -> ColumnElement[bool]:
    """Said in the statement itself: a value that comes later finds no partial index."""
    return _columns.state == literal_column(f"'{state.value}'")


_UNSETTLED = _columns.state.in_(
    [literal_column(f"'{state.value}'") for state in (DeliveryState.PLANNED, DeliveryState.SENDING)]
)
_PENDING = and_(
    _columns.workspace_id == bindparam("workspace"), _UNSETTLED, _columns.due_at <= bindparam("now")
)
_HELD = or_(
    and_(_is(DeliveryState.SENDING), _columns.lease_until > bindparam("wall")),
    and_(_is(DeliveryState.PLANNED), _columns.not_before > bindparam("wall")),
)


def _due() -> Select[Any]:
    """Of the recipients with nothing held back the first ones, and what waits for them."""
    urgent = func.max(case((_columns.kind.in_(_URGENT), 1), else_=0)).label("urgent")
    first_due, first_id = func.min(_columns.due_at), func.min(_columns.id)
    first = (
        select(_columns.recipient, urgent, first_due.label("due"), first_id.label("id"))
        .where(_PENDING, _columns.recipient.not_in(bindparam("skip", expanding=True)))
        .group_by(_columns.recipient)
        .having(func.max(case((_HELD, 1), else_=0)) == 0)
        .order_by(urgent.desc(), first_due, first_id)
        .limit(_RECIPIENTS_AT_ONCE)
        .subquery("first")
    )
    person = and_(
        people.c.workspace_id == _columns.workspace_id, people.c.user_id == _columns.recipient
    )
    theirs = deliveries.join(first, first.c.recipient == _columns.recipient)
    return (
        select(deliveries, people.c.dm_channel, first.c.urgent)
        .add_columns(first.c.due.label("first_due"), first.c.id.label("first_id"))
        .select_from(theirs.outerjoin(people, person))
        .where(_PENDING)
        .order_by(_columns.due_at, _columns.id)
        .limit(_ROWS_AT_ONCE)
    )


_DUE = _due()
_SENT = (
    select(_columns.recipient, _columns.sent_at)
    .where(_columns.workspace_id == bindparam("workspace"))
    .where(_columns.sent_at > bindparam("since"), _columns.sent_at <= bindparam("until"))
    .order_by(_columns.sent_at)
)


def insert_new(connection: Connection, rows: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    """Writes the rows whose keys are new and returns those, each as (workspace id, key)."""
    if not rows:
        return set()
    statement = insert_into(connection, deliveries).on_conflict_do_nothing(
        index_elements=["workspace_id", "key"]
    )
    written = connection.execute(statement.returning(_columns.workspace_id, _columns.key), rows)
    return {(row.workspace_id, row.key) for row in written}


def known_keys(connection: Connection, workspace_id: str, keys: Collection[str]) -> frozenset[str]:
    """Those of the keys that are in the ledger, in whatever state."""
    return frozenset(
        connection.scalars(
            select(_columns.key).where(
                _columns.workspace_id == workspace_id, _columns.key.in_(keys)
            )
        )
    )


def find(connection: Connection, workspace_id: str, key: str) -> Delivery | None:
    """One delivery by its key."""
    row = connection.execute(
        select(deliveries).where(_columns.workspace_id == workspace_id, _columns.key == key)
    ).one_or_none()
    return None if row is None else _delivery(row)


def due(
    connection: Connection, workspace_id: str, now: datetime, wall: datetime, skip: Collection[str]
) -> Due:
    """What may be sent now, recipient by recipient, each one's in order; praise first.

    A recipient with anything held back waits altogether, so that order holds; `skip` names
    recipients to leave out. Not everything at once: ask again when this is done.
    """
    given = {"workspace": workspace_id, "now": now, "wall": wall, "skip": list(skip)}
    rows = list(connection.execute(_DUE, given))
    rows.sort(key=lambda row: (-row.urgent, row.first_due, row.first_id))
    recipients = {row.recipient for row in rows}
    is_all = len(recipients) < _RECIPIENTS_AT_ONCE and len(rows) < _ROWS_AT_ONCE
    return Due(tuple(map(_waiting, rows)), is_all)


def pending_ids(connection: Connection, workspace_id: str, now: datetime) -> list[int]:
    """The ids of everything due that isn't settled, held back or not, in order."""
    query = select(_columns.id).where(_PENDING).order_by(_columns.due_at, _columns.id)
    return list(connection.scalars(query, {"workspace": workspace_id, "now": now}))


def load(connection: Connection, ids: Collection[int]) -> list[Delivery]:
    """The deliveries with these ids, in order of their due dates."""
    query = select(deliveries).where(_columns.id.in_(ids))
    return [_delivery(row) for row in connection.execute(query.order_by(_columns.due_at, "id"))]


def held(
    connection: Connection, workspace_id: str, now: datetime, wall: datetime
) -> tuple[Held, ...]:
    """What is due but held back, and until when."""
    until = case(
        (_is(DeliveryState.SENDING), _columns.lease_until), else_=_columns.not_before
    ).label("until")
    given = {"workspace": workspace_id, "now": now, "wall": wall}
    rows = connection.execute(select(_columns.state, until).where(_PENDING, _HELD), given)
    return tuple(Held(DeliveryState(row.state), row.until) for row in rows)


def sent_between(
    connection: Connection, workspace_id: str, since: datetime, until: datetime
) -> list[tuple[str, datetime]]:
    """The recipients of what was sent after `since` and up to `until`, and when, in order."""
    given = {"workspace": workspace_id, "since": since, "until": until}
    return [(row.recipient, row.sent_at) for row in connection.execute(_SENT, given)]


def backlogs(connection: Connection, now: datetime) -> list[Backlog]:
    """The workspaces where something is due, with how much and since when.

    Those that the app was removed from are left out: what waits there is nobody's backlog.
    """
    query = select(_columns.workspace_id, func.count(), func.min(_columns.due_at)).where(
        _UNSETTLED, _columns.due_at <= now, _is_installed()
    )
    rows = connection.execute(query.group_by(_columns.workspace_id))
    return [Backlog(*row) for row in rows]


def sendable(connection: Connection, now: datetime, wall: datetime) -> list[str]:
    """The workspaces where something is due that is neither leased nor put off, in order."""
    query = (
        select(_columns.workspace_id)
        .where(_UNSETTLED, _columns.due_at <= now, _is_installed())
        .where(
            or_(
                and_(_is(DeliveryState.SENDING), _columns.lease_until <= wall),
                and_(
                    _is(DeliveryState.PLANNED),
                    or_(_columns.not_before.is_(None), _columns.not_before <= wall),
                ),
            )
        )
        .distinct()
    )
    return list(connection.scalars(query.order_by(_columns.workspace_id)))


def _is_installed() -> ColumnElement[bool]:
    """Or never was by OAuth."""
    quiet = select(installations.c.workspace_id).where(installations.c.quiet_because.is_not(None))
    return _columns.workspace_id.not_in(quiet)


def _waiting(row: Row[Any]) -> Pending:
    is_person = row.recipient.startswith(("U", "W"))
    channel = row.dm_channel if is_person else row.recipient
    since = min(row.created_at, row.due_at, row.lease_until or row.due_at)
    return Pending(_delivery(row), channel, since)


def _delivery(row: Row[Any]) -> Delivery:
    occasion = Occasion(
        key=row.key,
        kind=OccasionKind(row.kind),
        workspace_id=row.workspace_id,
        team_id=row.team_id,
        recipient=row.recipient,
        due_at=row.due_at,
        expires_at=row.expires_at,
        person_id=row.person_id,
        payload=row.payload,
    )
    state = DeliveryState(row.state)
    return Delivery(row.id, occasion, state, row.attempts, row.reason, row.channel, row.ts)
