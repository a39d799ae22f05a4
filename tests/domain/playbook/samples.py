"""A playbook without faults, and ways to spoil it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.domain.days.periods import PeriodKind
from bot.domain.playbook.faults import dotted
from bot.domain.playbook.names import default_unit
from bot.domain.playbook.plans import (
    BehaviourPlan,
    OverridePlan,
    Playbook,
    RepPlan,
    ResultPlan,
    TeamPlan,
)
from bot.domain.playbook.rules import faults

RILEY, SAM, ALEX = RepPlan("U02RILEY"), RepPlan("U03SAM", segment="SDR"), RepPlan("U04ALEX")


def a_behaviour(name: str, **said: Any) -> BehaviourPlan:
    return replace(BehaviourPlan(name, default_unit(name), Decimal(5)), **said)


def a_result(name: str, *behaviours: str | BehaviourPlan, **said: Any) -> ResultPlan:
    plans = tuple(a_behaviour(b) if isinstance(b, str) else b for b in behaviours)
    plan = ResultPlan(name, default_unit(name), Decimal(12), PeriodKind.QUARTER, behaviours=plans)
    return replace(plan, **said)


CUSTOMERS = a_result("New customers", "First meetings", "Territory plan", "Opportunities")
REVENUE = a_result("Revenue", "Proposals", "Follow-ups", "Decision makers met")
WEST = TeamPlan(
    "West",
    channel="C01WEST",
    managers=("U01MORGAN",),
    reps=(RILEY, SAM, ALEX),
    results=(CUSTOMERS, REVENUE),
)


def west(**said: Any) -> TeamPlan:
    return replace(WEST, **said)


def with_behaviours(*behaviours: str | BehaviourPlan) -> TeamPlan:
    return west(results=(a_result("New customers", *behaviours),))


def with_override(**said: Any) -> TeamPlan:
    return west(overrides=(replace(OverridePlan(Decimal(3)), **said),))


def a_playbook(*teams: TeamPlan, **said: Any) -> Playbook:
    return replace(Playbook("T01TEST", teams=teams or (WEST,)), **said)


def faults_of(*teams: TeamPlan, **said: Any) -> list[tuple[str, str]]:
    """Path and sentence of every fault; those of the first team without `teams[0].`"""
    found = faults(a_playbook(*teams, **said))
    return [(dotted(f.path).removeprefix("teams[0]."), f.sentence) for f in found]


def faulty(*teams: TeamPlan, **said: Any) -> Sequence[str]:
    """The paths alone."""
    return [path for path, _ in faults_of(*teams, **said)]
