"""A team's last weeks in one query, for whatever compares reps and weeks."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.db.queries.weeks import weekly_sums
from bot.db.session import Session
from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import Period, days_between
from bot.domain.indicators import Indicator
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam, asked_in, last_weeks
from bot.domain.teams import Rep, TeamPlaybook

_A_YEAR = timedelta(days=372)
"""As far as a period reaches that holds one of the weeks."""
_SIX_DAYS = timedelta(days=6)


def weekly_team(
    session: Session,
    playbook: TeamPlaybook,
    until: Period,
    count: int,
    now: datetime,
    *,
    with_targets: bool = True,
) -> WeeklyTeam:
    """The last `count` weeks up to and with `until` of every rep, as known at `now`.

    Without targets nothing is asked, which takes a tenth of the time.
    """
    mondays = last_weeks(until, count)
    people = [rep.id for rep in playbook.reps]
    measured = [indicator.id for indicator in playbook.indicators]
    sums = weekly_sums(session.connection, people, measured, mondays, now)
    asked = playbook.indicators if with_targets else ()
    reps = tuple(_weekly_rep(playbook, rep, asked, mondays, sums) for rep in playbook.reps)
    return WeeklyTeam(playbook.team.name, mondays, reps)


def _weekly_rep(
    playbook: TeamPlaybook,
    rep: Rep,
    asked: Sequence[Indicator],
    mondays: Sequence[date],
    sums: Mapping[tuple[int, int], Mapping[int, float]],
) -> WeeklyRep:
    return WeeklyRep(
        person_id=rep.id,
        user_id=rep.user_id,
        done={
            indicator.id: tuple(found.get(place, 0.0) for place in range(len(mondays)))
            for indicator in playbook.indicators
            if (found := sums.get((rep.id, indicator.id)))
        },
        asked=_asked(playbook, rep, asked, mondays),
        days=tuple(_workdays(rep.calendar, monday) for monday in mondays),
    )


def _asked(
    playbook: TeamPlaybook, rep: Rep, indicators: Collection[Indicator], mondays: Sequence[date]
) -> Mapping[int, tuple[float, ...]]:
    # Equal for all who work these weeks alike, whose numbers are then kept once.
    around = rep.calendar.within(mondays[0] - _A_YEAR, mondays[-1] + _A_YEAR)
    return {
        each.id: tuple(
            asked_in(each, playbook.settings(rep, each), around, monday) for monday in mondays
        )
        for each in indicators
    }


def _workdays(calendar: RepCalendar, monday: date) -> int:
    return sum(calendar.is_available(day) for day in days_between(monday, monday + _SIX_DAYS))
