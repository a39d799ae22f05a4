"""Time off as somebody entered it, and how long nudges may be silenced."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.days.calendar import DateRange
from bot.domain.errors import Refusal

MAX_DAYS_OFF = 366
_LATEST_ENTERED = timedelta(days=366)
"""How long ago time off may be that is entered late: a year's targets are judged anew by it."""
_FURTHEST_OFF = timedelta(days=2 * 366)
"""How far ahead time off may be; beyond, the year is a typing error."""
MAX_DAYS_SNOOZED = 92
"""Longer than a quarter is no snooze; whoever wants no nudges at all pauses them."""


@dataclass(frozen=True, slots=True)
class Absence:
    """One stretch of time off; `source` is where it was entered: `playbook` or `slack`."""

    id: int
    person_id: int
    days: DateRange
    source: str


def check_time_off(days: DateRange, today: date) -> None:
    """Raises Refusal for a stretch that is too long, too long ago or too far ahead to be meant."""
    if (days.end - days.start).days >= MAX_DAYS_OFF:
        raise Refusal(
            f"{days.start} to {days.end} is more than a year. For somebody who leaves, "
            "the manager can set a last day in the playbook."
        )
    earliest, latest = today - _LATEST_ENTERED, today + _FURTHEST_OFF
    if days.start < earliest:
        raise Refusal(f"{days.start} is too long ago: enter days off from {earliest} on.")
    if days.end > latest:
        raise Refusal(f"{days.end} is too far ahead: enter days off up to {latest}.")


def check_snooze(until: date, today: date) -> None:
    """Raises Refusal unless nudges begin again after today, and within a quarter."""
    if until <= today:
        raise Refusal(f"{until} is not ahead. Type a later day, like `/pace snooze until friday`.")
    if (until - today).days > MAX_DAYS_SNOOZED:
        raise Refusal(
            f"A snooze lasts {MAX_DAYS_SNOOZED} days at most. "
            "For time off type `/pace away` and the dates."
        )
