"""How long each rep's streaks have run, reading no more of the history than it takes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.db.queries.entries.standings import sums_by_period
from bot.db.queries.entries.totals import Span
from bot.db.session import Session
from bot.domain.days.periods import PeriodKind
from bot.domain.feats.streak_windows import settled_streak, streak_kind, window_start
from bot.domain.feats.streaks import NO_STREAK, Streak, streak_of
from bot.domain.indicators import Indicator
from bot.domain.progress.targets import TargetSetting
from bot.domain.teams import Rep, TeamPlaybook

_FIRST_LOOK = {
    PeriodKind.DAY: 14,
    PeriodKind.WEEK: 6,
    PeriodKind.MONTH: 4,
    PeriodKind.QUARTER: 3,
    PeriodKind.YEAR: 2,
}
"""How many periods back the first look goes; most streaks broke since."""
_SECOND_LOOK = 8
"""How many times as far back the second goes; the third sees everything."""
_EVER = date(1, 1, 1)

Streaks = dict[tuple[int, int], Streak]


@dataclass(frozen=True, slots=True)
class _Run:
    """One rep's streak of one indicator, to be counted as of the rep's `today`."""

    rep: Rep
    indicator: Indicator
    settings: Sequence[TargetSetting]
    kind: PeriodKind
    today: date

    @property
    def key(self) -> tuple[int, int]:
        return self.rep.id, self.indicator.id


def streaks(
    session: Session,
    playbook: TeamPlaybook,
    reps: Iterable[Rep],
    indicators: Sequence[Indicator],
    now: datetime,
) -> Streaks:
    """The streak of each rep and indicator as of `now`, by (rep id, indicator id).

    Three queries for each kind of period at most, whatever the number of reps.
    """
    by_kind: defaultdict[PeriodKind, list[_Run]] = defaultdict(list)
    found: Streaks = {}
    for rep in reps:
        today = rep.today(now)
        for indicator in indicators:
            settings = playbook.settings(rep, indicator)
            kind = streak_kind(settings, today)
            if kind is None:
                found[rep.id, indicator.id] = NO_STREAK
            else:
                by_kind[kind].append(_Run(rep, indicator, settings, kind, today))
    for kind, runs in by_kind.items():
        found |= _counted(session, kind, runs, now)
    return found


def _counted(session: Session, kind: PeriodKind, runs: list[_Run], now: datetime) -> Streaks:
    found: Streaks = {}
    first = _FIRST_LOOK[kind]
    for periods in (first, first * _SECOND_LOOK):
        looked = _look_back(session, runs, periods, now)
        found |= {key: streak for key, streak in looked.items() if streak is not None}
        runs = [run for run in runs if run.key not in found]
        if not runs:
            return found
    return found | _over_all_history(session, runs, now)


def _look_back(
    session: Session, runs: list[_Run], periods: int, now: datetime
) -> dict[tuple[int, int], Streak | None]:
    since = {run.key: window_start(run.kind, run.today, periods) for run in runs}
    amounts = _amounts(session, runs, min(since.values()), now)
    return {
        run.key: settled_streak(
            run.indicator,
            run.settings,
            run.rep.calendar,
            run.today,
            amounts.get(run.key, {}),
            since[run.key],
        )
        for run in runs
    }


def _over_all_history(session: Session, runs: list[_Run], now: datetime) -> Streaks:
    amounts = _amounts(session, runs, _EVER, now)
    return {
        run.key: streak_of(
            run.indicator,
            run.settings,
            run.rep.calendar,
            run.today,
            amounts.get(run.key, {}),
        )
        for run in runs
    }


def _amounts(
    session: Session, runs: list[_Run], since: date, now: datetime
) -> Mapping[tuple[int, int], Mapping[date, Decimal]]:
    people = {run.rep.id for run in runs}
    indicators = {run.indicator.id for run in runs}
    # A period's later days may hold nothing that occurred yet; `now` leaves it out anyway.
    last = max(run.today for run in runs) + timedelta(days=1)
    span, (kind,) = Span(since, last), {run.kind for run in runs}
    return sums_by_period(session.connection, people, indicators, kind, span, now)
