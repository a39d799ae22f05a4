"""When something may fall due next: the instants at which it is worth stopping on the way."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.db.tables import deliveries
from bot.domain.days.periods import ONE_DAY
from bot.domain.days.zones import local_date_in
from bot.domain.feats.celebrations import roundup_instant
from bot.domain.nudging.nudges import nudge_instants
from bot.domain.reports.digests import last_moment
from bot.domain.teams import TeamPlaybook
from bot.wiring import Session

_A_WEEK = timedelta(days=7)
_DAYS_AHEAD = 2
_WAITING = ("planned", "sending")


def next_due(playbook: TeamPlaybook, after: datetime) -> datetime:
    """The next instant at which a nudge, a round-up, a recap or a digest of the team may be due."""
    return min(instant for instant in _instants(playbook, after) if instant > after)


def next_waiting(session: Session, after: datetime) -> datetime | None:
    """When the next message that is planned already may go out: reminders, and what was put off."""
    when = func.max(
        deliveries.c.due_at, func.coalesce(deliveries.c.not_before, deliveries.c.due_at)
    )
    waiting = select(when).where(deliveries.c.state.in_(_WAITING)).order_by(when)
    return next((at for at in session.connection.scalars(waiting) if at > after), None)


def _instants(playbook: TeamPlaybook, after: datetime) -> Iterator[datetime]:
    team = playbook.team
    for number in range(-1, _DAYS_AHEAD):
        yield roundup_instant(team, local_date_in(team.zone, after) + number * ONE_DAY)
        for rep in playbook.reps:
            due, _ = nudge_instants(rep, team, rep.today(after) + number * ONE_DAY)
            yield due
    for zone in {team.zone, *(manager.zone for manager in playbook.managers)}:
        yield last_moment(team.digest_at, zone, after + _A_WEEK)
