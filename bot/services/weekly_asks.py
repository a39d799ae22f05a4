"""What weeks ask of a team's reps, reckoned once for all of whom they ask the same."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.indicators import Indicator
from bot.domain.progress.targets import TargetSetting, period_in_force, target_for
from bot.domain.progress.workload import basis_of, workload
from bot.domain.teams import Rep, TeamPlaybook

_ONE_DAY = timedelta(days=1)
_Alike = tuple[int | None, str | None]
_Weeks = tuple[Period, ...]


class WeeklyAsks:
    """What the weeks of these Mondays ask of each rep at some indicators.

    Reckoned once for all reps who are asked alike and work a target's period alike: most do,
    whoever is away in another one.
    """

    def __init__(
        self, playbook: TeamPlaybook, mondays: Sequence[date], indicators: Sequence[Indicator]
    ) -> None:
        self._playbook = playbook
        self._weeks = tuple(period_of(PeriodKind.WEEK, monday) for monday in mondays)
        self._indicators = indicators
        self._periods: dict[tuple[_Alike, int], tuple[tuple[Period, _Weeks], ...]] = {}
        self._amounts: dict[tuple[_Alike, int, Period, RepCalendar], tuple[float, ...]] = {}

    def of(self, rep: Rep) -> Mapping[int, tuple[float, ...]]:
        """What was asked week by week, by the indicator's id: of a longer period its share."""
        calendars: dict[Period, RepCalendar] = {}
        found = {}
        for each in self._indicators:
            asked: list[float] = []
            for period, weeks in self._periods_of(rep, each):
                if period not in calendars:
                    calendars[period] = rep.calendar.within(period.start, period.end)
                asked += self._asked(rep, each, period, weeks, calendars[period])
            found[each.id] = tuple(asked)
        return found

    def workdays(self, rep: Rep) -> tuple[int, ...]:
        """How many workdays each week has for the rep."""
        within = rep.calendar.within
        loads = [workload(within(week.start, week.end), week) for week in self._weeks]
        return tuple([len(load.days) for load in loads])

    def _periods_of(self, rep: Rep, indicator: Indicator) -> tuple[tuple[Period, _Weeks], ...]:
        """The periods that are in force when the weeks begin, each with its weeks."""
        key = self._playbook.asked_like(rep), indicator.id
        if key not in self._periods:
            settings = self._playbook.settings(rep, indicator)
            runs = groupby(
                self._weeks, lambda week: period_in_force(indicator, settings, week.start)
            )
            self._periods[key] = tuple((period, tuple(weeks)) for period, weeks in runs)
        return self._periods[key]

    def _asked(
        self, rep: Rep, indicator: Indicator, period: Period, weeks: _Weeks, calendar: RepCalendar
    ) -> tuple[float, ...]:
        key = self._playbook.asked_like(rep), indicator.id, period, calendar
        known = self._amounts.get(key)
        if known is None:
            settings = self._playbook.settings(rep, indicator)
            known = tuple(_asked_in(indicator, settings, period, weeks, calendar))
            self._amounts[key] = known
        return known


def _asked_in(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    period: Period,
    weeks: _Weeks,
    calendar: RepCalendar,
) -> Sequence[float]:
    """What weeks that begin in the period ask for: its target, or the share of their days in it."""
    target = target_for(indicator, settings, period, calendar)
    if target is None:
        return [0.0] * len(weeks)
    if weeks == (period,):
        return [float(target)]
    load = workload(calendar, period, basis_of(indicator, calendar))
    ends = [
        (load.weight_before(each.start), load.weight_before(each.end + _ONE_DAY)) for each in weeks
    ]
    return [float(target * (then - gone) / load.weight) for gone, then in ends]
