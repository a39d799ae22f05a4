"""Recaps that are in the channel already, once somebody has left the leaderboard: the name goes."""

from datetime import datetime

from bot.db.session import Session
from bot.domain.ledger.deliveries import mended_key
from bot.domain.ledger.occasions import Delivery, DeliveryState, Moot, recap_key
from bot.domain.reports.digests import last_full_week
from bot.domain.reports.recaps import RecapFacts
from bot.domain.teams import Team, TeamPlaybook
from bot.services import ledger
from bot.services.digesting import recap_facts
from bot.services.kudos.mending import plan_mend

_RECAP = "recap:"
_THERE = (DeliveryState.SENDING, DeliveryState.SENT)


def plan_unnaming(session: Session, team: Team, request: str, now: datetime) -> None:
    """Has the team's last recap written anew, where somebody may have read it.

    One that still waits looks at the leaderboard when it is sent. `request` tells this time from
    others.
    """
    week = last_full_week(team.zone, now)
    said = ledger.find(session, team.workspace_id, recap_key(team.id, week.start))
    if said is not None and said.state in _THERE:
        plan_mend(session, said, f"left-{request.replace(':', '-')}", now)


def is_for_recap(mend: Delivery) -> bool:
    """Whether the message that a mend is for is a recap."""
    return mended_key(mend).startswith(_RECAP)


def mended_recap(
    session: Session, playbook: TeamPlaybook, mend: Delivery, now: datetime
) -> RecapFacts | None:
    """What the recap should say instead; None where nothing is left of it. Raises `Moot`."""
    said = ledger.find(session, mend.occasion.workspace_id, mended_key(mend))
    if said is None:
        raise Moot("nothing there to mend")
    try:
        return recap_facts(session, playbook, said, now)
    except Moot:
        return None
