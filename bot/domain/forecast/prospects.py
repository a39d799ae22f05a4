"""What a forecast is asked, and what it knows of a rep and of the rep's team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.domain.days.calendar import RepCalendar
from bot.domain.quantities import Unit

WEEKS_KNOWN = 12
"""How far back a forecast looks: whole weeks before the one that is open."""
LEAST_WEEKS = 3
"""With fewer weeks of a rep's own workdays, and no team to lean on, there is no forecast."""
LEAST_REPS = 2
"""Of fewer reps with that much history a team's habits aren't known."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one rep logged of one indicator on each local date, up to today.

    From `since` on a day without an amount was a day on which nothing was done. `asked_a_day` is
    what the target asks of a whole workday, by which reps with different targets are compared.
    """

    amounts: Mapping[date, float]
    calendar: RepCalendar
    since: date
    asked_a_day: float = 1.0


@dataclass(frozen=True, slots=True)
class Prospect:
    """One question: will `target` be reached by the end of `ends`, with `actual` so far?

    `today` is the rep's and not over: what was logged today is in `actual` and in the record.
    """

    record: Record
    unit: Unit
    today: date
    ends: date
    target: Decimal
    actual: Decimal


@dataclass(frozen=True, slots=True)
class TeamHabits:
    """How a team does one indicator: what a rep with little history is taken to be like.

    `rate` is the share of what a workday asks that the reps do on average, `spread` the squared
    coefficient of variation between them. `fano` is a day's variance ÷ its mean, `weekdays` what
    each weekday has of an even one, and `weekday_units` how much of a rep's own outweighs that.
    `active` is the share of workdays on which anything is logged, `experts` how well each way of
    reading the past has foretold (in the order of `experts`).
    """

    rate: float
    spread: float
    fano: float
    weekdays: tuple[float, ...]
    weekday_units: float
    active: float
    experts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TeamPast:
    """What was known of a team at an instant, by the indicator's id.

    `since` is the first date for which anybody logged the indicator, of the weeks looked at.
    """

    known_at: datetime
    habits: Mapping[int, TeamHabits]
    since: Mapping[int, date]
