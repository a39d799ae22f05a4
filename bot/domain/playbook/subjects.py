"""The thing that a form is about, and how to see whether it is still what the form showed."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.playbook.edits.kinds import Edit
from bot.domain.playbook.plans import Playbook


class SubjectKind(StrEnum):
    """What forms are about."""

    WORKSPACE = "workspace"
    TEAMS = "teams"  # which there are
    SETTINGS = "settings"  # a team's name, times, channel, manners
    MANAGERS = "managers"
    REPS = "reps"  # which there are
    REP = "rep"  # `name` is the user id
    INDICATORS = "indicators"  # which there are, and in which order
    INDICATOR = "indicator"  # `name` is its name; with its targets, the team's and others


@dataclass(frozen=True, slots=True)
class Subject:
    """One such thing: `Subject(SubjectKind.REP, "U02RILEY")`."""

    kind: SubjectKind
    name: str = ""


def subject_of(edit: Edit) -> Subject | None:
    """What the edit's form showed and the edit would overwrite; None for one that only adds."""
    raise NotImplementedError


def seen(playbook: Playbook, team: str, subject: Subject) -> str:
    """A fingerprint of the subject as it stands, field by field; empty where it isn't there."""
    raise NotImplementedError
