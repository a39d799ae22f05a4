"""Thresholds worth celebrating, each crossed once (design §2.6)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from bot.domain.indicators import Indicator
from bot.domain.ledger.occasions import celebration_key
from bot.domain.quantities import ZERO

STREAKS = (3, 5, 10, 20, 50)
"""Consecutive periods on target."""
LIFETIMES = (50, 100, 250, 500, 1000)
"""How much of a behaviour a rep has logged in all, in its unit."""
PERCENTS = (50, 90, 100, 120)
"""Shares of a result's target."""
LOUD_STREAK = 10
LOUD_LIFETIME = 250
LOUD_PERCENT = 100
WEEKS_OF_HISTORY = 4
"""A personal best needs that many earlier weeks to be better than."""
BEHAVIOURS_OF_A_SWEEP = 2
"""With one behaviour on target, "all of them" would only say the same again, louder."""
REPS_OF_A_TEAM = 2
"""What a whole team has done is said where there is more than one to do it."""


class MilestoneKind(StrEnum):
    """What was reached; by a rep, or by the whole team."""

    FIRST_ENTRY = "first_entry"
    TARGET = "target"
    SWEEP = "sweep"
    STREAK = "streak"
    BEST_WEEK = "best_week"
    LIFETIME = "lifetime"
    RESULT = "result"
    TEAM_TARGET = "team_target"
    TEAM_RESULT = "team_result"


_LOUD_FROM: Mapping[MilestoneKind, int] = MappingProxyType(
    {
        MilestoneKind.SWEEP: 0,
        MilestoneKind.STREAK: LOUD_STREAK,
        MilestoneKind.LIFETIME: LOUD_LIFETIME,
        MilestoneKind.RESULT: LOUD_PERCENT,
        MilestoneKind.TEAM_RESULT: LOUD_PERCENT,
    }
)
STEPPED = frozenset(_LOUD_FROM) - {MilestoneKind.SWEEP}
"""Kinds with several thresholds, of which only the higher ones are big."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One threshold that was crossed.

    `user_id` and `person_id` are None for the whole team's; `indicator` is None for a first entry
    and a clean sweep. `threshold` is a streak's length, a lifetime's amount or a result's percent;
    `period_start` the first day of the period (of a streak: of its oldest period). `times` is above
    1 where an undo took the milestone back and it was reached anew.
    """

    kind: MilestoneKind
    team_id: int
    reached_at: datetime
    reached_on: date
    user_id: str | None = None
    person_id: int | None = None
    indicator: Indicator | None = None
    threshold: int | None = None
    period_start: date | None = None
    times: int = 1

    @property
    def key(self) -> str:
        """What makes it the same milestone: `streak:U02RILEY:7:5:2026-11-02`."""
        indicator = None if self.indicator is None else self.indicator.id
        owner = self.user_id or self.team_id
        return milestone_key(self.kind, owner, indicator, self.period_start, self.threshold)

    @property
    def celebration(self) -> str:
        """The key of its own post."""
        return celebration_key(self.key, self.times)

    @property
    def is_big(self) -> bool:
        """Whether the channel hears of it at once, not in the day's round-up."""
        return self.kind in _LOUD_FROM and (self.threshold or 0) >= _LOUD_FROM[self.kind]

    @property
    def step_of(self) -> tuple[object, ...]:
        """Equal for steps of the same ladder, of which only the highest is news."""
        ladder = (self.kind, self.user_id, self.indicator and self.indicator.id)
        return (*ladder, None if self.kind is MilestoneKind.STREAK else self.period_start)


def milestone_key(
    kind: MilestoneKind,
    owner: str | int,
    indicator_id: int | None = None,
    period_start: date | None = None,
    threshold: int | None = None,
) -> str:
    """A milestone's key; `owner` is the rep's Slack id, or the team's id where it is the team's."""
    last: tuple[date | int | None, ...] = (period_start, threshold)
    if kind is MilestoneKind.STREAK:
        last = (threshold, period_start)
    parts = (kind.value, owner, indicator_id, *last)
    return ":".join([str(part) for part in parts if part is not None])


def crossed(steps: Iterable[int], before: Decimal, after: Decimal) -> tuple[int, ...]:
    """The steps between two amounts: above the one, not above the other."""
    return tuple(step for step in steps if before < step <= after)


def percents_reached(actual: Decimal, target: Decimal | None) -> tuple[int, ...]:
    """The shares of a result's target that the amount has reached."""
    if not target:
        return ()
    return tuple(percent for percent in PERCENTS if actual * 100 >= target * percent)


def is_best_week(total: Decimal, earlier: Collection[Decimal]) -> bool:
    """Whether a week beats each of the earlier ones, of which there are enough to speak of.

    `earlier` holds the totals of the earlier weeks in which anything was logged.
    """
    weeks = [week for week in earlier if week > ZERO]
    return len(weeks) >= WEEKS_OF_HISTORY and total > max(weeks)


def highest_steps(milestones: Iterable[Milestone]) -> tuple[Milestone, ...]:
    """Without those that a higher step of the same ladder says better: of 50 % and 90 %, 90 %."""
    highest: dict[tuple[object, ...], Milestone] = {}
    for milestone in milestones:
        known = highest.get(milestone.step_of)
        if known is None or (milestone.threshold or 0) > (known.threshold or 0):
            highest[milestone.step_of] = milestone
    return tuple(highest.values())
