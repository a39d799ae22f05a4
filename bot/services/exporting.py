"""What is recorded, row by row, for files that people and other programs read (interface.md)."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from bot.db.queries.playbooks.workspaces import workspace_ids
from bot.db.queries.privacy.exports import (
    Extent,
    Zones,
    audit_rows,
    delivery_rows,
    entry_rows,
    milestone_rows,
    zones,
)
from bot.db.session import Session
from bot.domain.activities import written_moment
from bot.domain.dedupe_keys import exported_id
from bot.domain.errors import Refusal

Cell = str | int | bool | Decimal | datetime | date | None


class What(StrEnum):
    """What can be exported."""

    ACTIVITIES = "activities"
    RESULTS = "results"
    MILESTONES = "milestones"
    DELIVERIES = "deliveries"
    AUDIT = "audit"


_ENTRY = (
    "workspace user behaviour quantity occurred_on account note external_id "
    "id source recorded_at undone_at"
)
COLUMNS: Final[Mapping[What, tuple[str, ...]]] = {
    What.ACTIVITIES: tuple(_ENTRY.split()),
    What.RESULTS: (*_ENTRY.split(), "outcome", "amount", "reason", "deal", "unit"),
    What.MILESTONES: tuple(
        "workspace team user kind behaviour threshold period_start reached_on reached_at "
        "times revoked_at key id".split()
    ),
    What.DELIVERIES: tuple(
        "workspace team user recipient kind key due_at expires_at state reason attempts "
        "sent_at channel ts created_at id".split()
    ),
    What.AUDIT: tuple("workspace at actor action subject team detail id".split()),
}
"""The columns of each, in order; those of the activities are the importer's, and more."""


def exported(
    session: Session,
    what: What,
    workspaces: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> Iterator[tuple[Cell, ...]]:
    """The rows of `COLUMNS[what]`, of these workspaces or of all, read as they are asked for.

    `since` and `until` are local dates of the rep (of the team, for what is about all of it), both
    included. Raises Refusal for an unknown workspace.
    """
    known = workspace_ids(session.connection)
    for workspace_id in workspaces:
        if workspace_id not in known:
            raise Refusal(f"There is no workspace {workspace_id}. {_listed(known)}")
    return _each_apart(session, what, Extent(tuple(workspaces) or tuple(known), since, until))


def _each_apart(session: Session, what: What, extent: Extent) -> Iterator[tuple[Cell, ...]]:
    """One workspace after the other, each read for itself."""
    for workspace_id in extent.workspaces:
        alone = replace(extent, workspaces=(workspace_id,))
        with session.of(workspace_id) as theirs:
            yield from _ROWS[what](theirs, alone, zones(theirs.connection, alone.workspaces))


def exported_of(
    session: Session, what: What, workspace_id: str, person_id: int
) -> Iterator[tuple[Cell, ...]]:
    """All rows of one person: activities, results or milestones."""
    extent = Extent((workspace_id,), person_id=person_id)
    return _ROWS[what](session, extent, zones(session.connection, extent.workspaces))


def _listed(known: Collection[str]) -> str:
    return f"There are: {', '.join(known)}." if known else "There is none yet."


def _activities(session: Session, extent: Extent, where: Zones) -> Iterator[tuple[Cell, ...]]:
    for row in entry_rows(session.connection, extent, results_only=False):
        yield _entry(row, where)


def _results(session: Session, extent: Extent, where: Zones) -> Iterator[tuple[Cell, ...]]:
    for row in entry_rows(session.connection, extent, results_only=True):
        yield (*_entry(row, where), row.outcome, row.amount, row.reason, row.deal, row.unit)


def _entry(row: Any, where: Zones) -> tuple[Cell, ...]:
    return (
        row.workspace_id,
        row.user_id,
        row.name,
        row.quantity,
        written_moment(row.occurred_at, row.local_date, where.people[row.person_id]),
        row.account,
        row.note,
        exported_id(row.external_id, row.dedupe_key),
        row.id,
        row.source,
        row.recorded_at,
        row.undone_at,
    )


def _milestones(session: Session, extent: Extent, _: Zones) -> Iterator[tuple[Cell, ...]]:
    for row in milestone_rows(session.connection, extent):
        yield (
            row.workspace_id,
            row.team,
            row.user_id,
            row.kind,
            row.name,
            row.threshold,
            row.period_start,
            row.reached_on,
            row.reached_at,
            row.times,
            row.revoked_at,
            row.key,
            row.id,
        )


def _deliveries(session: Session, extent: Extent, where: Zones) -> Iterator[tuple[Cell, ...]]:
    for row in delivery_rows(session.connection, extent):
        zone = where.people.get(row.person_id) or where.teams[row.team_id]
        if row.due_at.astimezone(zone).date() not in extent:
            continue
        yield (
            row.workspace_id,
            row.team,
            row.user_id,
            row.recipient,
            row.kind,
            row.key,
            row.due_at,
            row.expires_at,
            row.state,
            row.reason,
            row.attempts,
            row.sent_at,
            row.channel,
            row.ts,
            row.created_at,
            row.id,
        )


def _audit(session: Session, extent: Extent, where: Zones) -> Iterator[tuple[Cell, ...]]:
    for row in audit_rows(session.connection, extent):
        zone = where.teams.get(row.team_id, UTC)
        if row.at.astimezone(zone).date() not in extent:
            continue
        detail = "; ".join(f"{name}: {said}" for name, said in (row.detail or {}).items())
        yield (
            row.workspace_id,
            row.at,
            row.actor,
            row.action,
            row.subject,
            row.team,
            detail,
            row.id,
        )


_Rows = Callable[[Session, Extent, Zones], Iterator[tuple[Cell, ...]]]
_ROWS: Mapping[What, _Rows] = {
    What.ACTIVITIES: _activities,
    What.RESULTS: _results,
    What.MILESTONES: _milestones,
    What.DELIVERIES: _deliveries,
    What.AUDIT: _audit,
}
