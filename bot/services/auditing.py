"""The audit log: who changed what, and who read somebody's notes (design §6).

It says what was done, never what was written: names of behaviours and settings, no notes.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert

from bot.db.session import Session
from bot.db.tables import audit

OPERATOR = "operator"
"""The actor of what the command line does."""


def note(
    session: Session,
    workspace_id: str,
    actor: str,
    action: str,
    now: datetime,
    *,
    subject: str | None = None,
    team_id: int | None = None,
    detail: Mapping[str, str] | None = None,
) -> None:
    """Notes that `actor` (U…, or `OPERATOR`) did `action` ("target.changed"), to `subject` (U…)."""
    session.connection.execute(
        insert(audit).values(
            workspace_id=workspace_id,
            at=now,
            actor=actor,
            action=action,
            subject=subject,
            team_id=team_id,
            detail=dict(detail or {}),
        )
    )
