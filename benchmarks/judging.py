"""What a forecast is asked about simulated reps, and what then happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from benchmarks.simulated_reps import SimulatedRep, SimulatedTeam, Thing, workdays
from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.forecast.prospects import WEEKS_KNOWN, Prospect, Record
from bot.domain.quantities import Measure, Unit

_UNITS = {
    Thing.CALLS: Unit("calls", Measure.COUNT),
    Thing.DEMOS: Unit("demos", Measure.COUNT),
    Thing.PLANS: Unit("plans", Measure.COUNT),
    Thing.SELLING: Unit("hours", Measure.HOURS),
    Thing.REVENUE: Unit("GBP", Measure.MONEY),
}
_MONTHLY = frozenset({Thing.PLANS, Thing.REVENUE})
_POINTS_OF_A_MONTH = (0.25, 0.5, 0.75, 0.9)
_MIDDAY = 3
"""The weekday, Monday 0, on which a week's question is asked once more with half the day logged."""
_MOST_BEFORE = 12


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what its rivals need to know, and its answer."""

    rep: SimulatedRep
    prospect: Prospect
    expected: float
    periods_before: tuple[bool, ...]
    came_true: bool

    @property
    def is_on_pace(self) -> bool:
        return float(self.prospect.actual) >= self.expected


@dataclass(frozen=True)
class Judged:
    """One rep of a team, with what was asked of the rep."""

    team: SimulatedTeam
    rep: SimulatedRep

    @cached_property
    def calendar(self) -> RepCalendar:
        away = tuple(DateRange(day, day) for day in sorted(self.rep.away))
        return RepCalendar(ZoneInfo("UTC"), time_off=away)

    @cached_property
    def amounts(self) -> dict[date, float]:
        return {day: amount for day, amount in self.rep.logged.items() if amount}

    def record(self, today: date, logged_today: Decimal) -> Record:
        """As the bot would know it: the last weeks, and today as far as it has gone."""
        first = today - timedelta(days=today.weekday(), weeks=WEEKS_KNOWN)
        known = {day: amount for day, amount in self.amounts.items() if first <= day < today}
        if logged_today:
            known[today] = float(logged_today)
        return Record(known, self.calendar, self.rep.start, self.team.asked_a_day)

    def available(self, first: date, last: date) -> list[date]:
        return [day for day in workdays(first, last) if day not in self.rep.away]

    def target(self, first: date, last: date) -> float:
        """Whole units, quarter hours or hundreds, at least one of them."""
        step = {Thing.SELLING: 0.25, Thing.REVENUE: 100.0}.get(self.team.thing, 1.0)
        asked = self.team.asked_a_day * len(self.available(first, last))
        return max(1, round(asked / step)) * step

    def sum(self, first: date, last: date) -> float:
        return sum(self.rep.logged.get(day, 0.0) for day in workdays(first, last))

    def cases(self) -> Iterator[Case]:
        """Every question about this rep."""
        before: list[bool] = []
        for first, last in _periods(self.team):
            whole = self.available(first, last)
            if first < self.rep.start or not whole:
                continue
            came_true = self.sum(first, last) >= self.target(first, last)
            if last >= self.team.judged_from:
                yield from self._asked(first, last, whole, tuple(before[-_MOST_BEFORE:]))
            before.append(came_true)

    def _asked(
        self, first: date, last: date, whole: list[date], before: tuple[bool, ...]
    ) -> Iterator[Case]:
        target = self.target(first, last)
        for today, part in self._points(whole):
            logged = self._so_far(today, part)
            actual = self.sum(first, today - timedelta(days=1)) + float(logged)
            prospect = Prospect(
                record=self.record(today, logged),
                unit=_UNITS[self.team.thing],
                today=today,
                ends=last,
                target=Decimal(str(target)),
                actual=Decimal(str(round(actual, 2))),
            )
            expected = target * sum(day < today for day in whole) / len(whole)
            yield Case(self.rep, prospect, expected, before, self.sum(first, last) >= target)

    def _points(self, whole: list[date]) -> Iterator[tuple[date, float]]:
        """Mornings from Tuesday to Friday, and Thursday noon; quarters of a month."""
        if self.team.thing in _MONTHLY:
            for share in _POINTS_OF_A_MONTH:
                yield whole[int(share * len(whole))], 0.0
            return
        for day in whole[1:]:
            yield day, 0.0
            if day.weekday() == _MIDDAY:
                yield day, 0.5

    def _so_far(self, today: date, part: float) -> Decimal:
        logged = self.rep.logged.get(today, 0.0) * part
        unit = _UNITS[self.team.thing]
        step = 1 if unit.measure is Measure.COUNT else 0.25
        return Decimal(str(int(logged / step) * step))


def unit_of(team: SimulatedTeam) -> Unit:
    return _UNITS[team.thing]


def _periods(team: SimulatedTeam) -> Iterator[tuple[date, date]]:
    """The team's whole weeks or months, oldest first."""
    first = min(rep.start for rep in team.reps)
    while True:
        if team.thing in _MONTHLY:
            following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        else:
            following = first + timedelta(weeks=1)
        if following - timedelta(days=1) > team.end:
            return
        yield first, following - timedelta(days=1)
        first = following
