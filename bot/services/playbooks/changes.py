"""What applying a playbook changes, in the order in which it is done, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from bot.domain.playbook.plans import TeamPlan
from bot.domain.playbook.wording import part_name, shown


@dataclass(slots=True)
class Changes:
    """Sentences for whoever applies the playbook; empty where it says what was so already."""

    lines: list[str] = field(default_factory=list)

    def note(self, subject: str, what: str) -> None:
        """One thing that is different from now on."""
        self.lines.append(f"{subject}: {what}")

    def note_fields(
        self, subject: str, old: object, new: object, names: Iterable[str]
    ) -> dict[str, object]:
        """Notes each field in which two plans differ; gives back the new values of those."""
        differing = {}
        for name in names:
            before, after = getattr(old, name), getattr(new, name)
            if before != after:
                differing[name] = after
                self.note(subject, f"{part_name(name)} {shown(before)} → {shown(after)}")
        return differing


@dataclass(frozen=True, slots=True)
class TeamStep:
    """One team's part of applying a playbook: what it shall be, was, and where it is stored.

    `before` is None for a team that is new or back; `today` is the team's local date.
    """

    connection: Connection
    workspace_id: str
    team_id: int
    plan: TeamPlan
    before: TeamPlan | None
    now: datetime
    today: date
    changes: Changes

    def note(self, what: str) -> None:
        """Says one thing that is different in this team from now on."""
        self.changes.note(self.plan.name, what)
