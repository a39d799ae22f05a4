"""Forms for what the team counts: added, edited, retired, brought back."""

from dataclasses import replace
from typing import Final

from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.indicators import MAX_BEHAVIOURS
from bot.domain.playbook.amounts import RESULT_PERIODS
from bot.domain.playbook.desk import Desk
from bot.domain.playbook.edits import (
    KEEP,
    AddBehaviour,
    AddResult,
    ChangeIndicator,
    Edit,
    MoveIndicator,
    RetireIndicator,
)
from bot.domain.playbook.names import default_unit
from bot.domain.playbook.plans import BehaviourPlan, ResultPlan
from bot.domain.quantities import Unit, unit_named
from bot.slack.views import fields
from bot.slack.views.coach.parts import form, safe, text
from bot.slack.views.coach.place import Kept
from bot.slack.views.coach.words import read_aliases, read_period, read_target
from bot.slack.views.fields import Choices, Json
from bot.slack.views.filled import Filled

_UNIT_HINT: Final = (
    "What stands behind the number: meetings, calls. “hours” are counted in quarters; "
    "GBP, USD or € make it money. Empty: the name."
)
_ALIASES_HINT: Final = "Short words for /log, with commas between them: fm, meeting"
_SHORTEST: Final = {kind: place for place, kind in enumerate(PeriodKind)}
_IT_ENDS: Final = "-"
"""The funnel's next step is the result itself."""


def result_form(_desk: Desk, kept: Kept) -> Json:
    """A new result."""
    blocks = [
        fields.line("name", "Result", placeholder="New customers"),
        *_measured(PeriodKind.QUARTER, RESULT_PERIODS),
        _alias_field(None),
    ]
    return form("Add a result", kept, blocks, "Add")


