"""How likely each target is to be reached, and how steadily it has been: added to progress."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.db.session import Session
from bot.domain.days.periods import ONE_DAY, Period
from bot.domain.days.zones import local_date_in
from bot.domain.forecast.prospects import WEEKS_KNOWN, Prospect, Record, TeamHabits, TeamPast
from bot.domain.indicators import Indicator
from bot.domain.progress.consistency import Consistency, consistency
from bot.domain.progress.pace import Progress
from bot.domain.progress.targets import period_in_force, target_for
from bot.domain.progress.workload import basis_of, workload
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.recent_histories import RecentHistory, recent_history

Standing = Mapping[tuple[int, int], Progress]
"""(rep id, indicator id) → where the rep stands."""
_KEPT_FOR = timedelta(hours=1)
_LOOKING_BACK = timedelta(weeks=WEEKS_KNOWN + 1)
_PLACES = 3
"""Of a chance: more would be pretence."""


def with_forecasts(
    session: Session,
    playbook: TeamPlaybook,
    standing: Standing,
    now: datetime,
    on: date | None = None,
    history: RecentHistory | None = None,
) -> dict[tuple[int, int], Progress]:
    """The same progress with its forecast and its consistency.

    As of each rep's local date of `now`; or of the beginning of the date `on`, for progress that
    knows nothing of that date or later. A period that is over has no forecast. `history` is that of
    these reps up to then, where it was read already; else a constant number of queries, whatever
    the number of reps and indicators.
    """
    reps = {rep.id: rep for rep in playbook.reps if rep.id in {key[0] for key in standing}}
    if not reps:
        return dict(standing)
    if history is None:
        until = None if on is None else on - ONE_DAY
        history = recent_history(session, playbook, reps.values(), now, until)
    days = {rep.id: on or rep.today(now) for rep in reps.values()}
    team = _team_past(session, playbook, history, now)
    asked = {
        key: prospect
        for key, each in standing.items()
        if (prospect := _prospect(reps[key[0]], each, history, team, days[key[0]])) is not None
    }
    found = _chances(asked, team)
    return {
        key: replace(
            each,
            forecast=found.get(key),
            consistency=_consistency(playbook, reps[key[0]], each, history, days[key[0]]),
        )
        for key, each in standing.items()
    }


def _chances(
    asked: Mapping[tuple[int, int], Prospect], team: TeamPast
) -> dict[tuple[int, int], float | None]:
    from bot.domain.forecast.chances import chances  # noqa: PLC0415  SciPy: 0.5 s and 30 MB

    found = chances(list(asked.values()), [team.habits.get(key[1]) for key in asked])
    return {
        key: None if chance is None else round(chance, _PLACES)
        for key, chance in zip(asked, found, strict=True)
    }


def _prospect(
    rep: Rep, progress: Progress, history: RecentHistory, team: TeamPast, today: date
) -> Prospect | None:
    """None without a target, after the period, and of a rep of whom nothing at all is known."""
    indicator, period, target = progress.indicator, progress.period, progress.target
    if target is None or period.end < today:
        return None
    asked = _asked_a_day(rep, indicator, period, target)
    record = _record(rep, indicator, history, asked, today, team.since.get(indicator.id))
    if record is None:
        return None
    return Prospect(record, indicator.unit, today, period.end, target, progress.actual)


def _record(
    rep: Rep,
    indicator: Indicator,
    history: RecentHistory,
    asked_a_day: float,
    today: date,
    team_since: date | None,
) -> Record | None:
    """From the rep's first entry of anything on, or the start, where the rep has logged nothing.

    Nobody could log an indicator before it was there: the team's first entry of it says when.
    """
    since = history.since.get(rep.id, rep.calendar.started_on)
    if since is None:
        return None
    first = max(since, team_since or since)
    known = history.at(rep.id, indicator.id).by_day(today - _LOOKING_BACK)
    return Record(known, rep.calendar, first, asked_a_day)


def _asked_a_day(rep: Rep, indicator: Indicator, period: Period, target: Decimal) -> float:
    """What the target asks of a whole workday."""
    calendar = rep.calendar.within(period.start, period.end)
    weight = workload(calendar, period, basis_of(indicator, calendar)).weight
    return float(target / weight) if weight else 1.0


def _consistency(
    playbook: TeamPlaybook, rep: Rep, progress: Progress, history: RecentHistory, today: date
) -> Consistency | None:
    since = history.since.get(rep.id)
    if since is None:
        return None
    indicator = progress.indicator
    return consistency(
        indicator,
        playbook.settings(rep, indicator),
        rep.calendar,
        today,
        history.at(rep.id, indicator.id),
        since,
    )


def _team_past(
    session: Session, playbook: TeamPlaybook, known: RecentHistory, now: datetime
) -> TeamPast:
    """The team's habits up to last Sunday, from memory where they were looked at within the hour.

    Of a team without habits nothing is kept: an import may bring them any moment.
    """
    today = local_date_in(playbook.team.zone, now)
    monday = today - timedelta(days=today.weekday())
    kept = playbook.pasts.get(monday)
    if kept is not None and kept.known_at <= now < kept.known_at + _KEPT_FOR:
        return kept
    is_whole = {rep.id for rep in playbook.reps} == known.reps
    history = known if is_whole else recent_history(session, playbook, playbook.reps, now)
    found = _looked_at(playbook, history, monday, now)
    playbook.pasts.clear()
    if found.habits:
        playbook.pasts[monday] = found
    return found


def _looked_at(
    playbook: TeamPlaybook, history: RecentHistory, monday: date, now: datetime
) -> TeamPast:
    from bot.domain.forecast.habits import team_habits  # noqa: PLC0415  as above

    habits: dict[int, TeamHabits] = {}
    since: dict[int, date] = {}
    for indicator in playbook.indicators:
        logged = [history.at(rep.id, indicator.id) for rep in playbook.reps]
        begun = [each.days[0] for each in logged if each.days]
        if not begun:
            continue
        since[indicator.id] = min(begun)
        records = _records(playbook, indicator, history, monday, since[indicator.id])
        found = team_habits(list(records), indicator.unit, monday)
        if found is not None:
            habits[indicator.id] = found
    return TeamPast(now, habits, since)


def _records(
    playbook: TeamPlaybook,
    indicator: Indicator,
    history: RecentHistory,
    monday: date,
    since: date,
) -> Iterator[Record]:
    for rep in playbook.reps:
        settings = playbook.settings(rep, indicator)
        period = period_in_force(indicator, settings, monday)
        target = target_for(indicator, settings, period, rep.calendar)
        if target is None:
            continue
        asked = _asked_a_day(rep, indicator, period, target)
        record = _record(rep, indicator, history, asked, monday, since)
        if record is not None:
            yield record
