"""Rules about the funnel: each behaviour leads to another of its team, the last to the result."""

from collections.abc import Mapping
from difflib import get_close_matches

from bot.domain.playbook.faults import Fault, Faults, Path
from bot.domain.playbook.names import declared_name, indicators_of, name_key
from bot.domain.playbook.plans import BehaviourPlan, TeamPlan


def funnel_faults(path: Path, team: TeamPlan) -> Faults:
    """Steps that lead nowhere, to a result (they all do), or round in a circle."""
    names = [behaviour.name for behaviour in team.behaviours]
    steps = _steps(team)
    for here, plan in indicators_of(path, team):
        if not isinstance(plan, BehaviourPlan) or plan.leads_to is None:
            continue
        spot = (*here, "leads_to")
        if declared_name(plan.leads_to, names) is None:
            yield Fault(spot, _unknown(plan.leads_to, team, names))
        elif _closes_circle(name_key(plan.name), steps):
            yield Fault(spot, "goes round in a circle: a funnel ends at the result")


def did_you_mean(word: str, known: list[str]) -> str:
    """A sentence that names the likeliest of the known words; empty where none is like it."""
    spelt = {each.casefold(): each for each in known}
    likely = get_close_matches(word.casefold(), spelt, n=1)
    return f"Did you mean “{spelt[likely[0]]}”?" if likely else ""


def _unknown(name: str, team: TeamPlan, names: list[str]) -> str:
    if declared_name(name, (result.name for result in team.results)):
        return f"“{name}” is a result: leave leads_to out, every funnel ends at its result"
    sentence = f"the team has no behaviour “{name}”."
    return f"{sentence} {did_you_mean(name, names)}".strip()


def _steps(team: TeamPlan) -> Mapping[str, str]:
    return {
        name_key(behaviour.name): name_key(behaviour.leads_to)
        for behaviour in team.behaviours
        if behaviour.leads_to is not None
    }


def _closes_circle(start: str, steps: Mapping[str, str]) -> bool:
    """Whether the steps come back to the start, which stands last in the file of all of them."""
    walked = [start]
    while (step := steps.get(walked[-1])) is not None and step not in walked:
        walked.append(step)
    order = list(steps)
    return step == start and start == max(walked, key=order.index)
