"""Everything that is due and not yet in the ledger, for one team at one instant (design §4)."""

from datetime import datetime

from bot.db.session import Session
from bot.domain.ledger.occasions import Occasion
from bot.domain.teams import TeamPlaybook
from bot.services import ledger
from bot.services.agreements import due_commitments
from bot.services.celebrations.celebrating import due_celebrations
from bot.services.digesting import due_digests, due_recaps
from bot.services.experiments.telling import due_readouts
from bot.services.nudging import due_nudges


def plan_team(session: Session, playbook: TeamPlaybook, now: datetime) -> tuple[Occasion, ...]:
    """Writes what is due at or before `now` into the ledger and gives back what is new there.

    Level-triggered: it asks what is due, not what has changed, so that a crash or a night's outage
    heals with the next call, and a second planner finds nothing left to add.
    """
    due = (
        *due_celebrations(session, playbook, now),
        *due_nudges(session, playbook, now),
        *due_commitments(session, playbook, now),
        *due_digests(session, playbook, now),
        *due_recaps(session, playbook, now),
        *due_readouts(session, playbook, now),
    )
    return ledger.add(session, due, now)
