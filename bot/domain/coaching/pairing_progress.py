"""What has become of a pairing: the learner's weeks before it beside those since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.coaching.pairing import Pairing
from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import days_between
from bot.domain.indicators import Indicator

BEFORE: Final = timedelta(weeks=4)
SHOWN_AFTER: Final = timedelta(weeks=2)
"""As long as an ended pairing is still told of."""
_EARLY: Final = 1.5
"""Weeks since the beginning below which there is nothing to say yet (two, less a day off or so)."""

Days = Mapping[date, float]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was done of the behaviour and of what follows it, in so many weeks of work."""

    weeks: float
    done: float
    led: float


@dataclass(frozen=True, slots=True)
class PairingProgress:
    """One pairing, before and since; `following` as in the pairing."""

    pairing: Pairing
    behaviour: Indicator
    following: Indicator | None
    before: Stretch
    since: Stretch
    is_over: bool

    @property
    def is_early(self) -> bool:
        """Whether less than two weeks have gone since: too early to say."""
        return self.since.weeks < _EARLY


def progress_of(
    pairing: Pairing,
    behaviour: Indicator,
    following: Indicator | None,
    calendar: RepCalendar,
    logged: Mapping[int, Days],
    until: date,
) -> PairingProgress:
    """As it stood at the end of `until`; `logged` has the learner's days by the indicator's id."""
    start = pairing.starts_on
    done = logged.get(behaviour.id, {})
    led = {} if following is None else logged.get(following.id, {})
    before = _stretch(calendar, start - BEFORE, start - timedelta(days=1), done, led)
    since = _stretch(calendar, start, until, done, led)
    is_over = until >= pairing.ends_on
    return PairingProgress(pairing, behaviour, following, before, since, is_over)


def _stretch(calendar: RepCalendar, first: date, last: date, done: Days, led: Days) -> Stretch:
    """Only days of work make weeks: a holiday is no fall."""
    days = list(days_between(first, last)) if first <= last else []
    worked = sum(map(calendar.is_available, days))
    weeks = worked / len(calendar.workdays) if calendar.workdays else 0.0
    return Stretch(
        weeks, sum(done.get(day, 0.0) for day in days), sum(led.get(day, 0.0) for day in days)
    )
