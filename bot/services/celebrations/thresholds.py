"""The thresholds that entries have come to, as far as sums tell (design §2.6).

Nothing here goes through a rep's whole history, but for a week that is better than all of the last
year's; a lifetime is one sum over an index, and none once its last step is reached.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from bot.db.queries.entries.lifetimes import MOST_OTHERS, Asked
from bot.db.queries.entries.totals import Span, daily_totals, span_of
from bot.db.session import Session
from bot.domain.days.periods import ONE_DAY, Period, PeriodKind, period_of
from bot.domain.indicators import Indicator
from bot.domain.milestones import (
    LIFETIMES,
    Milestone,
    MilestoneKind,
    is_best_week,
    milestone_key,
    percents_reached,
)
from bot.domain.quantities import ZERO
from bot.services.celebrations.entered import Entered
from bot.services.tallies import Tally

_A_YEAR = timedelta(weeks=52)
"""How far back to look for a better week, before looking at everything; mostly there is one."""


@dataclass(frozen=True, slots=True)
class Step:
    """A threshold that the sums have come to, with an entry for `day`; `total` is a week's."""

    kind: MilestoneKind
    day: date
    indicator: Indicator | None = None
    period: Period | None = None
    threshold: int | None = None
    total: Decimal = ZERO

    def key(self, entered: Entered) -> str:
        """The key of its milestone."""
        indicator = None if self.indicator is None else self.indicator.id
        start = None if self.period is None else self.period.start
        return milestone_key(self.kind, entered.rep.user_id, indicator, start, self.threshold)

    def milestones(self, session: Session, entered: Entered) -> Iterator[Milestone]:
        """What is reached by it: all steps of a lifetime up to this one; a best week only if so."""
        if self.kind is MilestoneKind.LIFETIME:
            steps = (each for each in LIFETIMES if each <= (self.threshold or 0))
            for step in steps:
                yield entered.milestone(self.kind, self.day, self.indicator, threshold=step)
        elif self.kind is not MilestoneKind.BEST_WEEK or _is_best(session, entered, self):
            start = None if self.period is None else self.period.start
            yield entered.milestone(self.kind, self.day, self.indicator, start, self.threshold)


@dataclass(frozen=True, slots=True)
class Sight:
    """The periods and the weeks of one indicator that entries are for, each with its last day."""

    indicator: Indicator
    periods: dict[Period, date]
    weeks: dict[Period, date]

    def announce(self, entered: Entered, tally: Tally) -> None:
        """Tells the tally what `steps` takes."""
        tally.want({span_of(period) for period in self.periods})
        tally.want({span_of(each) for week in self.weeks for each in (week, week.previous())})
        if not self.indicator.is_result:
            tally.want_lifetime(self.indicator.id, self._asked(entered.rep.user_id))

    def _asked(self, user_id: str) -> Asked:
        own = user_id, self.indicator.id
        targets = (milestone_key(MilestoneKind.TARGET, *own, each.start) for each in self.periods)
        weeks = (milestone_key(MilestoneKind.BEST_WEEK, *own, each.start) for each in self.weeks)
        return Asked(_lifetime_keys(*own), [*targets, *weeks][:MOST_OTHERS])

    def steps(self, entered: Entered, tally: Tally) -> Iterator[Step]:
        """What the sums have come to and isn't known yet; some of it may hold all the same."""
        if self.indicator.is_result:
            yield from self._of_sums(entered, tally)
            return
        found = tally.lifetime(self.indicator.id)
        for step in self._of_sums(entered, tally):
            if step.key(entered) not in found.others:
                yield step
        reached = (step for step in reversed(LIFETIMES) if step <= (found.total or ZERO))
        highest = next(reached, 0)
        if highest > found.celebrated:  # alone: the lower ones came before it, or come with it
            day = entered.days[-1]
            yield Step(MilestoneKind.LIFETIME, day, self.indicator, threshold=highest)

    def _of_sums(self, entered: Entered, tally: Tally) -> Iterator[Step]:
        for period, day in self.periods.items():
            total = tally.of(entered.rep.id, self.indicator.id, span_of(period))
            if total:
                yield from self._of_target(entered, period, day, total)
        for week, day in self.weeks.items():
            total, last = (
                tally.of(entered.rep.id, self.indicator.id, span_of(each))
                for each in (week, week.previous())
            )
            if total > last:
                yield Step(MilestoneKind.BEST_WEEK, day, self.indicator, week, total=total)

    def _of_target(
        self, entered: Entered, period: Period, day: date, total: Decimal
    ) -> Iterator[Step]:
        target = entered.target(self.indicator, period)
        if self.indicator.is_result:
            for percent in percents_reached(total, target):
                yield Step(MilestoneKind.RESULT, day, self.indicator, period, percent)
        elif target is not None and total >= target:
            yield Step(MilestoneKind.TARGET, day, self.indicator, period)


@lru_cache(maxsize=4096)
def _lifetime_keys(user_id: str, indicator_id: int) -> tuple[str, ...]:
    kind = MilestoneKind.LIFETIME
    return tuple(milestone_key(kind, user_id, indicator_id, None, step) for step in LIFETIMES)


def in_sight(entered: Entered) -> tuple[Sight, ...]:
    """What entries are about, indicator by indicator."""
    return tuple(_sight(entered, indicator) for indicator in entered.indicators)


def _sight(entered: Entered, indicator: Indicator) -> Sight:
    periods = {entered.period(indicator, day): day for day in entered.days}
    if indicator.is_result:
        return Sight(indicator, periods, {})
    weeks = {period_of(PeriodKind.WEEK, day): day for day in entered.days}
    return Sight(indicator, periods, weeks)


def may_be_first(entered: Entered, sights: tuple[Sight, ...], tally: Tally) -> bool:
    """Whether nothing shows that the rep had logged before: no more in a period than was added."""
    added = entered.added or {}
    return not any(
        tally.of(entered.rep.id, sight.indicator.id, span_of(period))
        > added.get(sight.indicator.id, ZERO)
        for sight in sights
        for period in sight.periods
        if sight.indicator.id in added
    )


def _is_best(session: Session, entered: Entered, step: Step) -> bool:
    if step.indicator is None or step.period is None:
        return False
    week, a_year_ago = step.period.start, step.period.start - _A_YEAR
    lately = Span(a_year_ago, week - ONE_DAY)
    weeks = _by_week(session, entered, step.indicator, lately)
    if step.total <= max(weeks.values(), default=ZERO):
        return False
    long_ago = Span(date.min, a_year_ago - ONE_DAY)
    weeks |= _by_week(session, entered, step.indicator, long_ago)
    return is_best_week(step.total, weeks.values())


def _by_week(
    session: Session, entered: Entered, indicator: Indicator, span: Span
) -> dict[date, Decimal]:
    """What was logged in each week, by its first day."""
    who, what = {entered.rep.id}, {indicator.id}
    logged = daily_totals(session.connection, who, what, span, entered.now)
    weeks: defaultdict[date, Decimal] = defaultdict(Decimal)
    for day, amount in logged.get((entered.rep.id, indicator.id), {}).items():
        weeks[period_of(PeriodKind.WEEK, day).start] += amount
    return weeks
