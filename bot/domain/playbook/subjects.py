"""The thing that a form is about, and how to see whether it is still what the form showed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from hashlib import blake2b

from bot.domain.errors import Refusal
from bot.domain.playbook.edits.kinds import (
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
from bot.domain.playbook.edits.parts import indicator_of, rep_of, team_named
from bot.domain.playbook.plans import BehaviourPlan, OverridePlan, Playbook, TeamPlan
from bot.domain.playbook.wording import part_name, shown
from bot.domain.quantities import plain


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

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


def subject_of(edit: Edit) -> Subject | None:
    """What the edit's form showed and the edit would overwrite; None for one that only adds."""
    match edit:
        case AddTeam() | AddRep() | AddResult() | AddBehaviour():
            return None
        case ChangeWorkspace():
            return Subject(SubjectKind.WORKSPACE)
        case RetireTeam() | RenameTeam() | ChangeSettings():
            return Subject(SubjectKind.SETTINGS)
        case SetManagers():
            return Subject(SubjectKind.MANAGERS)
        case _:
            return _part_of(edit)


def touched_by(edit: Edit) -> Subject:
    """What is different after the edit; of one that adds, what it adds."""
    match edit:
        case AddTeam():
            return Subject(SubjectKind.TEAMS, edit.name)
        case AddRep():
            return Subject(SubjectKind.REP, edit.user)
        case AddResult() | AddBehaviour():
            return Subject(SubjectKind.INDICATOR, edit.name)
        case _:
            return subject_of(edit) or Subject(SubjectKind.WORKSPACE)


def _part_of(
    edit: ChangeRep
    | MoveRep
    | RemoveRep
    | ChangeIndicator
    | RetireIndicator
    | SetTarget
    | EndOverride
    | MoveIndicator
    | ApplyTemplate,
) -> Subject:
    match edit:
        case ChangeRep() | MoveRep() | RemoveRep():
            return Subject(SubjectKind.REP, edit.user)
        case MoveIndicator() | ApplyTemplate():
            return Subject(SubjectKind.INDICATORS)
        case _:
            return Subject(SubjectKind.INDICATOR, edit.indicator)


State = Mapping[str, str]
"""What a subject says, by the names under which people know its parts."""


def state(playbook: Playbook, team: str, subject: Subject) -> State:
    """The subject as it stands, in words; empty where it isn't there (any more)."""
    try:
        return {
            part_name(name): shown(value) for name, value in _parts(playbook, team, subject).items()
        }
    except Refusal:
        return {}


def seen(playbook: Playbook, team: str, subject: Subject) -> str:
    """A fingerprint of the subject as it stands, field by field; empty where it isn't there."""
    parts = state(playbook, team, subject).items()
    return " ".join(f"{_digest(name)}.{_digest(said)}" for name, said in parts)


def changed_since(now: State, seen_then: str) -> tuple[str, ...]:
    """The parts that say something else than the fingerprint did."""
    known = set(seen_then.split())
    return tuple(
        name for name, said in now.items() if f"{_digest(name)}.{_digest(said)}" not in known
    )


def _parts(playbook: Playbook, name: str, subject: Subject) -> Mapping[str, object]:
    if subject.kind is SubjectKind.WORKSPACE:
        return {"name": playbook.name, "time zone": playbook.timezone}
    if subject.kind is SubjectKind.TEAMS:
        return {"teams": tuple(team.name for team in playbook.teams)}
    return _of_team(team_named(playbook, name), subject)


def _of_team(team: TeamPlan, subject: Subject) -> Mapping[str, object]:
    match subject.kind:
        case SubjectKind.SETTINGS:
            return _settings(team)
        case SubjectKind.MANAGERS:
            return {"managers": team.managers}
        case SubjectKind.REPS:
            return {"reps": tuple(rep.user for rep in team.reps)}
        case SubjectKind.REP:
            rep = rep_of(team, subject.name)
            return {"team": team.name} | _without(asdict(rep), "user", "away")
        case SubjectKind.INDICATORS:
            return {"results and behaviours": tuple(plan.name for plan in team.indicators)}
        case _:
            return _indicator(team, subject.name)


_LISTS = ("managers", "reps", "results", "overrides")


def _settings(team: TeamPlan) -> Mapping[str, object]:
    values = {each.name: getattr(team, each.name) for each in fields(team)}
    return _without(values, *_LISTS)


def _indicator(team: TeamPlan, name: str) -> Mapping[str, object]:
    plan = indicator_of(team, name)
    said: dict[str, object] = {
        "name": plan.name,
        "unit": plan.unit.name,
        "target": f"{plain(plan.target)} a {plan.period}",
        "aliases": plan.aliases,
    }
    if isinstance(plan, BehaviourPlan):
        said["next step"] = plan.leads_to
    own = [_override(each) for each in team.overrides if each.indicator == plan.name]
    return said | {"targets of reps and segments": tuple(own)}


def _override(override: OverridePlan) -> str:
    period = f" a {override.period}" if override.period else ""
    since = f" from {override.from_date}" if override.from_date else ""
    return f"{override.user or override.segment} {plain(override.target)}{period}{since}"


def _without(values: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in names}


def _digest(said: str) -> str:
    return blake2b(said.encode(), digest_size=4).hexdigest()
