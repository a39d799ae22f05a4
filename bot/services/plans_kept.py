"""How a rep's if-then plans went, for the rep alone: no manager's message asks this."""

from datetime import datetime

from bot.db.queries.coaching.plans import last_recorded, reminded_of
from bot.db.session import Session
from bot.domain.nudging.plans_kept import PlanMade, PlansKept, plans_kept
from bot.domain.teams import Rep


def kept_by(session: Session, rep: Rep, now: datetime) -> PlansKept | None:
    """The last plans whose day is over, as of `now`; None where there are too few."""
    made = [
        PlanMade(indicator_id, rep.calendar.local_date(due), due)
        for due, indicator_id in reminded_of(session.connection, rep.id, now)
    ]
    if not made:
        return None
    measured = {each.indicator_id for each in made}
    found = last_recorded(session.connection, rep.id, measured, made[-1].day, now)
    return plans_kept(made, found, rep.today(now))