def result_edits(_desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    name = filled.needed("name", "Type a name.")
    unit = filled.text("unit")
    target = read_target(filled, "target", _unit(unit, name))
    period = read_period(filled, "period")
    return (AddResult(name, target, period, unit, read_aliases(filled, "aliases")),)


def behaviour_form(desk: Desk, kept: Kept) -> Json:
    """A new behaviour."""
    results = [(result.name, result.name) for result in desk.plan.results]
    if not results:
        raise Refusal("Add a result first: every behaviour drives one.")
    blocks = [
        fields.line("name", "Behaviour", placeholder="First meetings"),
        fields.choice("result", "Drives", results, results[0][0]),
        *_measured(PeriodKind.WEEK, frozenset(PeriodKind)),
        _alias_field(None),
        _leads_to(desk, None),
    ]
    return form("Add a behaviour", kept, blocks, "Add")


def behaviour_edits(_desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    name = filled.needed("name", "Type a name.")
    unit = filled.text("unit")
    added = AddBehaviour(
        name=name,
        result=filled.chosen("result") or "",
        target=read_target(filled, "target", _unit(unit, name)),
        period=read_period(filled, "period"),
        unit=unit,
        aliases=read_aliases(filled, "aliases"),
        leads_to=_next_step(filled),
    )
    return (added,)


def indicator_form(desk: Desk, kept: Kept) -> Json:
    """A result or behaviour that is there."""
    plan = the_indicator(desk, kept.place.subject)
    unit = None if plan.unit == default_unit(plan.name) else plan.unit.name
    allowed = RESULT_PERIODS if isinstance(plan, ResultPlan) else frozenset(PeriodKind)
    drives = desk.result_of(plan.name)
    kept = replace(kept, draft={"result": (drives.name,)} if drives else {})
    blocks = [
        fields.line("name", "Name", plan.name),
        fields.line("unit", "Unit", unit, most=40, optional=True, hint=_UNIT_HINT),
        fields.choice("period", "Counted per", _periods(allowed), plan.period.value),
        _alias_field(plan.aliases),
    ]
    if isinstance(plan, BehaviourPlan):
        blocks += [_drives(desk, plan), _leads_to(desk, plan)]
    kind = "result" if isinstance(plan, ResultPlan) else "behaviour"
    return form(f"Edit {kind}", kept, blocks)


def indicator_edits(_desk: Desk, kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    name = filled.needed("name", "Type a name.")
    change = ChangeIndicator(
        kept.place.subject,
        name=name,
        unit=filled.text("unit"),
        aliases=read_aliases(filled, "aliases"),
        period=read_period(filled, "period"),
        leads_to=_next_step(filled) if filled.chosen("leads_to") else KEEP,
    )
    result, before = filled.chosen("result"), Filled(kept.draft).chosen("result")
    if result in (None, before):
        return (change,)
    return (change, MoveIndicator(name, MAX_BEHAVIOURS, result))


def retire_form(desk: Desk, kept: Kept) -> Json:
    """Whether something shall really no longer be counted."""
    plan = the_indicator(desk, kept.place.subject)
    asked = f"*{safe(plan.name)}* is no longer logged from today. Its history stays."
    if isinstance(plan, ResultPlan) and plan.behaviours:
        along = "\n".join(f"•  {safe(each.name)}" for each in plan.behaviours)
        asked += f"\n\nThe behaviours that drive it go with it:\n{along}"
    return form("Retire", kept, [text(asked, "sure")], "Retire")


def retire_edits(_desk: Desk, kept: Kept, _filled: Filled) -> tuple[Edit, ...]:
    return (RetireIndicator(kept.place.subject),)


def back_form(desk: Desk, kept: Kept) -> Json:
    """What is retired, to be counted again with its history."""
    options = [(str(each.id), f"{each.name} ({each.kind.value})") for each in desk.retired]
    if not options:
        raise Refusal("Nothing is retired in this team.")
    blocks = [
        fields.choice("name", "Bring back", options),
        fields.line("target", "Target", most=20, placeholder="5"),
        fields.choice("period", "Per", _periods(frozenset(PeriodKind)), PeriodKind.WEEK.value),
    ]
    if desk.plan.results:
        results = [(result.name, result.name) for result in desk.plan.results]
        hint = "For a behaviour."
        blocks.append(
            fields.choice("result", "Drives", results, results[0][0], optional=True, hint=hint)
        )
    return form("Bring back", kept, blocks, "Bring back")


def back_edits(desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    chosen = filled.chosen("name")
    retired = next((each for each in desk.retired if str(each.id) == chosen), None)
    if retired is None:
        raise FormRefused({"name": "It is counted already: choose another."})
    name, unit, aliases = retired.name, retired.unit.name, retired.aliases
    target = read_target(filled, "target", retired.unit)
    period = read_period(filled, "period")
    if retired.is_result:
        return (AddResult(name, target, period, unit, aliases),)
    result = filled.chosen("result") or ""
    return (AddBehaviour(name, result, target, period, unit, aliases),)


def the_indicator(desk: Desk, name: str) -> ResultPlan | BehaviourPlan:
    """Raises Refusal for what the team doesn't count (any more)."""
    plan = desk.indicator(name)
    if plan is None:
        raise Refusal(f"Your team no longer counts “{name}”.")
    return plan


def _measured(period: PeriodKind, allowed: frozenset[PeriodKind]) -> list[Json]:
    return [
        fields.line("target", "Target for each rep", most=20, placeholder="5"),
        fields.choice("period", "Per", _periods(allowed), period.value),
        fields.line("unit", "Unit", most=40, optional=True, hint=_UNIT_HINT),
    ]


def _periods(allowed: frozenset[PeriodKind]) -> Choices:
    kinds = sorted(allowed, key=_SHORTEST.__getitem__)
    return [(kind.value, kind.value.capitalize()) for kind in kinds]


def _alias_field(aliases: tuple[str, ...] | None) -> Json:
    typed = ", ".join(aliases or ())
    return fields.line(
        "aliases", "Short names", typed, most=1000, optional=True, hint=_ALIASES_HINT
    )


def _drives(desk: Desk, plan: BehaviourPlan) -> Json:
    results = [(result.name, result.name) for result in desk.plan.results]
    now = desk.result_of(plan.name)
    return fields.choice("result", "Drives", results, now.name if now else None)


def _leads_to(desk: Desk, plan: BehaviourPlan | None) -> Json:
    others = [each.name for each in desk.plan.behaviours if plan is None or each.name != plan.name]
    options = [(_IT_ENDS, "The result itself"), *((each, each) for each in others)]
    chosen = plan.leads_to if plan is not None and plan.leads_to else _IT_ENDS
    hint = "The funnel: what comes of it when it goes well."
    return fields.choice("leads_to", "Leads to", options, chosen, hint=hint)


def _next_step(filled: Filled) -> str | None:
    chosen = filled.chosen("leads_to")
    return None if chosen in (None, _IT_ENDS) else chosen


def _unit(typed: str | None, name: str) -> Unit:
    return unit_named(typed) if typed else default_unit(name)
