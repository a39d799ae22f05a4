"""If-then plans: "if it is 10:00, then I make my calls" (method.md, evidence on nudging)."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum

from bot.domain.indicators import Indicator
from bot.domain.nudging.nudges import is_done_today
from bot.domain.progress.pace import Progress
from bot.domain.quantities import ZERO


class PlanChange(Enum):
    """What typing a plan came to: a plan again with another quantity is changed to that."""

    NEW = "new"
    CHANGED = "changed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """What a reminder says: the plan's local time and day, and how the behaviour stands.

    `quantity` is what its button logs: what the day still asks for.
    """

    user_id: str
    at: time
    day: date
    progress: Progress
    quantity: Decimal


def reminder_key(user_id: str, day: date, indicator: Indicator, at: time) -> str:
    """One reminder per rep, day, behaviour and time."""
    return f"reminder:{user_id}:{day}:{indicator.id}:{at:%H:%M}"


def asked_for(progress: Progress) -> Decimal:
    """What the reminder's button logs: today's ask, or one step where nothing more is asked."""
    if progress.ask_today > ZERO and not is_done_today(progress):
        return progress.ask_today
    return progress.indicator.unit.step
