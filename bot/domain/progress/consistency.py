"""How steadily targets are reached (method.md, belief 6: consistency beats heroics)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from statistics import quantiles

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind, scored_period
from bot.domain.indicators import Indicator
from bot.domain.progress.logged import Logged
from bot.domain.progress.targets import TargetSetting, period_in_force, target_for

LAST_PERIODS = 12
LEAST_FOR_SPREAD = 4
"""Of fewer periods a spread says nothing."""
LOOKED_BACK = {
    PeriodKind.WEEK: 16,
    PeriodKind.MONTH: 14,
    PeriodKind.QUARTER: 12,
    PeriodKind.YEAR: 5,
}
"""How many periods back the last twelve that count are looked for; some are spent away."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """`kept` of the last `of` periods (at most 12) on target, the open one not among them.

    A period without a target, as one spent away, isn't counted. `low` and `high` are the quartiles
    of attainment: half of the periods lie between them; None with fewer than four periods.
    """

    kept: int
    of: int
    low: float | None = None
    high: float | None = None

    @property
    def share(self) -> float:
        return self.kept / self.of

    @property
    def spread(self) -> float | None:
        """The interquartile range of attainment: 0.3 is 30 % of the target."""
        return None if self.low is None or self.high is None else self.high - self.low


def consistency(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    calendar: RepCalendar,
    today: date,
    logged: Logged,
    first: date,
) -> Consistency | None:
    """Over the last twelve periods that ended before `today`; None where none counts.

    `first` is the day from which on the rep logged anything: what ended before it isn't held
    against anybody. A daily target counts by weeks, as it is scored (design §2.3).
    """
    now = period_in_force(indicator, settings, today)
    asked = _asked(indicator, tuple(settings), calendar, now)
    counted = ((period, target) for period, target in asked if period.end >= first)
    shares = [
        logged.amount(period.start, period.end) / target
        for period, target in islice(counted, LAST_PERIODS)
    ]
    if not shares:
        return None
    kept = sum(share >= 1 for share in shares)
    if len(shares) < LEAST_FOR_SPREAD:
        return Consistency(kept, len(shares))
    low, _, high = quantiles(shares, n=4, method="inclusive")
    return Consistency(kept, len(shares), low, high)


def window_of(kind: PeriodKind, today: date) -> date:
    """The first day that `consistency` may look at, for a target of this kind."""
    period = scored_period(kind, today)
    for _ in range(LOOKED_BACK[period.kind]):
        period = period.previous()
    return period.start


@lru_cache(maxsize=4096)
def _asked(
    indicator: Indicator,
    settings: tuple[TargetSetting, ...],
    calendar: RepCalendar,
    now: Period,
) -> tuple[tuple[Period, float], ...]:
    """The periods before this one that asked for something, newest first.

    Kept by the period and not by the day: else each day would leave as much behind again.
    """
    found = []
    period = now
    for _ in range(LOOKED_BACK[now.kind]):
        period = period.previous()
        target = _target(indicator, settings, calendar.within(period.start, period.end), period)
        if target:
            found.append((period, target))
    return tuple(found)


@lru_cache(maxsize=8192)
def _target(
    indicator: Indicator,
    settings: tuple[TargetSetting, ...],
    calendar: RepCalendar,
    period: Period,
) -> float | None:
    """Kept, because most reps of a team are asked for the same."""
    target: Decimal | None = target_for(indicator, settings, period, calendar)
    return None if target is None else float(target)
