"""What the team counts: results, and below each the behaviours that drive it."""

from collections.abc import Sequence
from typing import Final

from bot.domain.indicators import MAX_BEHAVIOURS, MAX_RESULTS
from bot.domain.playbook.desk import Desk
from bot.domain.playbook.edits import (
    Edit,
    MoveIndicator,
)
from bot.domain.playbook.plans import BehaviourPlan, ResultPlan
from bot.domain.playbook.warnings import FEWEST_BEHAVIOURS, FEWEST_RESULTS
from bot.slack.views.coach import names
from bot.slack.views.coach.parts import buttons, choosing, page, safe, small, text, told
from bot.slack.views.coach.place import Kept, Place
from bot.slack.views.coach.words import target_words
from bot.slack.views.fields import Json


def counted_page(desk: Desk, kept: Kept, said: str = "") -> Json:
    """Results and behaviours in the method's order, and how full the caps are."""
    here, plan = kept.place, desk.plan
    blocks = [*told(said), buttons(_ways(desk, here), "ways"), small(_fill(desk), "fill")]
    for r, result in enumerate(plan.results):
        blocks.append(_result_row(result, r, here, len(plan.results)))
        blocks += [
            _behaviour_row(behaviour, (r, b), here, len(result.behaviours))
            for b, behaviour in enumerate(result.behaviours)
        ]
    if not plan.results:
        blocks.append(text(_NOTHING, "nothing"))
    return page("Results and behaviours", kept, blocks)


_NOTHING: Final = (
    "Nothing is counted yet. Begin with the result you want, then add the few behaviours that "
    "drive it; or start from a template."
)


def _ways(desk: Desk, here: Place) -> Sequence[tuple[str, Place]]:
    plan = desk.plan
    ways = []
    if len(plan.results) < MAX_RESULTS:
        ways.append(("Add a result", here.to(names.RESULT_ADD)))
    if plan.results and len(plan.behaviours) < MAX_BEHAVIOURS:
        ways.append(("Add a behaviour", here.to(names.BEHAVIOUR_ADD)))
    if desk.retired:
        ways.append(("Bring one back", here.to(names.INDICATOR_BACK)))
    if not plan.results:
        ways.append(("Templates", here.to(names.TEMPLATES)))
    return [*ways, ("‹ Back", here.to(names.HUB))]


def _fill(desk: Desk) -> str:
    thin = len(desk.plan.results) < FEWEST_RESULTS
    advice = f"  ·  ⚠️ thin: {FEWEST_RESULTS} or {MAX_RESULTS} results work best" if thin else ""
    return f"{desk.fill}{advice}"


def _result_row(result: ResultPlan, place: int, here: Place, of: int) -> Json:
    thin = len(result.behaviours) < FEWEST_BEHAVIOURS
    mark = "\n⚠️ thin: about 4 behaviours drive a result" if thin else ""
    said = f"🏁  *{safe(result.name)}*  ·  {safe(target_words(result))}{_aliases(result)}{mark}"
    todo = [("Edit", here.to(names.INDICATOR, result.name))]
    todo += _moves(result.name, place, of, here)
    todo.append(("Retire…", here.to(names.INDICATOR_RETIRE, result.name)))
    return choosing(said, todo, f"result:{place}")


def _behaviour_row(behaviour: BehaviourPlan, place: tuple[int, int], here: Place, of: int) -> Json:
    leads = f"  ·  leads to {safe(behaviour.leads_to)}" if behaviour.leads_to else ""
    said = f"•  {safe(behaviour.name)}  ·  {safe(target_words(behaviour))}"
    todo = [("Edit", here.to(names.INDICATOR, behaviour.name))]
    todo += _moves(behaviour.name, place[1], of, here)
    todo.append(("Retire…", here.to(names.INDICATOR_RETIRE, behaviour.name)))
    return choosing(f"{said}{_aliases(behaviour)}{leads}", todo, f"behaviour:{place[0]}:{place[1]}")


def _moves(name: str, place: int, of: int, here: Place) -> list[tuple[str, Place]]:
    moves = [("Move up", here.to(names.MOVE_UP, name, place - 1))] if place else []
    return moves + (
        [("Move down", here.to(names.MOVE_DOWN, name, place + 1))] if place + 1 < of else []
    )


def _aliases(plan: ResultPlan | BehaviourPlan) -> str:
    return f"  ·  _{safe(', '.join(plan.aliases), 60)}_" if plan.aliases else ""


def move_edits(place: Place) -> tuple[Edit, ...]:
    """One step up or down; the button says to which place."""
    return (MoveIndicator(place.subject, place.number),)
