"""What was filled in at a place becomes part of the draft, and what is wrong there is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.forms import FormRefused
from bot.domain.grammar.words import from_slack
from bot.domain.indicators import MAX_BEHAVIOURS, MAX_RESULTS
from bot.domain.playbook.names import name_key
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.domain.setups.drafts import (
    BLANK,
    PEOPLE,
    RESULTS,
    START,
    TARGETS,
    TIMES,
    Draft,
    DraftIndicator,
    DraftResult,
    Times,
    compact,
    linked,
    result_number,
)
from bot.domain.setups.planning import as_drafted, errors_of, planned, within

Fields = Mapping[str, str | tuple[str, ...] | None]
"""What a form brought, by its fields' names: a text, several choices, or nothing."""

_OF_PLACE: Final = {
    START: ("template", "name"),
    RESULTS: ("result:",),
    TARGETS: ("target:",),
    PEOPLE: ("reps", "managers", "channel"),
    TIMES: ("nudge_at", "day_ends_at", "digest_day", "digest_at", "workdays", "holidays"),
}
_TIMES: Final = ("nudge_at", "day_ends_at", "digest_day", "digest_at", "holidays", "timezone")


def filled(draft: Draft, place: str, fields: Fields, templates: Mapping[str, TeamPlan]) -> Draft:
    """The draft with what was typed at the place, right or wrong."""
    if place == START:
        return _start(draft, fields, templates)
    if place == RESULTS:
        return _results(draft, fields, _ideas(templates))
    if (number := result_number(place)) is not None:
        return _behaviours(draft, number, fields, _ideas(templates))
    if place == TARGETS:
        return _targets(draft, fields)
    if place == PEOPLE:
        return replace(
            draft,
            reps=_many(fields, "reps", draft.reps),
            managers=_many(fields, "managers", draft.managers),
            channel=_text(fields, "channel") or None,
        )
    return replace(draft, times=_times(draft.times, fields)) if place == TIMES else draft


def checked(draft: Draft, place: str, playbook: Playbook) -> Draft:
    """The draft without empty slots, fit to leave the place.

    Raises FormRefused with what is wrong at the place; what is wrong elsewhere has its turn there.
    """
    stored = team_named(playbook, draft.team)
    made = planned(draft, stored)
    found = errors_of(made, within(playbook, made.plan, draft.team))
    errors = {field: said for field, said in found.items() if _belongs(field, place)}
    errors |= _missing(draft, place)
    if errors:
        raise FormRefused(_with_names(errors, draft))
    return compact(draft)


def team_named(playbook: Playbook, name: str) -> TeamPlan | None:
    """The team of exactly this name, None where there is none, or no name."""
    return next((team for team in playbook.teams if name and team.name == name), None)


def _start(draft: Draft, fields: Fields, templates: Mapping[str, TeamPlan]) -> Draft:
    chosen, name = _text(fields, "template"), _text(fields, "name")
    plan = templates.get(chosen)
    results = draft.results
    if chosen != draft.template:
        results = as_drafted(plan) if plan else ()
    fallback = plan.name if plan else ""
    return replace(draft, template=chosen, name=name or fallback, results=results)


def _results(draft: Draft, fields: Fields, ideas: Mapping[str, DraftIndicator]) -> Draft:
    """By place: another name at a place is another result, which keeps the behaviours there."""
    slots = max(MAX_RESULTS, len(draft.results))
    known = {name_key(each.name): each for each in draft.results if each.name}
    results = []
    for slot in range(slots):
        typed = _text(fields, f"result:{slot}")
        here = draft.results[slot] if slot < len(draft.results) else DraftResult("")
        same = known.get(name_key(typed)) if typed else None
        idea = ideas.get(name_key(typed)) if typed else None
        if same is not None:
            results.append(replace(same, name=typed))
        else:
            target = idea.target if idea else ""
            results.append(DraftResult(typed, target, (), here.behaviours if typed else ()))
    return _without_lost(draft, replace(draft, results=tuple(results)))


