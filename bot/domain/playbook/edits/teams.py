"""Teams: new ones, retired ones, their names, settings and managers."""

from dataclasses import replace
from datetime import date

from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.playbook.edits.kinds import (
    AddTeam,
    ApplyTemplate,
    ChangeSettings,
    ChangeWorkspace,
    RenameTeam,
    SetManagers,
)
from bot.domain.playbook.edits.parts import given, team_named, tended, tidied
from bot.domain.playbook.plans import Playbook, TeamPlan


def changed_workspace(playbook: Playbook, edit: ChangeWorkspace) -> Playbook:
    """The workspace's own lines."""
    return replace(playbook, **given(edit))


def added_team(playbook: Playbook, edit: AddTeam) -> Playbook:
    """A team more, without reps and behaviours yet."""
    return replace(playbook, teams=(*playbook.teams, TeamPlan(**given(edit))))


def retired_team(playbook: Playbook, name: str) -> Playbook:
    """A team less."""
    team = team_named(playbook, name)
    return replace(playbook, teams=tuple(each for each in playbook.teams if each is not team))


def renamed_team(team: TeamPlan, edit: RenameTeam) -> TeamPlan:
    """The same team under another name."""
    return replace(team, **given(edit))


def changed_settings(team: TeamPlan, edit: ChangeSettings) -> TeamPlan:
    """What the edit says of the team, the rest as it was."""
    return replace(team, **given(edit))


def set_managers(team: TeamPlan, edit: SetManagers) -> TeamPlan:
    """The team with these managers."""
    return replace(team, managers=tidied(edit.managers))


def from_template(team: TeamPlan, edit: ApplyTemplate, today: date) -> TeamPlan:
    """What the template counts, with its overrides for segments that the team has.

    They count from today, or always where the team hasn't counted anything yet.
    """
    if not edit.plan.results:
        raise Refusal("That template counts nothing.")
    segments = {rep.segment for rep in team.reps if rep.segment}
    fitting = [each for each in edit.plan.overrides if each.segment in segments]
    taken = {(each.segment, each.indicator) for each in team.overrides}
    since = today if team.results else None
    new = [
        replace(each, from_date=since)
        for each in fitting
        if (each.segment, each.indicator) not in taken
    ]
    overrides = (*team.overrides, *new)
    return tended(replace(team, results=edit.plan.results, overrides=overrides))


def require_new_name(playbook: Playbook, name: str, own: TeamPlan | None = None) -> None:
    """Raises FormRefused for the name of another team."""
    wanted = tidied(name).casefold()
    for team in playbook.teams:
        if team is not own and " ".join(team.name.casefold().split()) == wanted:
            raise FormRefused({"name": f"There is already a team “{team.name}”."})
