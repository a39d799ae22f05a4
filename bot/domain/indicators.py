"""What is logged: behaviours (leading) and the results (lagging) that they drive."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.days.periods import PeriodKind
from bot.domain.quantities import Unit

MAX_RESULTS = 3
"""Active results of a team; a fourth is refused until one is retired (method.md, belief 2)."""
MAX_BEHAVIOURS = 12
"""Active behaviours of a team, over all results (method.md, belief 2)."""


class IndicatorKind(StrEnum):
    """Leading (can still be changed this week) or lagging (already history)."""

    BEHAVIOUR = "behaviour"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A behaviour or a result of one team.

    `drives` is the id of the one result that a behaviour drives; `leads_to` the id of the funnel's
    next behaviour, None where that is the result itself. `position` is the playbook's order.
    """

    id: int
    kind: IndicatorKind
    name: str
    unit: Unit
    period: PeriodKind
    aliases: tuple[str, ...] = ()
    position: int = 0
    drives: int | None = None
    leads_to: int | None = None

    def __hash__(self) -> int:
        return self.id  # the tables of names and targets are looked up with every entry

    @property
    def is_result(self) -> bool:
        return self.kind is IndicatorKind.RESULT
