"""From a draft to the team's plan, and what is wrong with it, said at the field that says it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal
from typing import Any

from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.playbook.faults import Fault, Path
from bot.domain.playbook.names import declared_name, default_unit, name_key
from bot.domain.playbook.plans import BehaviourPlan, OverridePlan, Playbook, RepPlan, ResultPlan
from bot.domain.playbook.plans import TeamPlan as Plan
from bot.domain.playbook.rules import faults
from bot.domain.setups.drafts import Draft, DraftIndicator, DraftResult
from bot.domain.setups.target_words import Target, read_target, target_words
from bot.domain.teams import WeekMoment

_NOT_SAID = Decimal(1)


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan that a draft comes to, and under which field each of its parts was typed.

    `errors` has what could not be read at all; the plan has stand-ins for it.
    """

    plan: Plan
    fields: Mapping[Path, str]
    errors: Mapping[str, str]


def planned(draft: Draft, stored: Plan | None = None) -> Planned:
    """The plan, with what the guided set-up doesn't ask for as it is `stored`."""
    reader = _Reader(draft, stored)
    results = tuple(reader.results())
    base = stored or Plan(draft.name)
    plan = replace(
        base,
        name=draft.team or draft.name,
        channel=draft.channel,
        managers=draft.managers,
        reps=_reps(draft, base),
        results=results,
        **reader.times(),
    )
    kept = tuple(each for each in base.overrides if _still_there(each, plan))
    return Planned(replace(plan, overrides=kept), reader.fields, reader.errors)


def within(playbook: Playbook, plan: Plan, replacing: str = "") -> Playbook:
    """The playbook with this team in it: in the place of the one that it replaces, else last."""
    names = [team.name for team in playbook.teams]
    if replacing in names:
        teams = tuple(plan if team.name == replacing else team for team in playbook.teams)
    else:
        teams = (*playbook.teams, plan)
    return replace(playbook, teams=teams)


def errors_of(made: Planned, playbook: Playbook) -> Mapping[str, str]:
    """What is wrong with the team within its playbook, a sentence for each field."""
    number = playbook.teams.index(made.plan)
    errors = dict(made.errors)
    for fault in faults(playbook):
        if fault.path[:2] == ("teams", number):
            inner = Fault(fault.path[2:], fault.sentence)
            errors.setdefault(_field(inner.path, made.fields), _sentence(inner))
    return errors


def as_drafted(plan: Plan) -> tuple[DraftResult, ...]:
    """A plan's results and behaviours as somebody would have typed them."""
    return tuple(
        DraftResult(
            result.name,
            _typed(result),
            result.aliases,
            tuple(_indicator(each) for each in result.behaviours),
        )
        for result in plan.results
    )


def _indicator(behaviour: BehaviourPlan) -> DraftIndicator:
    return DraftIndicator(behaviour.name, _typed(behaviour), behaviour.aliases, behaviour.leads_to)


def _typed(plan: ResultPlan | BehaviourPlan) -> str:
    return target_words(Target(plan.target, plan.unit, plan.period))


class _Reader:
    """Reads what was typed, and keeps where each part stood and what was wrong with it."""

    def __init__(self, draft: Draft, stored: Plan | None) -> None:
        self._draft = draft
        self._known = {name_key(each.name): each for each in (stored.indicators if stored else ())}
        results = {name_key(each.name) for each in draft.named_results}
        self._names = results | {name_key(each.name) for each in draft.behaviours}
        self.fields: dict[Path, str] = {}
        self.errors: dict[str, str] = {}

    def results(self) -> Iterator[ResultPlan]:
        for slot, result in enumerate(self._draft.results):
            if not result.name:
                continue
            path: Path = ("results", len({p for p in self.fields if len(p) == 2}))
            self._place(path, f"result:{slot}", f"target:{slot}")
            target = self._target(result, f"target:{slot}", PeriodKind.QUARTER)
            yield ResultPlan(
                name=result.name,
                unit=target.unit,
                target=target.amount,
                period=target.period,
                aliases=self._aliases(result),
                behaviours=tuple(self._behaviours(path, slot, result)),
            )

    def times(self) -> dict[str, Any]:
        """Pickers give well-formed times; only somebody who forges a request gives others."""
        given = self._draft.times
        digest = WeekMoment(int(given.digest_day), _time(given.digest_at))
        return {
            "nudge_at": _time(given.nudge_at),
            "day_ends_at": _time(given.day_ends_at),
            "digest_at": digest,
            "workdays": frozenset(map(int, given.workdays)),
            "holidays": given.holidays.strip() or None,
            "timezone": given.timezone.strip() or None,
        }

    def _behaviours(self, path: Path, slot: int, result: DraftResult) -> Iterator[BehaviourPlan]:
        number = 0
        for place, each in enumerate(result.behaviours):
            if not each.name:
                continue
            here = (*path, "behaviours", number)
            self._place(here, f"behaviour:{slot}:{place}", f"target:{slot}:{place}")
            number += 1
            target = self._target(each, f"target:{slot}:{place}", PeriodKind.WEEK)
            yield BehaviourPlan(
                name=each.name,
                unit=target.unit,
                target=target.amount,
                period=target.period,
                aliases=self._aliases(each),
                leads_to=each.leads_to,
            )

    def _aliases(self, each: DraftIndicator | DraftResult) -> tuple[str, ...]:
        """Those that are no other one's name: a set-up shows no aliases, so that a name wins."""
        others = self._names - {name_key(each.name)}
        return tuple(alias for alias in each.aliases if name_key(alias) not in others)

    def _place(self, path: Path, name: str, target: str) -> None:
        self.fields[path] = name
        self.fields |= {(*path, each): target for each in ("target", "unit", "period")}

    def _target(self, typed: DraftIndicator | DraftResult, field: str, usual: PeriodKind) -> Target:
        known = self._known.get(name_key(typed.name))
        if known is not None and typed.target == _typed(known):
            return Target(known.target, known.unit, known.period)
        try:
            return read_target(typed.target, typed.name, usual)
        except Refusal as refusal:
            self.errors[field] = refusal.sentence
            return Target(_NOT_SAID, default_unit(typed.name), usual)


def _time(given: str) -> time:
    try:
        return time.fromisoformat(given)
    except ValueError:
        raise Refusal("Choose a time, like 09:00.") from None


def _reps(draft: Draft, base: Plan) -> tuple[RepPlan, ...]:
    known = {rep.user: rep for rep in base.reps}
    return tuple(known.get(user) or RepPlan(user) for user in draft.reps)


def _still_there(override: OverridePlan, plan: Plan) -> bool:
    named = declared_name(override.indicator, (each.name for each in plan.indicators))
    people = {rep.user for rep in plan.reps} | {rep.segment for rep in plan.reps}
    return named is not None and (override.user or override.segment) in people


def _field(path: Path, fields: Mapping[Path, str]) -> str:
    """The field of the part, or of the nearest part around it."""
    for length in range(len(path), 1, -1):
        if path[:length] in fields:
            return fields[path[:length]]
    return str(path[0]) if path else ""


def _sentence(fault: Fault) -> str:
    said = fault.sentence
    return f"{said[:1].upper()}{said[1:]}." if said[:1] != "“" else f"{said}."
