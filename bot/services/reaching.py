"""Which thresholds the entries just recorded have crossed, for two small queries (design §2.6).

One asks which of those in sight were crossed before, one sums up. Only what is newly reached is
worth a look at more of the history: that is the business of `consequences`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.db.queries.milestones import Known, known, write
from bot.db.queries.totals import Span, Totals, daily_totals, span_of, totals
from bot.db.session import Session
from bot.domain.indicators import Indicator
from bot.domain.milestones import (
    LIFETIMES,
    PERCENTS,
    WEEKS_OF_HISTORY,
    Milestone,
    MilestoneKind,
    is_best_week,
)
from bot.domain.periods import Period, PeriodKind, period_of
from bot.domain.quantities import ZERO
from bot.domain.targets import period_in_force, setting_in_force, target_for
from bot.domain.teams import Rep, TeamPlaybook

_EVER = Span(date.min, date.max)
_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Entered:
    """Entries that a rep has just recorded: of which indicators, for which local dates.

    `added` has their amounts by indicator id, as far as they are known.
    """

    playbook: TeamPlaybook
    rep: Rep
    indicators: tuple[Indicator, ...]
    days: tuple[date, ...]
    now: datetime
    added: Mapping[int, Decimal] | None = None

    def period(self, indicator: Indicator, day: date) -> Period:
        """The period over which the indicator is scored on that day."""
        return period_in_force(indicator, self.playbook.settings(self.rep, indicator), day)

    def target(self, indicator: Indicator, period: Period) -> Decimal | None:
        settings = self.playbook.settings(self.rep, indicator)
        return target_for(indicator, settings, period, self.rep.calendar)

    def is_daily(self, indicator: Indicator, day: date) -> bool:
        setting = setting_in_force(self.playbook.settings(self.rep, indicator), day)
        return setting is not None and setting.kind is PeriodKind.DAY

    def milestone(
        self,
        kind: MilestoneKind,
        day: date,
        indicator: Indicator | None = None,
        period_start: date | None = None,
        threshold: int | None = None,
    ) -> Milestone:
        """One of the rep's, reached now with an entry for that day."""
        return Milestone(
            kind,
            self.playbook.team.id,
            self.now,
            day,
            self.rep.user_id,
            self.rep.id,
            indicator,
            threshold,
            period_start,
        )


@dataclass(frozen=True, slots=True)
class Reached:
    """What is newly reached; and which daily behaviours have now done a day's target."""

    new: tuple[Milestone, ...]
    done_for_the_day: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """A threshold in sight, crossed once the sum over `span` is enough; any sum where it is None.

    `period` is the one whose target decides, where a target does.
    """

    milestone: Milestone
    span: Span | None = None
    period: Period | None = None

    def goal(self, entered: Entered) -> Decimal | None:
        """The amount that it takes; None where there is no target to reach."""
        milestone = self.milestone
        if self.period is None or milestone.indicator is None:
            return Decimal(milestone.threshold or 0)
        target = entered.target(milestone.indicator, self.period)
        return target and target * (milestone.threshold or 100) / 100


def reach(session: Session, entered: Entered) -> Reached:
    """Writes down which thresholds are newly crossed, and gives them back."""
    workspace_id = entered.playbook.team.workspace_id
    steps = tuple(_in_sight(entered))
    before = known(session.connection, workspace_id, {step.milestone.key for step in steps})
    ahead = [step for step in steps if not _holds(step, before)]
    days = tuple(_days_of_daily(entered))
    sums = _sums(session, entered, ahead, (Span(day, day) for _indicator, day in days))
    crossed = [step.milestone for step in ahead if _is_crossed(session, entered, step, sums)]
    new = write(session.connection, workspace_id, crossed, before) if crossed else ()
    done = (each for each, day in days if _is_done(entered, each, day, sums))
    return Reached(new, tuple(done))


def _in_sight(entered: Entered) -> Iterator[_Step]:
    yield _Step(entered.milestone(MilestoneKind.FIRST_ENTRY, entered.days[0]))
    for indicator in entered.indicators:
        for period, day in _last_days(entered, indicator).items():
            yield from _of_period(entered, indicator, period, day)
        if not indicator.is_result:
            yield from _of_behaviour(entered, indicator)


