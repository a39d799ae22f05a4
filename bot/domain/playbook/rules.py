"""All rules for a playbook: what is refused, what is worth a word, and how it is written down."""

from dataclasses import replace

from bot.domain.days.public_holidays import PublicHolidays, public_holidays
from bot.domain.days.zones import zone_named
from bot.domain.indicators import MAX_BEHAVIOURS, MAX_RESULTS
from bot.domain.playbook.amounts import target_faults
from bot.domain.playbook.faults import Fault, Faults, Path
from bot.domain.playbook.funnel import funnel_faults
from bot.domain.playbook.names import declared_name, naming_faults, text_faults
from bot.domain.playbook.overrides import override_faults
from bot.domain.playbook.people import one_team_faults, people_faults, workspace_faults
from bot.domain.playbook.plans import BehaviourPlan, OverridePlan, Playbook, RepPlan, TeamPlan
from bot.domain.playbook.schedule import schedule_faults


def faults(playbook: Playbook) -> tuple[Fault, ...]:
    """Every rule that the playbook breaks; it may be applied only where there are none."""
    return tuple(_faults(playbook))


def settled(playbook: Playbook) -> Playbook:
    """The same playbook, with names of zones, holidays, behaviours and results as they are known.

    The playbook has no faults. Two that mean the same are equal when settled.
    """
    teams = tuple(_settled_team(team) for team in playbook.teams)
    return replace(playbook, timezone=zone_named(playbook.timezone).key, teams=teams)


def _faults(playbook: Playbook) -> Faults:
    yield from workspace_faults(playbook)
    yield from _team_name_faults(playbook)
    yield from one_team_faults(playbook)
    for n, team in enumerate(playbook.teams):
        path = ("teams", n)
        yield from people_faults(path, team)
        yield from schedule_faults(path, team)
        yield from _cap_faults(path, team)
        yield from naming_faults(path, team)
        yield from target_faults(path, team)
        yield from funnel_faults(path, team)
        yield from override_faults(path, team)


def _team_name_faults(playbook: Playbook) -> Faults:
    seen: set[str] = set()
    for n, team in enumerate(playbook.teams):
        path = ("teams", n, "name")
        yield from text_faults(path, team.name)
        key = " ".join(team.name.casefold().split())
        if key in seen:
            yield Fault(path, f"there is already a team “{team.name}”: use another name")
        seen.add(key)


def _cap_faults(path: Path, team: TeamPlan) -> Faults:
    """Few things, chosen (method.md, belief 2): the caps that nothing lifts."""
    if len(team.results) > MAX_RESULTS:
        sentence = f"a team has at most {MAX_RESULTS} results, here are {len(team.results)}: "
        yield Fault((*path, "results", MAX_RESULTS), sentence + "retire one first")
    places = [
        (*path, "results", r, "behaviours", b)
        for r, result in enumerate(team.results)
        for b in range(len(result.behaviours))
    ]
    if len(places) > MAX_BEHAVIOURS:
        sentence = f"a team has at most {MAX_BEHAVIOURS} behaviours, here are {len(places)}: "
        yield Fault(places[MAX_BEHAVIOURS], sentence + "retire one first")


def _settled_team(team: TeamPlan) -> TeamPlan:
    holidays = public_holidays(team.holidays)
    behaviours = [behaviour.name for behaviour in team.behaviours]
    results = [
        replace(result, behaviours=tuple(_settled(b, behaviours) for b in result.behaviours))
        for result in team.results
    ]
    return replace(
        team,
        timezone=_zone(team.timezone),
        holidays=holidays.code if isinstance(holidays, PublicHolidays) else None,
        reps=tuple(_settled_rep(rep) for rep in team.reps),
        results=tuple(results),
        overrides=tuple(_settled_override(override, team) for override in team.overrides),
    )


def _settled(behaviour: BehaviourPlan, names: list[str]) -> BehaviourPlan:
    step = behaviour.leads_to
    return replace(behaviour, leads_to=step and declared_name(step, names))


def _settled_rep(rep: RepPlan) -> RepPlan:
    away = sorted(rep.away, key=lambda dates: (dates.start, dates.end))
    return replace(rep, timezone=_zone(rep.timezone), away=tuple(away))


def _settled_override(override: OverridePlan, team: TeamPlan) -> OverridePlan:
    behaviour, result = override.behaviour, override.result
    return replace(
        override,
        behaviour=behaviour and declared_name(behaviour, (b.name for b in team.behaviours)),
        result=result and declared_name(result, (r.name for r in team.results)),
    )


def _zone(name: str | None) -> str | None:
    return name and zone_named(name).key
