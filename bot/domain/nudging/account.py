"""What the bot costs the people that it is for (method.md, belief 5), reckoned in seconds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from statistics import median
from typing import Final

from bot.domain.nudging.nudge_effects import NudgeAccount

BUDGET_S: Final = 300
"""Seconds a week that the bot may cost a rep: five minutes, one a workday."""
LONGEST_FORM_S: Final = 120
"""Whoever takes longer over a form was doing something else."""


class InteractionKind(StrEnum):
    """What somebody did with the bot."""

    LINE = "line"
    """A command or a sentence that was typed."""
    BUTTON = "button"
    """A press, a choice from a menu, a shortcut."""
    FORM = "form"
    """A form that was filled in and sent."""
    VIEW = "view"
    """Home, opened to look."""


SECONDS: Final = {
    InteractionKind.LINE: 5.0,
    InteractionKind.BUTTON: 2.0,
    InteractionKind.FORM: 20.0,
    InteractionKind.VIEW: 5.0,
}
"""What one is taken to cost: typing and looking can't be measured from here. A form is measured
from when it was asked for; this is what it counts where that isn't known."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """One thing that a user did, at an instant, and the seconds that it took."""

    workspace_id: str
    user_id: str
    kind: InteractionKind
    at: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class RepCost:
    """What one rep spent on the bot in a week."""

    seconds: float = 0.0
    interactions: int = 0


@dataclass(frozen=True, slots=True)
class TimeCost:
    """The median rep's week with the bot, of those who were at work."""

    seconds: float
    interactions: float

    @property
    def is_within_budget(self) -> bool:
        return self.seconds <= BUDGET_S


def time_cost(reps: Sequence[RepCost]) -> TimeCost | None:
    """The medians over reps; None where nobody has done anything, or nobody was there."""
    if not any(rep.interactions for rep in reps):
        return None
    return TimeCost(
        median(rep.seconds for rep in reps), float(median(rep.interactions for rep in reps))
    )


@dataclass(frozen=True, slots=True)
class Cost:
    """What the bot asked of a team in a week: messages sent, entries typed or imported, time."""

    nudges: int
    posts: int
    entries: int
    time: TimeCost | None = None
    nudging: NudgeAccount = field(default_factory=NudgeAccount)
