"""`/coach digest`: the digest on request."""

from datetime import datetime

from bot.db.session import Session
from bot.domain.reports.digests import Digest, last_full_week
from bot.services.digesting import digest
from bot.services.membership import standing
from bot.services.requests.callers import Caller
from bot.services.requests.team_numbers import team_led


def digest_asked(session: Session, caller: Caller, team: str, now: datetime) -> Digest:
    """The digest that goes out by itself, about the last full week in the manager's zone.

    `team` is the name of one that the caller leads, "" for the first. Raises Refusal.
    """
    asking = standing(session, caller.workspace_id, caller.user_id)
    playbook = team_led(session, asking, team or None)
    week = last_full_week(asking.person.zone, now)
    return digest(session, playbook, caller.user_id, week, now)
