"""`/coach playbook`: what the best reps of a team do, for those who lead it."""

from datetime import datetime

from bot.db.session import Session
from bot.services.membership import standing
from bot.services.practices import Practices, practices
from bot.services.requests.callers import Caller
from bot.services.requests.team_numbers import team_led


def practices_asked(session: Session, caller: Caller, team: str, now: datetime) -> Practices:
    """About the team of this name, "" for the first, of those that the caller leads.

    Raises NotPermitted for whoever leads none, Refusal for another name.
    """
    asking = standing(session, caller.workspace_id, caller.user_id)
    return practices(session, team_led(session, asking, team or None), now)