def _behaviours(
    draft: Draft, number: int, fields: Fields, ideas: Mapping[str, DraftIndicator]
) -> Draft:
    if number >= len(draft.results):
        return draft
    result = draft.results[number]
    known = {name_key(each.name): each for each in result.behaviours if each.name}
    slots = [slot for slot in range(MAX_BEHAVIOURS + 1) if f"behaviour:{number}:{slot}" in fields]
    behaviours = []
    for slot in range(max(slots, default=-1) + 1):
        typed = _text(fields, f"behaviour:{number}:{slot}")
        same = known.get(name_key(typed)) if typed else None
        idea = ideas.get(name_key(typed)) if typed else None
        target = idea.target if idea else ""
        behaviours.append(replace(same, name=typed) if same else DraftIndicator(typed, target))
    changed = replace(result, behaviours=tuple(behaviours))
    results = (*draft.results[:number], changed, *draft.results[number + 1 :])
    return _without_lost(draft, replace(draft, results=results))


def _without_lost(before: Draft, after: Draft) -> Draft:
    """Nothing leads to a behaviour that is there no more."""
    return linked(after, {name_key(each.name): each.leads_to for each in before.behaviours})


def _targets(draft: Draft, fields: Fields) -> Draft:
    results = []
    for slot, result in enumerate(draft.results):
        behaviours = tuple(
            replace(each, target=_text(fields, f"target:{slot}:{place}", each.target))
            for place, each in enumerate(result.behaviours)
        )
        target = _text(fields, f"target:{slot}", result.target)
        results.append(replace(result, target=target, behaviours=behaviours))
    return replace(draft, results=tuple(results))


def _times(times: Times, fields: Fields) -> Times:
    typed = {name: _text(fields, name, str(getattr(times, name))) for name in _TIMES}
    return replace(times, **typed, workdays=_many(fields, "workdays", times.workdays))


def _ideas(templates: Mapping[str, TeamPlan]) -> Mapping[str, DraftIndicator]:
    """What the templates say about results and behaviours of the same name."""
    ideas: dict[str, DraftIndicator] = {}
    for plan in templates.values():
        for result in as_drafted(plan):
            own = DraftIndicator(result.name, result.target)
            for each in (own, *result.behaviours):
                ideas.setdefault(name_key(each.name), each)
    return ideas


def _belongs(field: str, place: str) -> bool:
    number = result_number(place)
    if number is not None:
        return field.startswith(f"behaviour:{number}:")
    starts = _OF_PLACE.get(place, ("",))  # the preview: everything
    if place == TIMES:
        starts = (*starts, "timezone")
    return any(field.startswith(start) for start in starts)


def _missing(draft: Draft, place: str) -> Mapping[str, str]:
    """What a set-up can't do without, though a playbook file may."""
    number = result_number(place)
    if place == START and not draft.template:
        return {"template": "Choose one, or start from nothing."}
    if place == START and draft.template == BLANK and not draft.name:
        return {"name": "Give the team a name."}
    if place == RESULTS and not draft.named_results:
        return {"result:0": "Name at least one result, like New customers."}
    if number is not None and number == len(draft.named_results) - 1 and not draft.behaviours:
        return {f"behaviour:{number}:0": "Name at least one behaviour: it is what reps will log."}
    if place == PEOPLE:
        who = {"reps": draft.reps, "managers": draft.managers}
        return {field: "Choose at least one person." for field, them in who.items() if not them}
    return {}


def _with_names(errors: Mapping[str, str], draft: Draft) -> Mapping[str, str]:
    """A form's errors can't mention people, so that ids become names."""
    said = dict(errors)
    for user, met in draft.people.items():
        said = {field: text.replace(user, met.name or user) for field, text in said.items()}
    return said


def _text(fields: Fields, name: str, otherwise: str = "") -> str:
    """Forms send what was typed as it is, without escapes; only what no database takes goes."""
    if name not in fields:
        return otherwise
    given = fields[name]
    plain = given if isinstance(given, str) else ""
    return " ".join(from_slack(plain.replace("&", "&amp;").replace("<", "&lt;")).split())


def _many(fields: Fields, name: str, otherwise: Sequence[str]) -> tuple[str, ...]:
    if name not in fields:
        return tuple(otherwise)
    given = fields[name]
    return tuple(dict.fromkeys(given)) if isinstance(given, tuple) else ()
