"""The milestones that a rep's entries hold, found by going through them once more (design §2.6).

For imports, where nobody watched as they came in, and after an undo, to see what is still true.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.indicators import Indicator
from bot.domain.milestones import (
    LIFETIMES,
    PERCENTS,
    STREAKS,
    Milestone,
    MilestoneKind,
    is_best_week,
)
from bot.domain.progress.targets import TargetSetting, period_in_force, target_for
from bot.domain.quantities import ZERO
from bot.domain.teams import Rep


@dataclass(frozen=True, slots=True)
class Logged:
    """An amount, the local date that it is for, and the instant from which it counts.

    That instant is when an entry was typed, or when an imported one occurred.
    """

    at: datetime
    day: date
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class History:
    """All that one rep ever logged of one indicator, with every target ever set for the two."""

    rep: Rep
    indicator: Indicator
    settings: Sequence[TargetSetting]
    entries: Sequence[Logged]

    def milestones(self) -> Iterator[Milestone]:
        """Every milestone of this rep and indicator, in no particular order."""
        if self.indicator.is_result:
            yield from self._percents()
        else:
            yield from self._targets()
            yield from self._streaks()
            yield from self._best_weeks()
            yield from self._lifetimes()

    def targets_reached(self) -> dict[Period, Logged]:
        """The entry that reached the target, for each period whose target was reached."""
        found = {}
        for period, entries in self._by_period().items():
            reaching = reaching_entry(entries, self._target(period))
            if reaching is not None:
                found[period] = reaching
        return found

    def streak_from(self, start: date) -> int:
        """How many periods in a row, the first beginning on that date, reached their targets."""
        return max((self._streak_from(kind, start) for kind in self._kinds()), default=0)

    def milestone(
        self,
        kind: MilestoneKind,
        entry: Logged,
        period_start: date | None = None,
        threshold: int | None = None,
    ) -> Milestone:
        """One of this rep and indicator, reached by an entry."""
        return Milestone(
            kind,
            self.rep.team_id,
            entry.at,
            entry.day,
            self.rep.user_id,
            self.rep.id,
            self.indicator,
            threshold,
            period_start,
        )

    def _targets(self) -> Iterator[Milestone]:
        for period, entry in self.targets_reached().items():
            yield self.milestone(MilestoneKind.TARGET, entry, period.start)

    def _percents(self) -> Iterator[Milestone]:
        for period, entries in self._by_period().items():
            target = self._target(period)
            for percent in PERCENTS:
                entry = reaching_entry(entries, target and target * percent / 100)
                if entry is not None:
                    yield self.milestone(MilestoneKind.RESULT, entry, period.start, percent)

    def _streaks(self) -> Iterator[Milestone]:
        for kind in self._kinds():
            yield from self._streaks_of(kind)

    def _kinds(self) -> frozenset[PeriodKind]:
        return frozenset(setting.kind for setting in self.settings)

    def _streak_from(self, kind: PeriodKind, start: date) -> int:
        length = 0
        for period, entries in self._unbroken(kind):
            target = self._target(period)
            if period.start < start or target is None:
                continue
            if amount_of(entries) < target or (not length and period.start != start):
                return length
            length += 1
        return length

    def _streaks_of(self, kind: PeriodKind) -> Iterator[Milestone]:
        length, start, last = 0, None, None
        for period, entries in self._unbroken(kind):
            target = self._target(period)
            if target is None:
                continue
            reaching = reaching_entry(entries, target)
            if reaching is None:
                length, start, last = 0, None, None
                continue
            length, start = length + 1, start or period.start
            last = reaching if last is None else max(last, reaching, key=_moment)
            if length in STREAKS:
                yield self.milestone(MilestoneKind.STREAK, last, start, length)

    def _best_weeks(self) -> Iterator[Milestone]:
        earlier: list[Decimal] = []
        for week, entries in sorted(
            _grouped(self.entries, PeriodKind.WEEK).items(), key=lambda item: item[0].start
        ):
            total = amount_of(entries)
            if is_best_week(total, earlier):
                entry = reaching_entry(entries, max(earlier), beyond=True)
                if entry is not None:
                    yield self.milestone(MilestoneKind.BEST_WEEK, entry, week.start)
            earlier.append(total)

    def _lifetimes(self) -> Iterator[Milestone]:
        for lifetime in LIFETIMES:
            entry = reaching_entry(self.entries, Decimal(lifetime))
            if entry is None:
                return
            yield self.milestone(MilestoneKind.LIFETIME, entry, threshold=lifetime)

    def _target(self, period: Period) -> Decimal | None:
        return target_for(self.indicator, self.settings, period, self.rep.calendar)

    def _by_period(self) -> Mapping[Period, list[Logged]]:
        found: defaultdict[Period, list[Logged]] = defaultdict(list)
        periods: dict[date, Period] = {}
        for entry in self.entries:
            if entry.day not in periods:
                periods[entry.day] = period_in_force(self.indicator, self.settings, entry.day)
            found[periods[entry.day]].append(entry)
        return found

    def _unbroken(self, kind: PeriodKind) -> Iterator[tuple[Period, list[Logged]]]:
        """Every period from the first entry to the last, those without entries included."""
        grouped = _grouped(self.entries, kind)
        if not grouped:
            return
        period, end = min(grouped, key=_start), max(grouped, key=_start)
        while period.start <= end.start:
            yield period, grouped.get(period, [])
            period = period.next()


def reaching_entry(
    entries: Iterable[Logged], amount: Decimal | None, *, beyond: bool = False
) -> Logged | None:
    """The entry with which the running sum reached the amount (went beyond it), if ever.

    None too where there is no amount to reach.
    """
    if amount is None:
        return None
    running = ZERO
    for entry in sorted(entries, key=_moment):
        running += entry.quantity
        if running > amount or (running == amount and not beyond):
            return entry
    return None


def first_entry(rep: Rep, histories: Iterable[History]) -> Milestone | None:
    """The rep's very first entry, of whatever indicator."""
    entries = [entry for history in histories for entry in history.entries]
    if not entries:
        return None
    first = min(entries, key=_moment)
    return Milestone(
        MilestoneKind.FIRST_ENTRY, rep.team_id, first.at, first.day, rep.user_id, rep.id
    )


def amount_of(entries: Collection[Logged]) -> Decimal:
    """The sum of what was logged."""
    return sum((entry.quantity for entry in entries), ZERO)


def _grouped(entries: Iterable[Logged], kind: PeriodKind) -> dict[Period, list[Logged]]:
    found: defaultdict[Period, list[Logged]] = defaultdict(list)
    periods: dict[date, Period] = {}
    for entry in entries:
        if entry.day not in periods:
            periods[entry.day] = period_of(kind, entry.day)
        found[periods[entry.day]].append(entry)
    return found


def _moment(entry: Logged) -> datetime:
    return entry.at


def _start(period: Period) -> date:
    return period.start
