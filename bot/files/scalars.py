"""Single values as people write them in a playbook: `mon 08:30`, `2026-12-14/2026-12-18`.

Each takes what the YAML held and gives the value; ValueError says what should stand there instead.
"""

import re
from datetime import date, time
from decimal import Decimal

from bot.domain.activities import FIRST_YEAR, LAST_YEAR
from bot.domain.days.calendar import DateRange
from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.loudness import Loudness
from bot.domain.teams import WeekMoment

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OF_WHEN = f"between {FIRST_YEAR} and {LAST_YEAR}"
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def trimmed(given: object) -> object:
    """Text without the blanks around and doubled inside it."""
    if given is None:
        raise ValueError("is empty")
    return " ".join(given.split()) if isinstance(given, str) else given


def number(given: object) -> Decimal:
    """A target or a weight."""
    if isinstance(given, Decimal):
        return given
    raise ValueError("must be a number without quotes or unit, like 5 or 2.5")


def clock(given: object) -> time:
    """A local time, hours and minutes."""
    found = _CLOCK.fullmatch(given.strip()) if isinstance(given, str) else None
    if found is None:
        raise ValueError('must be a time of 24 hours, like "09:00"')
    return time(int(found[1]), int(found[2]))


def day(given: object) -> date:
    """A date, in quotes or not, of the years in which anything can be logged."""
    try:
        found = given if isinstance(given, date) else date.fromisoformat(str(given).strip())
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"must be a date {_OF_WHEN}, like 2026-11-23")
    return found


def days(given: object) -> DateRange:
    """One date, or the first and the last of a range with a slash between them."""
    first, slash, last = str(given).partition("/")
    try:
        start = day(first)
        return DateRange(start, day(last) if slash else start)
    except Refusal as refusal:
        raise ValueError(refusal.sentence) from None
    except ValueError:
        message = f"must be a date or a range of dates {_OF_WHEN}, like 2026-12-14/2026-12-18"
        raise ValueError(message) from None


def weekday(given: object) -> int:
    """A day of the week, short or in full; Monday 0."""
    word = str(given).strip().lower()
    for names in (WEEKDAYS, _FULL_NAMES):
        if word in names:
            return names.index(word)
    raise ValueError(f"must be one of {', '.join(WEEKDAYS)}")


def week_moment(given: object) -> WeekMoment:
    """A weekday and a local time."""
    try:
        name, at = str(given).split()
        return WeekMoment(weekday(name), clock(at))
    except ValueError:
        raise ValueError("must be a weekday and a time, like mon 08:30") from None


def period(given: object) -> PeriodKind:
    """How long the stretch is that a target is for."""
    try:
        return PeriodKind(str(given).strip().lower())
    except ValueError:
        raise ValueError("must be day, week, month, quarter or year") from None


def loudness(given: object) -> Loudness:
    """What becomes of a kind of milestone."""
    try:
        return Loudness(str(given).strip().lower())
    except ValueError:
        raise ValueError("must be loud, quiet or off") from None


def listed(given: object) -> object:
    """One value where a list is expected is a list of one."""
    return given if isinstance(given, list | tuple) else [given]
