"""Entries one by one: added, found, marked. Rows are never deleted and never change otherwise."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.prepared import Prepared
from bot.db.queries.playbooks.indicators import BESIDE_OTHERS, indicator_beside
from bot.db.tables import entries, indicators
from bot.domain.entries import Entry, NewEntry
from bot.domain.grammar.requests import Outcome

_UNIQUE = ("workspace_id", "dedupe_key")
_WRITTEN = (
    "workspace_id",
    "person_id",
    "indicator_id",
    "quantity",
    "local_date",
    "occurred_at",
    "recorded_at",
    "source",
    "dedupe_key",
    "account",
    "note",
    "deal",
    "outcome",
    "amount",
    "reason",
)
_ADD: Mapping[str, Prepared] = {
    name: Prepared(
        dialect.insert(entries)
        .on_conflict_do_nothing(index_elements=_UNIQUE)
        .returning(entries.c.id),
        _WRITTEN,
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}

_ENTRIES: Select[Any] = select(entries, *BESIDE_OTHERS).join(
    indicators, indicators.c.id == entries.c.indicator_id
)

_OF_PERSON = _ENTRIES.where(
    entries.c.person_id == bindparam("person_id"),
    entries.c.local_date >= bindparam("since"),
    entries.c.undone_at.is_(None),
).order_by(entries.c.id.desc())


def add_entries(connection: Connection, rows: Sequence[NewEntry]) -> tuple[Entry, ...] | None:
    """Records all rows; None, and nothing recorded, where they had been before.

    The first row decides: a request's rows are recorded together or not at all.
    """
    added: list[Entry] = []
    for row in rows:
        written = _ADD[connection.dialect.name].rows(connection, _values(row))
        if not written:
            return None
        added.append(_added(written[0][0], row))
    return tuple(added)


def recorded_under(
    connection: Connection, workspace_id: str, dedupe_keys: Sequence[str]
) -> tuple[Entry, ...]:
    """The rows with these keys, undone or not, in the order in which they were recorded."""
    query = _ENTRIES.where(
        entries.c.workspace_id == workspace_id, entries.c.dedupe_key.in_(dedupe_keys)
    )
    return _found(connection, query.order_by(entries.c.id))


def find_entry(connection: Connection, workspace_id: str, entry_id: int) -> Entry | None:
    """One entry, whoever's it is and undone or not."""
    query = _ENTRIES.where(entries.c.workspace_id == workspace_id, entries.c.id == entry_id)
    found = _found(connection, query)
    return found[0] if found else None


def standing_rows(connection: Connection, entry: Entry) -> tuple[Entry, ...]:
    """The entry, with the other rows of its deal, locked until the transaction ends.

    None at all where it has been undone. SQLite needs no lock on rows: it has one writer.
    """
    query = _ENTRIES.where(entries.c.person_id == entry.person_id, entries.c.undone_at.is_(None))
    if entry.deal is None:
        query = query.where(entries.c.id == entry.id)
    else:
        query = query.where(entries.c.deal == entry.deal, entries.c.local_date == entry.day)
    return _found(connection, query.order_by(entries.c.id).with_for_update(of=entries))


def newest(connection: Connection, person_id: int, source: str, since: date) -> Entry | None:
    """The entry recorded last of those that stand, from this source and for `since` or later."""
    query = _OF_PERSON.where(entries.c.source == source).limit(1)
    found = _found(connection, query, {"person_id": person_id, "since": since})
    return found[0] if found else None


def recent_entries(
    connection: Connection, person_id: int, since: date, limit: int
) -> tuple[Entry, ...]:
    """The entries that stand for `since` or later, recorded last first."""
    return _found(connection, _OF_PERSON.limit(limit), {"person_id": person_id, "since": since})


def mark_undone(
    connection: Connection,
    undone: Sequence[Entry],
    now: datetime,
    replacements: Sequence[Entry] = (),
) -> None:
    """Takes entries back; each was replaced by the replacement in its place, or by the last."""
    for number, entry in enumerate(undone):
        by = replacements[min(number, len(replacements) - 1)].id if replacements else None
        connection.execute(_UNDO, {"entry_id": entry.id, "now": now, "by": by})


_UNDO = (
    update(entries)
    .where(entries.c.id == bindparam("entry_id"), entries.c.undone_at.is_(None))
    .values(undone_at=bindparam("now"), replaced_by=bindparam("by"))
)


def _values(row: NewEntry) -> dict[str, Any]:
    request, deal = row.request, row.request.deal
    return {
        "workspace_id": row.workspace_id,
        "person_id": row.person_id,
        "indicator_id": row.indicator.id,
        "quantity": row.quantity,
        "local_date": request.day,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
        "source": row.origin.source,
        "dedupe_key": row.dedupe_key,
        "account": request.account,
        "note": request.note,
        "deal": row.deal,
        "outcome": deal.outcome.value if deal else None,
        "amount": deal.amount if deal else None,
        "reason": deal.reason if deal else None,
    }


def _added(entry_id: int, row: NewEntry) -> Entry:
    request, deal = row.request, row.request.deal
    return Entry(
        id=entry_id,
        person_id=row.person_id,
        indicator=row.indicator,
        quantity=row.quantity,
        day=request.day,
        source=row.origin.source,
        recorded_at=row.recorded_at,
        account=request.account,
        note=request.note,
        deal=row.deal,
        outcome=deal.outcome if deal else None,
        amount=deal.amount if deal else None,
        reason=deal.reason if deal else None,
    )


def _found(
    connection: Connection, query: Select[Any], bounds: Mapping[str, Any] | None = None
) -> tuple[Entry, ...]:
    return tuple(_entry(row) for row in connection.execute(query, bounds or {}))


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        person_id=row.person_id,
        indicator=indicator_beside(row),
        quantity=row.quantity,
        day=row.local_date,
        source=row.source,
        recorded_at=row.recorded_at,
        account=row.account,
        note=row.note,
        deal=row.deal,
        outcome=Outcome(row.outcome) if row.outcome else None,
        amount=row.amount,
        reason=row.reason,
        undone_at=row.undone_at,
        replaced_by=row.replaced_by,
    )
