"""How long a workspace keeps what its people logged, said and agreed (design §6).

Whole years are kept, so that no period of a target is cut in two, and milestones stay: without them
what was celebrated once would be celebrated anew.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from bot.db.queries.playbooks.workspaces import workspace_ids
from bot.db.queries.privacy import retention
from bot.db.session import Session
from bot.domain.counts import counted
from bot.domain.errors import Refusal
from bot.services import auditing

_AT_ONCE: Final = 500
"""Rows of a table in one transaction: few enough for anybody's parameters, and for who waits."""


def limited(session: Session) -> Mapping[str, int]:
    """The workspaces that don't keep everything, with the whole years that they keep."""
    return retention.kept_years(session.connection)


def kept_by(session: Session, workspace_id: str) -> int | None:
    """The whole years that a workspace keeps; None for everything. Raises Refusal for an unknown
    workspace."""
    _require_known(session, workspace_id)
    return limited(session).get(workspace_id)


def kept_from(years: int, now: datetime) -> date:
    """The first day that is kept: so many whole years, and the present one."""
    return date(now.year - years, 1, 1)


def keep_for(session: Session, workspace_id: str, years: int | None, now: datetime) -> None:
    """Keeps so many whole years from now on; None keeps everything. Raises Refusal for an unknown
    workspace."""
    _require_known(session, workspace_id)
    retention.set_kept_years(session.connection, workspace_id, years)
    detail = {"what": "for ever" if years is None else counted(years, "year")}
    actor = auditing.OPERATOR
    auditing.note(session, workspace_id, actor, "retention.changed", now, detail=detail)


def _require_known(session: Session, workspace_id: str) -> None:
    if workspace_id not in workspace_ids(session.connection):
        raise Refusal(f"There is no workspace {workspace_id}.")


def forget_history(session: Session, before: date) -> int:
    """Deletes some of what the transaction's workspace has from before that day: entries, notes and
    settled agreements, kudos, time off, counts of interactions, kept totals of people who were
    erased. Returns how many rows."""
    return retention.delete_history(session.connection, before, _AT_ONCE)
