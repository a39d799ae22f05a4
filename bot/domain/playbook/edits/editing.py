"""A playbook, changed by one edit and checked by the rules that hold for every playbook."""

from datetime import date

from bot.domain.playbook.edits import indicators, people, targets, teams
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
from bot.domain.playbook.edits.parts import team_named, with_team
from bot.domain.playbook.edits.refusing import refuse_faults
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.domain.playbook.rules import settled


def edited(playbook: Playbook, team: str, edit: Edit, today: date) -> Playbook:
    """The playbook after the edit of `team` (its name; that of an `AddTeam` doesn't matter).

    `today` is the team's local date, from which an undated target counts. Raises FormRefused with
    a sentence for each field of the edit that is wrong, and Refusal for what is no field's.
    """
    changed = _changed(playbook, team, edit, today)
    refuse_faults(playbook, changed, edit)
    return settled(changed)


def _changed(playbook: Playbook, name: str, edit: Edit, today: date) -> Playbook:
    match edit:
        case ChangeWorkspace():
            return teams.changed_workspace(playbook, edit)
        case AddTeam():
            teams.require_new_name(playbook, edit.name)
            return teams.added_team(playbook, edit)
        case RetireTeam():
            return teams.retired_team(playbook, name)
        case MoveRep():
            return people.moved_rep(playbook, name, edit)
        case _:
            team = team_named(playbook, name)
            return with_team(playbook, team, _changed_team(playbook, team, edit, today))


_OfTeam = RenameTeam | ChangeSettings | SetManagers | ApplyTemplate | AddRep | ChangeRep | RemoveRep
_OfIndicator = AddResult | AddBehaviour | ChangeIndicator | RetireIndicator | MoveIndicator
_OfTarget = SetTarget | EndOverride


def _changed_team(
    playbook: Playbook, team: TeamPlan, edit: _OfTeam | _OfIndicator | _OfTarget, today: date
) -> TeamPlan:
    match edit:
        case AddRep():
            return people.added_rep(playbook, team, edit)
        case ChangeRep():
            return people.changed_rep(team, edit)
        case RemoveRep():
            return people.removed_rep(team, edit)
        case RenameTeam() | ChangeSettings() | SetManagers() | ApplyTemplate():
            return _manners(playbook, team, edit, today)
        case SetTarget():
            return targets.set_target(team, edit, today)
        case _:
            return _counted(team, edit)


def _manners(
    playbook: Playbook,
    team: TeamPlan,
    edit: RenameTeam | ChangeSettings | SetManagers | ApplyTemplate,
    today: date,
) -> TeamPlan:
    match edit:
        case RenameTeam():
            teams.require_new_name(playbook, edit.name, team)
            return teams.renamed_team(team, edit)
        case ChangeSettings():
            return teams.changed_settings(team, edit)
        case SetManagers():
            return teams.set_managers(team, edit)
        case ApplyTemplate():
            return teams.from_template(team, edit, today)


def _counted(team: TeamPlan, edit: _OfIndicator | EndOverride) -> TeamPlan:
    match edit:
        case EndOverride():
            return targets.end_override(team, edit)
        case AddResult():
            return indicators.added_result(team, edit)
        case AddBehaviour():
            return indicators.added_behaviour(team, edit)
        case ChangeIndicator():
            return indicators.changed_indicator(team, edit)
        case RetireIndicator():
            return indicators.retired_indicator(team, edit)
        case MoveIndicator():
            return indicators.moved_indicator(team, edit)
