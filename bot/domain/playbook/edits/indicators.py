"""Results and behaviours of a team: new, changed, retired, in another place."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.playbook.edits.kinds import (
    KEEP,
    AddBehaviour,
    AddResult,
    ChangeIndicator,
    MoveIndicator,
    RetireIndicator,
)
from bot.domain.playbook.edits.parts import (
    each_indicator,
    given,
    indicator_of,
    result_of,
    same,
    tended,
)
from bot.domain.playbook.edits.targets import with_period
from bot.domain.playbook.names import default_unit
from bot.domain.playbook.plans import BehaviourPlan, OverridePlan, ResultPlan, TeamPlan
from bot.domain.quantities import Unit, unit_named


def added_result(team: TeamPlan, edit: AddResult) -> TeamPlan:
    """The team with one result more, at the end."""
    said = given(edit)
    plan = ResultPlan(**said | {"unit": _unit(said["unit"], said["name"])})
    return replace(team, results=(*team.results, plan))


def added_behaviour(team: TeamPlan, edit: AddBehaviour) -> TeamPlan:
    """The team with one behaviour more, the last of its result."""
    result = _result_in("result", team, edit.result)
    said = given(edit, "result")
    said["leads_to"] = said["leads_to"] or None
    plan = BehaviourPlan(**said | {"unit": _unit(said["unit"], said["name"])})
    return _with_behaviours(team, result, (*result.behaviours, plan))


def changed_indicator(team: TeamPlan, edit: ChangeIndicator) -> TeamPlan:
    """The same result or behaviour with another name, unit, period, aliases or next step."""
    old = indicator_of(team, edit.indicator)
    said = given(edit, "indicator", "period")
    if isinstance(old, ResultPlan) and said.pop("leads_to", None):
        raise FormRefused({"leads_to": "A result is where a funnel ends: it leads to nothing."})
    if "leads_to" in said:
        said["leads_to"] = said["leads_to"] or None
    said["unit"] = _unit_after(old, said)
    changed = each_indicator(team, lambda plan: replace(plan, **said) if plan is old else plan)
    renamed = _renamed(changed, old.name, str(said.get("name", old.name)))
    if edit.period is KEEP:
        return renamed
    return with_period(renamed, str(said.get("name", old.name)), edit.period)


def retired_indicator(team: TeamPlan, edit: RetireIndicator) -> TeamPlan:
    """The team without it; what led to a retired behaviour leads on to its next step."""
    old = indicator_of(team, edit.indicator)
    gone = [old.name]
    if isinstance(old, ResultPlan):
        gone += [each.name for each in old.behaviours]
    results = tuple(
        replace(result, behaviours=_without(team, result.behaviours, gone))
        for result in team.results
        if result.name not in gone
    )
    return tended(replace(team, results=results))


def moved_indicator(team: TeamPlan, edit: MoveIndicator) -> TeamPlan:
    """It at another place among its like; a behaviour may go to another result."""
    old = indicator_of(team, edit.indicator)
    if isinstance(old, ResultPlan):
        if edit.result is not None:
            raise Refusal(f"“{old.name}” is a result: it drives nothing.")
        return tended(replace(team, results=_placed(team.results, old, edit.place)))
    holder = next(each for each in team.results if old in each.behaviours)
    result = holder if edit.result is None else _result_in("result", team, edit.result)
    left = tuple(each for each in holder.behaviours if each is not old)
    without = _with_behaviours(team, holder, left)
    host = next(each for each in without.results if each.name == result.name)
    return tended(_with_behaviours(without, host, _placed(host.behaviours, old, edit.place)))


def _unit(given_name: str | None, name: str) -> Unit:
    return unit_named(given_name) if given_name else default_unit(name)


def _unit_after(old: ResultPlan | BehaviourPlan, said: dict[str, Any]) -> Unit:
    """The unit that is named; one that was the old name becomes the new name."""
    name = said.get("name", old.name)
    if "unit" in said:
        return _unit(said["unit"], name)
    return default_unit(name) if old.unit == default_unit(old.name) else old.unit


def _result_in(field: str, team: TeamPlan, name: str) -> ResultPlan:
    try:
        return result_of(team, name)
    except Refusal as refusal:
        raise FormRefused({field: refusal.sentence}) from None


def _with_behaviours(
    team: TeamPlan, result: ResultPlan, behaviours: tuple[BehaviourPlan, ...]
) -> TeamPlan:
    new = replace(result, behaviours=behaviours)
    return replace(team, results=tuple(new if each is result else each for each in team.results))


def _placed(plans: tuple[Any, ...], plan: Any, place: int) -> tuple[Any, ...]:
    others = [each for each in plans if each is not plan]
    others.insert(max(0, place), plan)
    return tuple(others)


def _renamed(team: TeamPlan, old: str, new: str) -> TeamPlan:
    """Whatever names it names it anew."""
    if old == new:
        return team

    def follow(plan: ResultPlan | BehaviourPlan) -> ResultPlan | BehaviourPlan:
        if isinstance(plan, BehaviourPlan) and same(plan.leads_to, old):
            return replace(plan, leads_to=new)
        return plan

    overrides = tuple(_override_of(each, old, new) for each in team.overrides)
    return replace(each_indicator(team, follow), overrides=overrides)


def _override_of(override: OverridePlan, old: str, new: str) -> OverridePlan:
    if override.behaviour == old:
        return replace(override, behaviour=new)
    return replace(override, result=new) if override.result == old else override


def _without(
    team: TeamPlan, behaviours: Iterable[BehaviourPlan], gone: list[str]
) -> tuple[BehaviourPlan, ...]:
    steps = {plan.name: plan.leads_to for plan in team.behaviours}

    def next_step(name: str | None) -> str | None:
        while name in gone:
            name = steps[name]
        return name

    return tuple(
        replace(each, leads_to=next_step(each.leads_to))
        for each in behaviours
        if each.name not in gone
    )
