"""Rules about overrides: each is for somebody, about something, and said once."""

from collections.abc import Iterable

from bot.domain.playbook.amounts import amount_faults, result_period_faults
from bot.domain.playbook.faults import Fault, Faults, Path
from bot.domain.playbook.funnel import did_you_mean
from bot.domain.playbook.names import declared_name, name_key
from bot.domain.playbook.plans import OverridePlan, TeamPlan


def override_faults(path: Path, team: TeamPlan) -> Faults:
    """Targets for people or behaviours that the team doesn't have, or two for the same."""
    seen: set[object] = set()
    for n, override in enumerate(team.overrides):
        here = (*path, "overrides", n)
        yield from amount_faults((*here, "target"), override.target)
        yield from _whose_faults(here, override, team)
        yield from _which_faults(here, override, team)
        if override.result and override.period:
            yield from result_period_faults((*here, "period"), override.period)
        what = (
            override.user,
            override.segment,
            name_key(override.indicator),
            override.from_date,
        )
        if what in seen:
            yield Fault(here, "says the same as an override above: keep one of them")
        seen.add(what)


def _whose_faults(path: Path, override: OverridePlan, team: TeamPlan) -> Faults:
    if (override.user is None) == (override.segment is None):
        yield Fault(path, "needs either a user or a segment")
        return
    if override.user is not None and override.user not in {rep.user for rep in team.reps}:
        yield Fault((*path, "user"), f"{override.user} is no rep of {team.name}")
    segments = sorted({rep.segment for rep in team.reps if rep.segment})
    if override.segment is not None and override.segment not in segments:
        sentence = f"no rep of {team.name} is in the segment “{override.segment}”."
        hint = did_you_mean(override.segment, segments)
        yield Fault((*path, "segment"), f"{sentence} {hint}".strip())


def _which_faults(path: Path, override: OverridePlan, team: TeamPlan) -> Faults:
    if (override.behaviour is None) == (override.result is None):
        yield Fault(path, "needs either a behaviour or a result")
        return
    behaviours = (behaviour.name for behaviour in team.behaviours)
    results = (result.name for result in team.results)
    yield from _unknown((*path, "behaviour"), override.behaviour, behaviours)
    yield from _unknown((*path, "result"), override.result, results)


def _unknown(path: Path, name: str | None, known: Iterable[str]) -> Faults:
    names = list(known)
    if name is not None and declared_name(name, names) is None:
        sentence = f"the team has no {path[-1]} “{name}”."
        yield Fault(path, f"{sentence} {did_you_mean(name, names)}".strip())
