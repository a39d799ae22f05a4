"""Time off as somebody entered it, and how long nudges may be silenced."""

from dataclasses import dataclass
from datetime import date

from bot.domain.days.calendar import DateRange
from bot.domain.errors import Refusal

MAX_DAYS_OFF = 366
MAX_DAYS_SNOOZED = 92
"""Longer than a quarter is no snooze; whoever wants no nudges at all pauses them."""


@dataclass(frozen=True, slots=True)
class Absence:
    """One stretch of time off; `source` is where it was entered: `playbook` or `slack`."""

    id: int
    person_id: int
    days: DateRange
    source: str


def check_time_off(days: DateRange) -> None:
    """Raises Refusal for a stretch that is too long to be meant."""
    if (days.end - days.start).days >= MAX_DAYS_OFF:
        raise Refusal(
            f"{days.start} to {days.end} is more than a year. For somebody who leaves, "
            "the manager can set a last day in the playbook."
        )


def check_snooze(until: date, today: date) -> None:
    """Raises Refusal unless nudges begin again after today, and within a quarter."""
    if until <= today:
        raise Refusal(f"{until} is not ahead. Type a later day, like `/pace snooze until friday`.")
    if (until - today).days > MAX_DAYS_SNOOZED:
        raise Refusal(
            f"A snooze lasts {MAX_DAYS_SNOOZED} days at most. "
            "For time off type `/pace away` and the dates."
        )
