"""Changing a playbook from Slack: who may, what has changed meanwhile, once for each request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.session import Session
from bot.domain.playbook.edits import Edit, EndOverride, SetTarget
from bot.domain.playbook.effects import TargetEffect
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.domain.playbook.subjects import Subject
from bot.services.requests.callers import Caller


@dataclass(frozen=True, slots=True)
class Editable:
    """What a form shows: the team's plan within its playbook.

    `teams` are the active teams that the caller may edit, names by id; `is_admin` whether managers
    and teams are the caller's to name. `plan` is `playbook`'s team.
    """

    team_id: int
    plan: TeamPlan
    playbook: Playbook
    teams: Mapping[int, str]
    is_admin: bool

    def seen(self, subject: Subject) -> str:
        """The subject's fingerprint, to be carried in the form's metadata."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Saved:
    """What is different now, a line each in plain words; empty where nothing is.

    `team_id` is the team that was edited, the new one's after an `AddTeam`; None for a workspace's.
    """

    team_id: int | None
    lines: tuple[str, ...]


def editable(session: Session, caller: Caller, team_id: int) -> Editable:
    """The team as its forms show it. Raises NotPermitted, UnknownPerson, Refusal."""
    raise NotImplementedError


def subject_seen(session: Session, caller: Caller, team_id: int, subject: Subject) -> str:
    """`editable(…).seen(subject)` alone."""
    raise NotImplementedError


def save_edit(
    session: Session,
    caller: Caller,
    team_id: int | None,
    edit: Edit,
    seen: str | None,
    now: datetime,
) -> Saved:
    """Makes the edit so, once for the caller's key: again it says the same and changes nothing.

    `team_id` None is for `AddTeam` and `ChangeWorkspace`. `seen` is the fingerprint of
    `subject_of(edit)` when the form was opened; None: not asked. Raises FormRefused with errors
    under the edit's field names, Refusal where somebody else changed the same thing meanwhile
    (saying what it is now, and who did), NotPermitted, UnknownPerson. Then nothing has changed.
    """
    return save_edits(session, caller, team_id, (edit,), seen, now)


def save_edits(
    session: Session,
    caller: Caller,
    team_id: int | None,
    edits: Sequence[Edit],
    seen: str | None,
    now: datetime,
) -> Saved:
    """Several edits as one, all or nothing; those after an `AddTeam` are about that team.

    `seen` is about the first one's subject. Raises as `save_edit`.
    """
    raise NotImplementedError


def effect_this_week(
    session: Session,
    caller: Caller,
    team_id: int,
    edit: SetTarget | EndOverride,
    now: datetime,
) -> TargetEffect:
    """What the change of target does to the people it concerns, before it is saved.

    Raises as `save_edit` would.
    """
    raise NotImplementedError
