"""What the audit log says of edits: what each was about, and what came of all of them."""

from collections.abc import Sequence
from datetime import datetime

from bot.db.session import Session
from bot.domain.playbook.edits import (
    AddBehaviour,
    AddRep,
    AddResult,
    AddTeam,
    ApplyTemplate,
    ChangeIndicator,
    ChangeRep,
    ChangeSettings,
    ChangeWorkspace,
    Edit,
    EndOverride,
    MoveIndicator,
    MoveRep,
    RemoveRep,
    RenameTeam,
    RetireIndicator,
    RetireTeam,
    SetManagers,
    SetTarget,
)
from bot.domain.playbook.subjects import touched_by
from bot.services import auditing
from bot.services.playbooks.conflicts import about
from bot.services.requests.callers import Caller

_ACTIONS: dict[type[Edit], str] = {
    ChangeWorkspace: "workspace.changed",
    AddTeam: "team.added",
    RetireTeam: "team.retired",
    RenameTeam: "team.renamed",
    ChangeSettings: "settings.changed",
    SetManagers: "managers.named",
    AddRep: "rep.added",
    ChangeRep: "rep.changed",
    MoveRep: "rep.moved",
    RemoveRep: "rep.removed",
    AddResult: "result.added",
    AddBehaviour: "behaviour.added",
    ChangeIndicator: "indicator.changed",
    RetireIndicator: "indicator.retired",
    MoveIndicator: "indicator.moved",
    SetTarget: "target.changed",
    EndOverride: "target.ended",
    ApplyTemplate: "template.applied",
}


def note_edits(
    session: Session,
    caller: Caller,
    team_id: int | None,
    edits: Sequence[Edit],
    lines: Sequence[str],
    now: datetime,
) -> None:
    """A line of the log for each edit; the first one tells what is different after all of them."""
    for place, edit in enumerate(edits):
        told = {"what": "\n".join(lines)} if place == 0 else {}
        auditing.note(
            session,
            caller.workspace_id,
            caller.user_id,
            _ACTIONS[type(edit)],
            now,
            subject=getattr(edit, "user", None),
            team_id=team_id,
            detail=told | {"about": about(touched_by(edit))},
        )


def note_applied(session: Session, workspace_id: str, lines: Sequence[str], now: datetime) -> None:
    """A whole file that was applied at the command line."""
    detail = {"what": "\n".join(lines), "about": "*"}
    auditing.note(session, workspace_id, auditing.OPERATOR, "playbook.applied", now, detail=detail)
