"""Changing a playbook from Slack: who may, what has changed meanwhile, once for each request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.queries.ledger.answered import answer_to, keep_answer
from bot.db.queries.playbooks.locks import lock_playbook
from bot.db.session import Session
from bot.domain.permissions import may_run_team, require_team
from bot.domain.playbook.edits import Edit, EndOverride, SetTarget, edited
from bot.domain.playbook.edits.parts import team_named
from bot.domain.playbook.effects import TargetEffect, effect_of
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.domain.playbook.subjects import Subject, subject_of
from bot.domain.playbook.subjects import seen as seen_now
from bot.services.playbooks.auditing_edits import note_edits
from bot.services.playbooks.conflicts import require_unchanged
from bot.services.playbooks.following import begin, follow
from bot.services.playbooks.permitting import require_edit
from bot.services.requests.callers import Caller
from bot.services.workspaces import active_playbook


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
        return seen_now(self.playbook, self.plan.name, subject)


@dataclass(frozen=True, slots=True)
class Saved:
    """What is different now, a line each in plain words; empty where nothing is.

    `team_id` is the team that was edited, the new one's after an `AddTeam`; None for a workspace's.
    """

    team_id: int | None
    lines: tuple[str, ...]


def editable(session: Session, caller: Caller, team_id: int) -> Editable:
    """The team as its forms show it. Raises NotPermitted, UnknownPerson, Refusal."""
    editing = begin(session, caller, team_id)
    require_team(editing.actor, team_id)
    mine = {key: name for key, name in editing.active.items() if may_run_team(editing.actor, key)}
    plan = team_named(editing.playbook, editing.team)
    return Editable(team_id, plan, editing.playbook, mine, editing.actor.is_admin)


def save_edits(
    session: Session,
    caller: Caller,
    team_id: int | None,
    edits: Sequence[Edit],
    seen: str | None,
    now: datetime,
) -> Saved:
    """Makes the edits so as one, once for the caller's key: again it says the same and changes
    nothing. Those after an `AddTeam` are about that team.

    `team_id` None is for `AddTeam` and `ChangeWorkspace`. `seen` is the fingerprint of
    `subject_of` the first edit when the form was opened; None: not asked. Raises FormRefused with
    errors under the edit's field names, Refusal where somebody else changed the same thing
    meanwhile (saying what it is now, and who did), NotPermitted, UnknownPerson. Then nothing has
    changed, if the transaction is rolled back.
    """
    lock_playbook(session.connection, caller.workspace_id)
    if (before := saved_before(session, caller)) is not None:
        return before
    editing = begin(session, caller, team_id)
    for edit in edits:
        require_edit(editing.actor, caller.user_id, team_id, edit, editing.ids)
    subject = subject_of(edits[0]) if edits else None
    if seen is not None and subject is not None:
        require_unchanged(session, editing.playbook, team_id, editing.team, subject, seen)
    lines = follow(session, editing, edits, now)
    if lines:
        note_edits(session, caller, editing.team_id, edits, lines, now)
    answer = {"team_id": editing.team_id, "lines": list(lines)}
    keep_answer(session.connection, caller.workspace_id, _key(caller), answer, now)
    return Saved(editing.team_id, lines)


def saved_before(session: Session, caller: Caller) -> Saved | None:
    """What was said to this very request, where it has been here already (a double click)."""
    said = answer_to(session.connection, caller.workspace_id, _key(caller))
    return None if said is None else Saved(said["team_id"], tuple(said["lines"]))


def _key(caller: Caller) -> str:
    return f"edit:{caller.user_id}:{caller.key}"


def effect_this_week(
    session: Session,
    caller: Caller,
    team_id: int,
    edit: SetTarget | EndOverride,
    now: datetime,
) -> TargetEffect:
    """What the change of target does to the people it concerns, before it is saved.

    Raises as `save_edits` would.
    """
    editing = begin(session, caller, team_id)
    require_edit(editing.actor, caller.user_id, team_id, edit, editing.ids)
    before, today = team_named(editing.playbook, editing.team), editing.today(now)
    after = team_named(edited(editing.playbook, editing.team, edit, today), editing.team)
    book = active_playbook(session, team_id)
    assert book is not None  # `begin` refuses a team that is retired
    return effect_of(book, before, after, edit, today, now)
