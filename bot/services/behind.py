"""Who is behind, of many: the few are assessed whose sums fall short of what is asked of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from bot.db.queries.entries.standings import hundredths
from bot.db.queries.entries.totals import Span, span_of
from bot.db.session import Session
from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, PeriodKind
from bot.domain.indicators import Indicator
from bot.domain.nudging.nudges import all_gaps
from bot.domain.progress.pace import Progress, assess, least_on_pace
from bot.domain.progress.targets import TargetSetting, period_in_force
from bot.domain.quantities import ZERO
from bot.domain.teams import Rep, TeamPlaybook

_NOTHING: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bar:
    """What a behaviour asks of everybody who works and is asked alike: `least`, in hundredths."""

    indicator: Indicator
    settings: tuple[TargetSetting, ...]
    period: Period
    least: int


@dataclass(frozen=True, slots=True)
class _Alike:
    """The reps of whom the same is asked on the same local date, by the same calendar."""

    calendar: RepCalendar
    today: date
    bars: tuple[_Bar, ...]
    reps: list[Rep]


@dataclass(slots=True)
class _Look:
    """One question to the database: some people, some behaviours, some spans."""

    people: set[int] = field(default_factory=set)
    measured: set[int] = field(default_factory=set)
    spans: dict[Span, int] = field(default_factory=dict)

    def place(self, span: Span) -> int:
        """Where the span's sum stands in a row."""
        return self.spans.setdefault(span, len(self.spans))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A bar, and where the sums that it is held against stand in its row."""

    bar: _Bar
    key: int
    least: int
    actual: int
    today: int
    assessed: dict[tuple[int, int], Progress] = field(default_factory=dict)
    """By the two sums: of many who fall short, many have logged as much."""


def all_behind(
    session: Session, playbooks: Iterable[TeamPlaybook], reps: Iterable[Rep], now: datetime
) -> dict[int, tuple[Progress, ...]]:
    """Each rep's gaps by rep id, as `all_gaps` orders them: the same as of everybody's `progress`.

    A query for each kind of period, whatever the number of teams, reps and behaviours. Long periods
    are read for the behaviours that have them, not for all.
    """
    looks: defaultdict[PeriodKind, _Look] = defaultdict(_Look)
    teams = {playbook.team.id: playbook for playbook in playbooks}
    placed = [(each, _announced(each, looks)) for each in _alike(teams, reps, now)]
    rows: dict[tuple[int, int], tuple[int | None, ...]] = {}
    for look in looks.values():
        spans = list(look.spans)
        rows |= hundredths(session.connection, look.people, look.measured, spans, now)
    return {
        rep.id: all_gaps(_short(alike, rep, bars, rows))
        for alike, bars in placed
        for rep in alike.reps
    }


def _alike(
    teams: Mapping[int, TeamPlaybook], reps: Iterable[Rep], now: datetime
) -> Iterable[_Alike]:
    known: dict[tuple[object, ...], _Alike] = {}
    for rep in reps:
        playbook, today = teams[rep.team_id], rep.today(now)
        key = (rep.team_id, *playbook.asked_like(rep), rep.calendar, today)
        if key not in known:
            bars = tuple(_bars(playbook, rep, today))
            known[key] = _Alike(rep.calendar, today, bars, [])
        known[key].reps.append(rep)
    return known.values()


def _bars(playbook: TeamPlaybook, rep: Rep, today: date) -> Iterable[_Bar]:
    for behaviour in playbook.behaviours:
        settings = playbook.settings(rep, behaviour)
        period = period_in_force(behaviour, settings, today)
        least = least_on_pace(behaviour, settings, rep.calendar, today, period)
        if least > ZERO:
            yield _Bar(behaviour, settings, period, int(least * 100))


def _announced(alike: _Alike, looks: Mapping[PeriodKind, _Look]) -> list[_Placed]:
    people = [rep.id for rep in alike.reps]
    placed = []
    for bar in alike.bars:
        look = looks[bar.period.kind]
        look.people.update(people)
        look.measured.add(bar.indicator.id)
        actual, today = look.place(span_of(bar.period)), look.place(Span(alike.today, alike.today))
        placed.append(_Placed(bar, bar.indicator.id, bar.least, actual, today))
    return placed


def _short(
    alike: _Alike,
    rep: Rep,
    bars: Iterable[_Placed],
    rows: Mapping[tuple[int, int], tuple[int | None, ...]],
) -> Iterable[Progress]:
    person_id = rep.id
    for placed in bars:
        row = rows.get((person_id, placed.key))
        actual = 0 if row is None else row[placed.actual] or 0
        if actual < placed.least:
            logged = actual, (0 if row is None else row[placed.today] or 0)
            known = placed.assessed.get(logged)
            if known is None:
                known = placed.assessed[logged] = _assessed(alike, placed.bar, *logged)
            yield known


def _assessed(alike: _Alike, bar: _Bar, actual: int, today_actual: int) -> Progress:
    return assess(
        bar.indicator,
        bar.settings,
        alike.calendar,
        alike.today,
        actual=Decimal(actual).scaleb(-2),
        today_actual=Decimal(today_actual).scaleb(-2),
        period=bar.period,
    )
