"""A team's last weeks in one query, for whatever compares reps and weeks."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.db.queries.entries.recent_days import LoggedBy, recent_days
from bot.db.queries.entries.totals import Span
from bot.db.session import Session
from bot.domain.days.periods import Period
from bot.domain.progress.logged import NOTHING
from bot.domain.progress.weekly_numbers import A_WEEK, WeeklyRep, WeeklyTeam, last_weeks
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.weekly_asks import WeeklyAsks


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
    people = [rep.id for rep in playbook.reps]
    measured = [indicator.id for indicator in playbook.indicators]
    days = Span(last_weeks(until, count)[0], until.end)
    logged = recent_days(session.connection, people, measured, days, now)
    return weekly_team_of(playbook, until, count, logged, with_targets=with_targets)


def weekly_team_of(
    playbook: TeamPlaybook,
    until: Period,
    count: int,
    logged: LoggedBy,
    *,
    with_targets: bool = True,
) -> WeeklyTeam:
    """The same out of what was read already, of these weeks at least."""
    mondays = last_weeks(until, count)
    asks = WeeklyAsks(playbook, mondays, playbook.indicators if with_targets else ())
    reps = tuple(_weekly_rep(playbook, rep, mondays, asks, logged) for rep in playbook.reps)
    return WeeklyTeam(playbook.team.name, mondays, reps)


def _weekly_rep(
    playbook: TeamPlaybook, rep: Rep, mondays: Sequence[date], asks: WeeklyAsks, logged: LoggedBy
) -> WeeklyRep:
    starts = (*mondays, mondays[-1] + A_WEEK)
    done = {
        each.id: logged.get((rep.id, each.id), NOTHING).amounts(starts)
        for each in playbook.indicators
    }
    return WeeklyRep(
        person_id=rep.id,
        user_id=rep.user_id,
        done={indicator: amounts for indicator, amounts in done.items() if any(amounts)},
        asked=asks.of(rep),
        days=asks.workdays(rep),
    )
