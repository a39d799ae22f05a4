"""Who has waited long for a one-to-one, and what is overdue: for the manager's digest."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from bot.db.queries.coaching import one_to_ones as stored
from bot.db.session import Session
from bot.domain.days.periods import Period
from bot.domain.days.zones import local_date_in
from bot.domain.talks.one_to_ones import OVERDUE_AFTER_WEEKS, Talks, Waiting, weeks_without
from bot.domain.teams import Rep, TeamPlaybook


def talks(
    session: Session, playbook: TeamPlaybook, manager: str | None, week: Period, now: datetime
) -> Talks:
    """As of `now`, in the manager's zone; three queries, whatever the number of reps.

    Who was away all week isn't named: there is nobody to talk with.
    """
    who = playbook.person(manager) if manager else None
    today = local_date_in(who.zone if who else playbook.team.zone, now)
    people, workspace_id = [rep.id for rep in playbook.present], playbook.team.workspace_id
    last = stored.last_held(session.connection, workspace_id, people, today)
    joined = stored.members_since(session.connection, workspace_id, playbook.team.id)
    waiting = sorted(
        _waiting(playbook, week, last, joined, today), key=lambda each: (-each.weeks, each.user_id)
    )
    open_now = stored.open_with(session.connection, workspace_id, people)
    return Talks(
        waiting=tuple(waiting),
        overdue=tuple(each for each in open_now if each.is_overdue(today)),
        people=tuple((rep.user_id, rep.id) for rep in playbook.present),
    )


def _waiting(
    playbook: TeamPlaybook,
    week: Period,
    last: Mapping[int, date],
    joined: Mapping[int, datetime],
    today: date,
) -> Iterator[Waiting]:
    leads = {manager.id for manager in playbook.managers}
    for rep in playbook.present:
        if rep.id in leads or not any(map(rep.calendar.is_available, week.days())):
            continue
        since = _since(playbook, rep, joined.get(rep.id))
        weeks = weeks_without(last.get(rep.id), since, today)
        if weeks >= OVERDUE_AFTER_WEEKS:
            yield Waiting(rep.id, rep.user_id, weeks, ever=rep.id in last)


def _since(playbook: TeamPlaybook, rep: Rep, joined: datetime | None) -> date:
    """Since when there could have been one: team and rep have to be there."""
    there = max(playbook.team.created_at, joined or playbook.team.created_at)
    return max(local_date_in(playbook.team.zone, there), rep.calendar.started_on or date.min)
