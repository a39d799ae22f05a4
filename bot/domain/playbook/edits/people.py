"""The reps of a team."""

from dataclasses import replace
from typing import Any

from bot.domain.forms import FormRefused
from bot.domain.playbook.edits.kinds import AddRep, ChangeRep, MoveRep, RemoveRep
from bot.domain.playbook.edits.parts import called, given, rep_of, team_named, tended, with_team
from bot.domain.playbook.plans import Playbook, RepPlan, TeamPlan


def added_rep(playbook: Playbook, team: TeamPlan, edit: AddRep) -> TeamPlan:
    """The team with one rep more, at the end. Raises FormRefused for a rep of any team."""
    for other in playbook.teams:
        if any(rep.user == edit.user for rep in other.reps):
            raise FormRefused({"user": _already(called(playbook, edit.user), team, other)})
    return replace(team, reps=(*team.reps, RepPlan(**_said(edit))))


def _already(name: str, team: TeamPlan, other: TeamPlan) -> str:
    if other is team:
        return f"{name} is in {team.name} already."
    return f"{name} is a rep of {other.name}, and a rep is in one team at a time: move them here."


def changed_rep(team: TeamPlan, edit: ChangeRep) -> TeamPlan:
    """The rep with the details that the edit says; a segment that is empty goes with its targets.

    Raises Refusal for somebody who is no rep of the team.
    """
    old = rep_of(team, edit.user)
    new = replace(old, **_said(edit))
    return tended(replace(team, reps=tuple(new if rep is old else rep for rep in team.reps)))


def removed_rep(team: TeamPlan, edit: RemoveRep) -> TeamPlan:
    """The team without the rep. Raises Refusal for somebody who is no rep of the team."""
    old = rep_of(team, edit.user)
    return tended(replace(team, reps=tuple(rep for rep in team.reps if rep is not old)))


def moved_rep(playbook: Playbook, name: str, edit: MoveRep) -> Playbook:
    """The rep in the other team, at its end; time off, zone and dates go along."""
    here, there = team_named(playbook, name), team_named(playbook, edit.to)
    rep = rep_of(here, edit.user)
    if here is there:
        raise FormRefused({"to": f"{called(playbook, edit.user)} is in {here.name} already."})
    segments = {each.segment for each in there.reps}
    arriving = replace(rep, segment=rep.segment if rep.segment in segments else None)
    left = with_team(playbook, here, removed_rep(here, RemoveRep(edit.user)))
    return with_team(left, there, replace(there, reps=(*there.reps, arriving)))


def _said(edit: AddRep | ChangeRep) -> dict[str, Any]:
    """An empty text is as good as none."""
    return {name: None if value == "" else value for name, value in given(edit).items()}
