"""What a playbook may be, but hardly wants to be: accepted, and said."""

from bot.domain.playbook.faults import Fault, Faults, Path
from bot.domain.playbook.names import indicators_of
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.domain.quantities import Measure, unit_named

FEWEST_RESULTS = 2
FEWEST_BEHAVIOURS = 3
"""For one result; below either a set-up is thin (method.md, belief 2)."""


def warnings(playbook: Playbook) -> tuple[Fault, ...]:
    """Thin set-ups, and settings without which something useful stays silent."""
    return tuple(
        fault
        for n, team in enumerate(playbook.teams)
        for fault in (*thin_faults(("teams", n), team), *_silent(("teams", n), team))
    )


def thin_faults(path: Path, team: TeamPlan) -> Faults:
    """Fewer results, or fewer behaviours for one of them, than the method asks for."""
    if len(team.results) < FEWEST_RESULTS:
        count = len(team.results) or "none"
        sentence = f"thin: a team does best with 2–3 results, here {_is(team.results)} {count}"
        yield Fault((*path, "results"), sentence)
    for n, result in enumerate(team.results):
        if len(result.behaviours) < FEWEST_BEHAVIOURS:
            count = len(result.behaviours) or "none"
            sentence = f"thin: about 4 behaviours drive a result, here {_is(result.behaviours)} "
            yield Fault((*path, "results", n), f"{sentence}{count} for “{result.name}”")


def _silent(path: Path, team: TeamPlan) -> Faults:
    if team.channel is None:
        yield Fault(path, f"{team.name} has no channel: celebrations have nowhere to go")
    if not team.managers:
        yield Fault(path, f"{team.name} has no manager: nobody gets its digest")
    if not team.reps:
        yield Fault(path, f"{team.name} has no reps yet")
    for here, plan in indicators_of(path, team):
        currency = unit_named(plan.unit.name.upper())
        if plan.unit.measure is Measure.COUNT and currency.measure is Measure.MONEY:
            sentence = f"“{plan.unit.name}” is counted: for money write {currency.name}"
            yield Fault((*here, "unit"), sentence)


def _is(things: tuple[object, ...]) -> str:
    return "is" if len(things) <= 1 else "are"
