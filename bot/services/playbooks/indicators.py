"""The results and behaviours of a playbook. Names tell them apart; ids and history stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from bot.db.queries.rows import insert_row, update_row
from bot.db.tables import indicators
from bot.domain.indicators import IndicatorKind
from bot.domain.playbook.plans import BehaviourPlan, ResultPlan
from bot.domain.playbook.wording import shown
from bot.services.playbooks.changes import TeamStep


@dataclass(frozen=True, slots=True)
class AppliedIndicators:
    """The ids of the plan's indicators by name, and which of them there never was before."""

    ids: Mapping[str, int]
    new: frozenset[int]


def apply_indicators(step: TeamStep) -> AppliedIndicators:
    """Adds, changes and retires; an indicator that was retired comes back with its history."""
    stored = {row.name.casefold(): row for row in _stored(step)}
    _retire(step, stored)
    ids: dict[str, int] = {}
    new = set()
    for position, plan in enumerate(step.plan.indicators):
        row = stored.get(plan.name.casefold())
        columns = _columns(plan) | {"position": position}
        if row is None:
            ids[plan.name] = _insert(step, columns)
            new.add(ids[plan.name])
        else:
            ids[plan.name] = _update(step, row, columns)
    _link(step, ids, stored)
    _note_order(step)
    return AppliedIndicators(ids, frozenset(new))


def _stored(step: TeamStep) -> list[Row[Any]]:
    query = select(indicators).where(indicators.c.team_id == step.team_id)
    return list(step.connection.execute(query))


def _retire(step: TeamStep, stored: Mapping[str, Row[Any]]) -> None:
    kept = {plan.name.casefold() for plan in step.plan.indicators}
    for key, row in stored.items():
        if key not in kept and row.retired_on is None:
            update_row(step.connection, indicators, row.id, retired_on=step.today)
            step.note(f"{row.name} retired from {step.today}; its history stays")


def _columns(plan: ResultPlan | BehaviourPlan) -> dict[str, object]:
    is_result = isinstance(plan, ResultPlan)
    return {
        "kind": str(IndicatorKind.RESULT if is_result else IndicatorKind.BEHAVIOUR),
        "name": plan.name,
        "unit": plan.unit.name,
        "period": str(plan.period),
        "aliases": list(plan.aliases),
    }


def _insert(step: TeamStep, columns: dict[str, object]) -> int:
    step.note(f"new {columns['kind']} {columns['name']}")
    row = {"workspace_id": step.workspace_id, "team_id": step.team_id, "created_at": step.now}
    return insert_row(step.connection, indicators, **row, **columns)


def _update(step: TeamStep, row: Row[Any], columns: dict[str, object]) -> int:
    if row.retired_on is not None:
        step.note(f"{row.name} is back")
    for name, value in columns.items():
        if name != "position" and row._mapping[name] != value:
            before = row._mapping[name]
            step.note(f"{row.name}: {name} {shown(before)} → {shown(value)}")
    update_row(step.connection, indicators, row.id, **columns, retired_on=None)
    return int(row.id)


def _link(step: TeamStep, ids: Mapping[str, int], stored: Mapping[str, Row[Any]]) -> None:
    """What each behaviour drives and leads to, once all of them have ids."""
    for result in step.plan.results:
        for behaviour in result.behaviours:
            links = {
                "drives_id": ids[result.name],
                "leads_to_id": ids[behaviour.leads_to] if behaviour.leads_to else None,
            }
            _note_links(step, behaviour, result, links, stored.get(behaviour.name.casefold()))
            update_row(step.connection, indicators, ids[behaviour.name], **links)


def _note_order(step: TeamStep) -> None:
    """Says that what was there already stands in another order."""
    before = [plan.name.casefold() for plan in (step.before.indicators if step.before else ())]
    after = [plan.name.casefold() for plan in step.plan.indicators]
    if [key for key in before if key in after] != [key for key in after if key in before]:
        step.note(f"the order is {', '.join(plan.name for plan in step.plan.indicators)}")


def _note_links(
    step: TeamStep,
    behaviour: BehaviourPlan,
    result: ResultPlan,
    links: Mapping[str, int | None],
    row: Row[Any] | None,
) -> None:
    if row is None:
        return
    if row.drives_id != links["drives_id"]:
        step.note(f"{behaviour.name} drives {result.name}")
    if row.leads_to_id != links["leads_to_id"]:
        step.note(f"{behaviour.name} leads to {behaviour.leads_to or result.name}")
