"""If-then plans: kept or not, for the rep alone (method.md, evidence on nudging)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

_LOOKED_AT: Final = 5
"""Plans, the newest: what was long ago changes nothing."""
_FEWEST: Final = 2
"""One plan says nothing about plans."""


@dataclass(frozen=True, slots=True)
class PlanMade:
    """A plan whose reminder went out at `due_at`, on the rep's local date `day`."""

    indicator_id: int
    day: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class PlansKept:
    """How many of the last plans were kept."""

    kept: int
    of: int


LastRecorded = Mapping[tuple[int, date], datetime]
"""When the last entry of a behaviour, for a local date, came in."""


def plans_kept(made: Iterable[PlanMade], recorded: LastRecorded, today: date) -> PlansKept | None:
    """Of the last plans, newest first in `made`; None where there are too few to speak of.

    A plan is kept by an entry of its behaviour for its day that comes in after the reminder, late
    ones included: that is when the rep did it or knew that it was done. Today's plan counts once it
    is kept; until the day is over it isn't broken.
    """
    judged = [(each, _is_kept(each, recorded)) for each in made]
    over = [kept for each, kept in judged if kept or each.day < today][:_LOOKED_AT]
    return PlansKept(sum(over), len(over)) if len(over) >= _FEWEST else None


def _is_kept(plan: PlanMade, recorded: LastRecorded) -> bool:
    last = recorded.get((plan.indicator_id, plan.day))
    return last is not None and last >= plan.due_at
