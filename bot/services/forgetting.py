"""Erasing a person or a workspace (design §6). `docs/data.md` says what goes and what stays."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.db.queries.people.identity import find_standing
from bot.db.queries.playbooks.workspaces import workspace_ids
from bot.db.queries.privacy.erasing import (
    erase_person,
    erase_workspace,
    renew_revisions,
    teams_around,
)
from bot.db.session import Session
from bot.domain.errors import Refusal, UnknownPerson
from bot.services import auditing
from bot.services.keeping_totals import keeping_totals
from bot.services.membership import find_member

Counts = Mapping[str, int]
"""Rows erased, by table; tables of which there was nothing are left out."""
ERASED: Final = "person.erased"
"""The audit log's name for it. Who did it is there; whom it was done to only if that's the same."""


def forget_person(session: Session, workspace_id: str, user_id: str, now: datetime) -> Counts:
    """Erases a person: entries, notes, milestones, messages, time off, memberships and the name.

    What the team had in all stays where four or more stand behind it, else the person's share goes.
    Milestones of a whole team stay: they name nobody. Raises Refusal for an unknown workspace,
    UnknownPerson for an unknown person.
    """
    _require_workspace(session, workspace_id)
    with session.of(workspace_id) as theirs:
        standing = find_standing(theirs.connection, workspace_id, user_id)
        if standing is None:
            raise UnknownPerson(f"There is nobody called {user_id} in {workspace_id}.")
        touched = teams_around(theirs.connection, standing.person.id)
        with keeping_totals(theirs, find_member(theirs, standing), now):
            erased = erase_person(theirs.connection, workspace_id, standing.person.id)
        renew_revisions(theirs.connection, touched, secrets.token_hex(8))
    return erased


def forget_on_request(session: Session, workspace_id: str, user_id: str, now: datetime) -> Counts:
    """`forget_person` by the operator: the audit log says that somebody was erased, not who.

    Raises what `forget_person` raises.
    """
    erased = forget_person(session, workspace_id, user_id, now)
    auditing.note(session, workspace_id, auditing.OPERATOR, ERASED, now)
    return erased


def forget_workspace(session: Session, workspace_id: str) -> Counts:
    """Erases everything of a workspace. Raises Refusal for an unknown one."""
    _require_workspace(session, workspace_id)
    with session.of(workspace_id) as theirs:
        return erase_workspace(theirs.connection, workspace_id)


def _require_workspace(session: Session, workspace_id: str) -> None:
    known = workspace_ids(session.connection)
    if workspace_id not in known:
        listed = f"There are: {', '.join(known)}." if known else "There is none yet."
        raise Refusal(f"There is no workspace {workspace_id}. {listed}")
