"""Who may make which change of a playbook (design §2.8)."""

from collections.abc import Mapping
from dataclasses import fields

from bot.domain.errors import NotPermitted
from bot.domain.permissions import Actor, may_name_managers, require_team
from bot.domain.playbook.edits import (
    KEEP,
    AddTeam,
    ChangeRep,
    ChangeWorkspace,
    Edit,
    MoveRep,
    RetireTeam,
    SetManagers,
)

_OWN = frozenset({"user", "nudge_at", "timezone"})
"""What a rep may change of the rep's own details."""
_ADMINS_ALONE = (AddTeam, RetireTeam, SetManagers, ChangeWorkspace)


def require_edit(
    actor: Actor, user_id: str, team_id: int | None, edit: Edit, teams: Mapping[str, int]
) -> None:
    """Raises NotPermitted unless the actor (with this Slack id) may make the edit of the team.

    `teams` has the ids of the workspace's teams by their names in lower case.
    """
    if isinstance(edit, _ADMINS_ALONE):
        if not may_name_managers(actor):
            raise NotPermitted("Only a Pacesetter admin may add or retire teams or name managers.")
        return
    if isinstance(edit, ChangeRep) and edit.user == user_id and _said(edit) <= _OWN:
        return
    require_team(actor, team_id)
    if isinstance(edit, MoveRep):
        require_team(actor, teams.get(edit.to.casefold()))


def _said(edit: ChangeRep) -> set[str]:
    return {each.name for each in fields(edit) if getattr(edit, each.name) is not KEEP}