def _last_days(entered: Entered, indicator: Indicator) -> dict[Period, date]:
    return {entered.period(indicator, day): day for day in sorted(entered.days)}


def _of_period(
    entered: Entered, indicator: Indicator, period: Period, day: date
) -> Iterator[_Step]:
    if not indicator.is_result:
        milestone = entered.milestone(MilestoneKind.TARGET, day, indicator, period.start)
        yield _Step(milestone, span_of(period), period)
        return
    for percent in PERCENTS:
        milestone = entered.milestone(MilestoneKind.RESULT, day, indicator, period.start, percent)
        yield _Step(milestone, span_of(period), period)


def _of_behaviour(entered: Entered, indicator: Indicator) -> Iterator[_Step]:
    for day in {period_of(PeriodKind.WEEK, day): day for day in sorted(entered.days)}.values():
        week = period_of(PeriodKind.WEEK, day)
        milestone = entered.milestone(MilestoneKind.BEST_WEEK, day, indicator, week.start)
        yield _Step(milestone, span_of(week))
    last = max(entered.days)
    for amount in LIFETIMES:
        milestone = entered.milestone(MilestoneKind.LIFETIME, last, indicator, threshold=amount)
        yield _Step(milestone, _EVER)


def _holds(step: _Step, before: Mapping[str, Known]) -> bool:
    found = before.get(step.milestone.key)
    return found is not None and found.holds


def _days_of_daily(entered: Entered) -> Iterator[tuple[Indicator, date]]:
    for indicator in entered.indicators:
        if not indicator.is_result:
            days = (day for day in entered.days if entered.is_daily(indicator, day))
            yield from ((indicator, day) for day in days)


def _sums(
    session: Session, entered: Entered, ahead: Iterable[_Step], days: Iterable[Span]
) -> Totals:
    spans = set(days)
    for step in ahead:
        if step.span is not None:
            spans.add(step.span)
        if step.milestone.kind is MilestoneKind.BEST_WEEK:
            spans.update(_weeks_before(step))
    measured = {indicator.id for indicator in entered.indicators}
    return totals(session.connection, {entered.rep.id}, measured, spans, entered.now)


def _weeks_before(step: _Step) -> Iterator[Span]:
    if step.span is not None:
        for back in range(1, WEEKS_OF_HISTORY + 1):
            yield Span(step.span.first - back * _A_WEEK, step.span.last - back * _A_WEEK)


def _is_crossed(session: Session, entered: Entered, step: _Step, sums: Totals) -> bool:
    indicator = step.milestone.indicator
    if step.span is None or indicator is None:
        return True
    total = sums.of(entered.rep.id, indicator.id, step.span)
    if step.milestone.kind is not MilestoneKind.BEST_WEEK:
        goal = step.goal(entered) if total else None
        return goal is not None and total >= goal
    lately = (sums.of(entered.rep.id, indicator.id, week) for week in _weeks_before(step))
    # Better than the last weeks: worth reading whether it is better than all the others too.
    return total > max(lately) and _is_best(session, entered, indicator, step.span)


def _is_best(session: Session, entered: Entered, indicator: Indicator, week: Span) -> bool:
    until_then = Span(date.min, week.last)
    who, what = {entered.rep.id}, {indicator.id}
    logged = daily_totals(session.connection, who, what, until_then, entered.now)
    weeks: defaultdict[date, Decimal] = defaultdict(Decimal)
    for day, amount in logged.get((entered.rep.id, indicator.id), {}).items():
        weeks[period_of(PeriodKind.WEEK, day).start] += amount
    return is_best_week(weeks.pop(week.first, ZERO), weeks.values())


def _is_done(entered: Entered, indicator: Indicator, day: date, sums: Totals) -> bool:
    """Whether the day's target is reached, and wasn't yet without what was added, if known."""
    target = entered.target(indicator, period_of(PeriodKind.DAY, day))
    if target is None:
        return False
    total = sums.of(entered.rep.id, indicator.id, Span(day, day))
    before = total - (entered.added or {}).get(indicator.id, total)
    return before < target <= total
