"""A rep's weeks side by side: what was done and what was asked of each behaviour and result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from bot.domain.days.periods import Period

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WeeklyRep:
    """One rep's last weeks, oldest first, by the indicator's id; absent where nothing was logged.

    `asked` has 0 in a week that asked for nothing, whatever the reason; `days` counts the workdays
    of each week.
    """

    person_id: int
    user_id: str
    done: Mapping[int, tuple[float, ...]]
    asked: Mapping[int, tuple[float, ...]]
    days: tuple[int, ...]

    def amounts(self, indicator_id: int) -> tuple[float, ...]:
        """What was done of one indicator, week by week."""
        return self.done.get(indicator_id) or (0.0,) * len(self.days)

    @cached_property
    def first_week(self) -> int:
        """The place of the first week in which the rep logged anything; past the end if in none."""
        logged = (place for amounts in self.done.values() for place in _first(amounts))
        return min(logged, default=len(self.days))


def _first(amounts: tuple[float, ...]) -> list[int]:
    return [place for place, amount in enumerate(amounts) if amount][:1]


@dataclass(frozen=True, slots=True)
class WeeklyTeam:
    """All reps of a team over the same weeks, of which `weeks` has the Mondays, oldest first."""

    team: str
    weeks: tuple[date, ...]
    reps: tuple[WeeklyRep, ...]


def last_weeks(until: Period, count: int) -> tuple[date, ...]:
    """The Mondays of so many weeks, oldest first; `until` is the last of them."""
    return tuple(until.start - A_WEEK * back for back in range(count - 1, -1, -1))
