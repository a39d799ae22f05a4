"""Desks for the views of `/coach`: teams of any size, with whatever names a test gives."""

from datetime import date, time, timedelta
from decimal import Decimal

from bot.domain.days.absences import Absence
from bot.domain.days.calendar import DateRange
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.playbook.desk import Desk, TeamAbsence
from bot.domain.playbook.effects import PeriodEffect, RepEffect, TargetEffect
from bot.domain.playbook.plans import (
    BehaviourPlan,
    OverridePlan,
    Playbook,
    RepPlan,
    ResultPlan,
    TeamPlan,
)
from bot.domain.quantities import unit_named

TODAY = date(2026, 11, 18)
LONGEST = 80
"""Characters of a name that a playbook may have."""


def named(typed: str, number: int) -> str:
    """A legal name of the greatest length, told apart by its number."""
    head = f"{number} "
    return (head + typed * LONGEST)[:LONGEST].strip()


def a_desk(typed: str = "W", reps: int = 60, *, admin: bool = True) -> Desk:
    """A full team: three results, twelve behaviours, targets for reps and segments, time off."""
    plan = TeamPlan(
        name=named(typed, 0),
        channel="C01WEST",
        managers=tuple(f"U{n:08}" for n in range(30)),
        timezone="America/Argentina/ComodRivadavia",
        holidays="GB-ENG",
        nudge_at=time(9),
        reps=tuple(_rep(typed, n) for n in range(reps)),
        results=tuple(_result(typed, n) for n in range(3)),
        overrides=tuple(_override(typed, n) for n in range(reps)),
    )
    others = {n: named(typed, n) for n in range(2, 150)}
    return Desk(
        team_id=10**17,
        plan=plan,
        playbook=Playbook("T01TEST", "Europe/London", named(typed, 1), (plan,)),
        today=TODAY,
        teams={10**17: plan.name} | others,
        is_admin=admin,
        retired=tuple(_retired(typed, n) for n in range(40)),
        retired_teams=tuple(named(typed, n) for n in range(200, 260)),
        admins=tuple(f"U{n:08}" for n in range(30)),
        absences=tuple(_absence(n) for n in range(reps)),
    )


def an_effect(desk: Desk) -> TargetEffect:
    """A change that everybody feels."""
    week = period_of(PeriodKind.WEEK, TODAY)
    shown = (
        PeriodEffect(week, Decimal(5), Decimal("999999999.99")),
        PeriodEffect(week.next(), None, Decimal(7)),
    )
    reps = tuple(RepEffect(rep.user, rep.name, *shown) for rep in desk.plan.reps)
    first = desk.plan.behaviours[0]
    return TargetEffect(first.name, first.unit, Decimal(7), PeriodKind.WEEK, TODAY, reps)


def _rep(typed: str, number: int) -> RepPlan:
    return RepPlan(
        user=f"U{number:08}",
        name=named(typed, number),
        timezone="America/New_York",
        segment=named(typed, number % 12),
        started_on=date(2026, 9, 1),
        leaves_on=date(2027, 3, 31),
        nudge_at=time(8),
        away=(DateRange(TODAY, TODAY + timedelta(days=number)),),
    )


def _result(typed: str, number: int) -> ResultPlan:
    behaviours = tuple(_behaviour(typed, 10 + 4 * number + n) for n in range(4))
    aliases = (named(typed, 300 + number),)
    name, unit = named(typed, number), unit_named("GBP")
    return ResultPlan(name, unit, Decimal(1_000_000_000), PeriodKind.QUARTER, aliases, behaviours)


def _behaviour(typed: str, number: int) -> BehaviourPlan:
    return BehaviourPlan(
        name=named(typed, number),
        unit=unit_named((typed * 40)[:40].strip() or "times"),
        target=Decimal("999999999.99"),
        aliases=tuple(named(typed, 400 + 20 * number + n) for n in range(12)),
        leads_to=named(typed, number + 1) if number % 4 != 1 else None,
    )


def _override(typed: str, number: int) -> OverridePlan:
    since = date(2026, 11, 1)
    return OverridePlan(
        Decimal(3),
        user=f"U{number:08}" if number % 2 else None,
        segment=None if number % 2 else named(typed, number % 12),
        behaviour=named(typed, 10 + number % 12),
        from_date=since,
    )


def _retired(typed: str, number: int) -> Indicator:
    unit = unit_named("meetings")
    name = named(typed, 500 + number)
    return Indicator(10**16 + number, IndicatorKind.BEHAVIOUR, name, unit, PeriodKind.WEEK)


def _absence(number: int) -> TeamAbsence:
    days = DateRange(TODAY, TODAY + timedelta(days=number))
    return TeamAbsence(f"U{number:08}", Absence(10**16 + number, number, days, "slack"))
