"""What a change of target does to the people it concerns: this period's target, and the next."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.periods import Period, PeriodKind
from bot.domain.quantities import Unit


@dataclass(frozen=True, slots=True)
class PeriodEffect:
    """A rep's target for one period before and after the change; None where there is none.

    A daily target is shown over its week.
    """

    period: Period
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class RepEffect:
    """What the change does to one rep, by this one's own calendar."""

    user_id: str
    name: str | None
    now: PeriodEffect
    next: PeriodEffect


@dataclass(frozen=True, slots=True)
class TargetEffect:
    """What the change does, and from which date it counts: the first such period's first day.

    `amount` and `period` are the new target's as it was typed (the team's, where an override
    ends); `reps` those whom it concerns, in the team's order.
    """

    indicator: str
    unit: Unit
    amount: Decimal
    period: PeriodKind
    counts_from: date
    reps: tuple[RepEffect, ...]
