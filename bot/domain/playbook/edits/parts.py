"""Finding and putting back the parts of a playbook that an edit is about."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.playbook.edits.kinds import KEEP
from bot.domain.playbook.names import declared_name
from bot.domain.playbook.plans import (
    BehaviourPlan,
    OverridePlan,
    Playbook,
    RepPlan,
    ResultPlan,
    TeamPlan,
)


def team_named(playbook: Playbook, name: str) -> TeamPlan:
    """The team, in whatever case it is named. Raises Refusal where it isn't there."""
    key = name.casefold()
    found = next((team for team in playbook.teams if team.name.casefold() == key), None)
    if found is None:
        raise Refusal(f"There is no team “{name}” (any more).")
    return found


def with_team(playbook: Playbook, old: TeamPlan, new: TeamPlan) -> Playbook:
    """The playbook with one team in the place of another."""
    teams = tuple(new if team is old else team for team in playbook.teams)
    return replace(playbook, teams=teams)


def rep_of(team: TeamPlan, user: str) -> RepPlan:
    """The team's rep with this Slack id. Raises Refusal where there is none."""
    found = next((rep for rep in team.reps if rep.user == user), None)
    if found is None:
        raise Refusal(f"That person is no rep of {team.name} (any more).")
    return found


def called(playbook: Playbook, user: str) -> str:
    """What a rep is called in a sentence."""
    names = (rep.name for team in playbook.teams for rep in team.reps if rep.user == user)
    return next((name for name in names if name), user)


def indicator_of(team: TeamPlan, name: str) -> ResultPlan | BehaviourPlan:
    """The result or behaviour of this name. Raises Refusal where the team has none."""
    known = declared_name(name, (plan.name for plan in team.indicators))
    if known is None:
        raise Refusal(f"{team.name} doesn't count “{name}” (any more).")
    return next(plan for plan in team.indicators if plan.name == known)


def result_of(team: TeamPlan, name: str) -> ResultPlan:
    """The result of this name. Raises Refusal where the team has none."""
    found = indicator_of(team, name)
    if not isinstance(found, ResultPlan):
        raise Refusal(f"“{found.name}” is a behaviour, not a result.")
    return found


def each_indicator(team: TeamPlan, change: Callable[[ResultPlan | BehaviourPlan], Any]) -> TeamPlan:
    """The team with every result and behaviour changed, a result before what drives it."""
    results = tuple(
        replace(change(result), behaviours=tuple(change(each) for each in result.behaviours))
        for result in team.results
    )
    return replace(team, results=results)


def given(edit: object, *left_out: str) -> dict[str, Any]:
    """The fields of an edit that say something, tidied up; not those of these names."""
    assert is_dataclass(edit)
    said = {field.name: getattr(edit, field.name) for field in fields(edit)}
    return {
        name: tidied(value)
        for name, value in said.items()
        if value is not KEEP and name not in left_out
    }


def tidied(value: Any) -> Any:
    """Text without the blanks around and doubled inside it; of several, each once."""
    if type(value) is str:  # not a StrEnum, which is more than its text
        return " ".join(value.split())
    if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        words = (" ".join(each.split()) for each in value)
        return tuple(dict.fromkeys(word for word in words if word))
    return value


def same(name: str | None, other: str | None) -> bool:
    """Whether two names of behaviours or results mean the same one."""
    return name is not None and other is not None and declared_name(name, [other]) is not None


def tended(team: TeamPlan) -> TeamPlan:
    """Without the overrides of people, segments and indicators that aren't there; in order."""
    order = {plan.name: place for place, plan in enumerate(team.indicators)}
    users = {rep.user for rep in team.reps}
    segments = {rep.segment for rep in team.reps if rep.segment}
    kept = [
        override
        for override in team.overrides
        if override.indicator in order and (override.user in users or override.segment in segments)
    ]
    return replace(team, overrides=tuple(sorted(kept, key=lambda each: _rank(each, order))))


def _rank(override: OverridePlan, order: dict[str, int]) -> tuple[int, int]:
    """As they are stored: by indicator, undated ones first."""
    since = override.from_date
    return order[override.indicator], 0 if since is None else since.toordinal()
