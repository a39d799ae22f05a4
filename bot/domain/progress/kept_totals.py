"""What a team had in all of people who have been erased; who they were is nowhere (design §6).

A total is that of a period of the team's target, because that is what people see: the week for a
daily behaviour. Whoever logged something in it stands behind it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from bot.domain.days.periods import ONE_DAY, Period, PeriodKind
from bot.domain.quantities import ZERO

MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept for a date of some indicator, of one erased person or of several.

    `quantity` was logged for it. On the first date of a period stand `target`, what was asked for
    in all of it, and `people`, how many had logged anything in it; of a week also `asked`, how many
    had a target, and `reached`, their shares of it, up to 1 each, added up in millionths. `target`
    is below 0 where somebody who was erased the day before would have had to do the rest.
    """

    quantity: Decimal = ZERO
    target: Decimal = ZERO
    people: int = 0
    asked: int = 0
    reached: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.quantity + other.quantity,
            self.target + other.target,
            self.people + other.people,
            self.asked + other.asked,
            self.reached + other.reached,
        )


NONE: Final = Kept()


@dataclass(frozen=True, slots=True)
class KeptTotals:
    """What is kept of a team, by indicator id and local date."""

    days: Mapping[int, Mapping[date, Kept]]

    def on(self, indicator_id: int, day: date) -> Kept:
        """What is kept for one date."""
        return self.days.get(indicator_id, {}).get(day, NONE)

    def within(self, indicator_id: int, first: date, last: date) -> Kept:
        """All of these dates, both included; its `people` are a sum over the periods in them."""
        kept = self.days.get(indicator_id, {}).items()
        return sum((each for day, each in kept if first <= day <= last), NONE)

    def people_in(self, indicator_id: int, period: Period) -> int:
        """How many erased people stand behind what is kept in a period, for certain.

        Where the length of its periods was another one then, some may be in several of them, and
        nobody knows any more: the most in any one of them are different people.
        """
        kept = self.days.get(indicator_id, {}).items()
        return max((each.people for day, each in kept if day in period), default=0)


NOTHING_KEPT: Final = KeptTotals(MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Asked:
    """A rep's target for a period: `whole`, and `until_now`, for the days until the erasing."""

    whole: Decimal
    until_now: Decimal


def share_of(
    period: Period, logged: Mapping[date, Decimal], asked: Asked, today: date
) -> dict[date, Kept]:
    """What one rep leaves in a period: `logged` there by date, and what was `asked`.

    What was still to be done is taken off from tomorrow on, as after a leaving (§2.2).
    """
    found: defaultdict[date, Kept] = defaultdict(Kept)
    for day, quantity in logged.items():
        found[day] += Kept(quantity)
    done = sum(logged.values(), ZERO)
    found[period.start] += Kept(target=asked.whole, people=1 if done else 0)
    if period.kind is PeriodKind.WEEK and asked.until_now:
        reached = min(MILLION, round(done * MILLION / asked.until_now))
        found[period.start] += Kept(asked=1, reached=reached)
    if asked.until_now != asked.whole:
        found[today + ONE_DAY] += Kept(target=asked.until_now - asked.whole)
    return {day: kept for day, kept in found.items() if kept != NONE}
