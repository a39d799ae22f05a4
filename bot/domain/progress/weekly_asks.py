"""What weeks ask of a team's reps, reckoned once for all of whom they ask the same."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.indicators import Indicator
from bot.domain.progress.targets import TargetSetting, period_in_force, target_for
from bot.domain.progress.workload import basis_of, workload
from bot.domain.teams import Rep, TeamPlaybook

_A_YEAR = timedelta(days=372)
"""As far as a period reaches that holds one of the weeks."""
_ONE_DAY = timedelta(days=1)

Asked = Mapping[int, tuple[float, ...]]
"""What was asked week by week, by the indicator's id; 0 in a week that asked for nothing."""
_Like = tuple[int | None, str | None]


class WeeklyAsks:
    """What the weeks of these Mondays ask of each rep at some indicators.

    Reps who work alike share one answer. Most differ by a week off here and there, and those share
    what the other weeks ask.
    """

    def __init__(
        self, playbook: TeamPlaybook, mondays: Sequence[date], indicators: Sequence[Indicator]
    ) -> None:
        self._playbook = playbook
        self._weeks = tuple(period_of(PeriodKind.WEEK, monday) for monday in mondays)
        self._indicators = indicators
        self._periods: dict[tuple[_Like, int], tuple[Period, ...]] = {}
        self._asked: dict[tuple[_Like, RepCalendar], Asked] = {}
        self._amounts: dict[tuple[_Like, int, Period, RepCalendar], float] = {}

    def of(self, rep: Rep) -> Asked:
        """What was asked of the rep: of a longer period's target the share of the week's days."""
        first, last = self._weeks[0].start - _A_YEAR, self._weeks[-1].end + _A_YEAR
        alike = self._playbook.asked_like(rep), rep.calendar.within(first, last)
        if alike not in self._asked:
            self._asked[alike] = self._reckoned(rep, alike[0])
        return self._asked[alike]

    def workdays(self, rep: Rep) -> tuple[int, ...]:
        """How many workdays each week has for the rep."""
        within = rep.calendar.within
        return tuple(
            [len(workload(within(week.start, week.end), week).days) for week in self._weeks]
        )

    def _reckoned(self, rep: Rep, like: _Like) -> Asked:
        periods = {each.id: self._periods_of(rep, each, like) for each in self._indicators}
        narrow = {
            period: rep.calendar.within(period.start, period.end)
            for period in {period for every in periods.values() for period in every}
        }
        return {
            each.id: tuple(
                [
                    self._amount(rep, like, each, week, period, narrow[period])
                    for week, period in zip(self._weeks, periods[each.id], strict=True)
                ]
            )
            for each in self._indicators
        }

    def _periods_of(self, rep: Rep, indicator: Indicator, like: _Like) -> tuple[Period, ...]:
        """The period in force at the beginning of each week."""
        known = self._periods.get((like, indicator.id))
        if known is None:
            settings = self._playbook.settings(rep, indicator)
            known = tuple(period_in_force(indicator, settings, week.start) for week in self._weeks)
            self._periods[like, indicator.id] = known
        return known

    def _amount(
        self,
        rep: Rep,
        like: _Like,
        indicator: Indicator,
        week: Period,
        period: Period,
        calendar: RepCalendar,
    ) -> float:
        key = like, indicator.id, week, calendar
        known = self._amounts.get(key)
        if known is None:
            settings = self._playbook.settings(rep, indicator)
            known = self._amounts[key] = _asked_in(indicator, settings, calendar, week, period)
        return known


def _asked_in(
    indicator: Indicator,
    settings: Sequence[TargetSetting],
    calendar: RepCalendar,
    week: Period,
    period: Period,
) -> float:
    target = target_for(indicator, settings, period, calendar)
    if target is None or period == week:
        return float(target or 0)
    load = workload(calendar, period, basis_of(indicator, calendar))
    gone = load.weight_before(week.end + _ONE_DAY) - load.weight_before(week.start)
    return float(target * gone / load.weight) if load.weight else 0.0
