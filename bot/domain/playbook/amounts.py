"""Rules about targets: positive, of a size and precision that can be counted."""

from decimal import Decimal

from bot.domain.days.periods import PeriodKind
from bot.domain.playbook.faults import Fault, Faults, Path
from bot.domain.playbook.names import MAX_UNIT, default_unit, indicators_of, text_faults
from bot.domain.playbook.plans import ResultPlan, TeamPlan
from bot.domain.quantities import CENT

MAX_TARGET = Decimal(1_000_000_000)
RESULT_PERIODS = frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR})
"""A result is history by the time it is read; shorter periods are for behaviours."""


def has_two_places(amount: Decimal) -> bool:
    """Whether two decimals are enough to write it: more are never stored."""
    return amount % CENT == 0


def amount_faults(path: Path, amount: Decimal) -> Faults:
    """A target that nobody could reach, or everybody has."""
    if not amount.is_finite():
        yield Fault(path, "must be a number")
    elif amount <= 0:
        yield Fault(path, "must be more than 0")
    elif amount > MAX_TARGET:
        yield Fault(path, f"must be at most {MAX_TARGET:,}")
    elif not has_two_places(amount):
        yield Fault(path, "has more than two decimals")


def result_period_faults(path: Path, period: PeriodKind) -> Faults:
    """A result over a period too short for it."""
    if period not in RESULT_PERIODS:
        sentence = "must be month, quarter or year: what a rep does by day or week is a behaviour"
        yield Fault(path, sentence)


def target_faults(path: Path, team: TeamPlan) -> Faults:
    """Targets, units and periods of all results and behaviours."""
    for here, plan in indicators_of(path, team):
        yield from amount_faults((*here, "target"), plan.target)
        if plan.unit != default_unit(plan.name):
            yield from text_faults((*here, "unit"), plan.unit.name, MAX_UNIT)
        if isinstance(plan, ResultPlan):
            yield from result_period_faults((*here, "period"), plan.period)
