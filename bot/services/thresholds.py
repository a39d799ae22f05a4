"""The thresholds in sight of an entry, and which of them are crossed (design §2.6).

Nothing here goes through a rep's whole history, but for a week that is better than all of the last
year's; a lifetime is one sum over an index, and only until its last step is reached.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.db.queries.totals import Span, daily_totals, span_of
from bot.db.session import Session
from bot.domain.indicators import Indicator
from bot.domain.milestones import (
    LIFETIMES,
    PERCENTS,
    Milestone,
    MilestoneKind,
    is_best_week,
    milestone_key,
)
from bot.domain.periods import Period, PeriodKind, period_of
from bot.domain.quantities import ZERO
from bot.services.entered import Entered
from bot.services.tallies import Tally

_A_WEEK = timedelta(days=7)
_WEEKS_LOOKED_BACK = (4, 52)
"""How far back to look for a better week, before looking at everything; mostly there is one."""


@dataclass(frozen=True, slots=True)
class Step:
    """A threshold that an entry for `day` may cross.

    `period` is the one whose target decides, or the week that may be the best.
    """

    kind: MilestoneKind
    day: date
    indicator: Indicator | None = None
    period: Period | None = None
    threshold: int | None = None

    def key(self, entered: Entered) -> str:
        """The key of its milestone."""
        indicator = None if self.indicator is None else self.indicator.id
        start = None if self.period is None else self.period.start
        return milestone_key(self.kind, entered.rep.user_id, indicator, start, self.threshold)

    def milestone(self, entered: Entered) -> Milestone:
        start = None if self.period is None else self.period.start
        return entered.milestone(self.kind, self.day, self.indicator, start, self.threshold)

    def spans(self) -> Iterator[Span]:
        """The sums that a first look at it takes."""
        if self.period is not None:
            yield span_of(self.period)
        if self.period is not None and self.kind is MilestoneKind.BEST_WEEK:
            yield _weeks_back(self.period, 1)

    def is_crossed(self, session: Session, entered: Entered, tally: Tally) -> bool:
        if self.indicator is None:
            return True
        if self.period is None:
            return tally.ever(self.indicator.id) >= (self.threshold or 0)
        total = tally.of(entered.rep.id, self.indicator.id, span_of(self.period))
        if not total:
            return False
        if self.kind is MilestoneKind.BEST_WEEK:
            return _is_best(session, entered, self.indicator, self.period, total, tally)
        target = entered.target(self.indicator, self.period)
        return target is not None and total * 100 >= target * (self.threshold or 100)


def in_sight(entered: Entered) -> Iterator[Step]:
    """Everything that the entries may have reached, except what follows from it."""
    yield Step(MilestoneKind.FIRST_ENTRY, entered.days[0])
    for indicator in entered.indicators:
        last_days = {entered.period(indicator, day): day for day in entered.days}
        for period, day in last_days.items():
            yield from _of_period(indicator, period, day)
        if not indicator.is_result:
            yield from _of_behaviour(entered, indicator)


def _of_period(indicator: Indicator, period: Period, day: date) -> Iterator[Step]:
    if not indicator.is_result:
        yield Step(MilestoneKind.TARGET, day, indicator, period)
        return
    for percent in PERCENTS:
        yield Step(MilestoneKind.RESULT, day, indicator, period, percent)


def _of_behaviour(entered: Entered, indicator: Indicator) -> Iterator[Step]:
    weeks = {period_of(PeriodKind.WEEK, day): day for day in entered.days}
    for week, day in weeks.items():
        yield Step(MilestoneKind.BEST_WEEK, day, indicator, week)
    for amount in LIFETIMES:
        yield Step(MilestoneKind.LIFETIME, entered.days[-1], indicator, threshold=amount)


def _is_best(
    session: Session,
    entered: Entered,
    indicator: Indicator,
    week: Period,
    total: Decimal,
    tally: Tally,
) -> bool:
    if total <= tally.of(entered.rep.id, indicator.id, _weeks_back(week, 1)):
        return False
    for weeks in _WEEKS_LOOKED_BACK:
        earlier = _earlier(session, entered, indicator, week, _weeks_back(week, weeks).first)
        if total <= max(earlier.values(), default=ZERO):
            return False
    return is_best_week(total, _earlier(session, entered, indicator, week, date.min).values())


def _earlier(
    session: Session, entered: Entered, indicator: Indicator, week: Period, since: date
) -> dict[date, Decimal]:
    """What was logged in the weeks before, by their first days."""
    before = Span(since, week.start - timedelta(days=1))
    who, what = {entered.rep.id}, {indicator.id}
    logged = daily_totals(session.connection, who, what, before, entered.now)
    weeks: defaultdict[date, Decimal] = defaultdict(Decimal)
    for day, amount in logged.get((entered.rep.id, indicator.id), {}).items():
        weeks[period_of(PeriodKind.WEEK, day).start] += amount
    return weeks


def _weeks_back(week: Period, weeks: int) -> Span:
    return Span(week.start - weeks * _A_WEEK, week.end - weeks * _A_WEEK)
