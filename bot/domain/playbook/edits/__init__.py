"""Changes to a playbook as values, and what becomes of it: `edited(playbook, team, edit, today)`.

Field names of the edits are the names under which `FormRefused.errors` says what is wrong.
"""

from bot.domain.playbook.edits.editing import edited
from bot.domain.playbook.edits.kinds import (
    KEEP,
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
    Kept,
    MoveIndicator,
    MoveRep,
    RemoveRep,
    RenameTeam,
    RetireIndicator,
    RetireTeam,
    SetManagers,
    SetTarget,
)

__all__ = [
    "KEEP",
    "AddBehaviour",
    "AddRep",
    "AddResult",
    "AddTeam",
    "ApplyTemplate",
    "ChangeIndicator",
    "ChangeRep",
    "ChangeSettings",
    "ChangeWorkspace",
    "Edit",
    "EndOverride",
    "Kept",
    "MoveIndicator",
    "MoveRep",
    "RemoveRep",
    "RenameTeam",
    "RetireIndicator",
    "RetireTeam",
    "SetManagers",
    "SetTarget",
    "edited",
]
