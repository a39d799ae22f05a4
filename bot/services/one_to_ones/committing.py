"""What was agreed is settled: done, or not done after all."""

from datetime import datetime
from typing import Final

from bot.db.queries.coaching import one_to_ones as stored
from bot.db.queries.people.identity import find_rep
from bot.db.session import Session
from bot.domain.errors import NotPermitted, Refusal
from bot.domain.permissions import may_settle
from bot.domain.talks.one_to_ones import Settled
from bot.services import auditing
from bot.services.membership import actor, standing
from bot.services.requests.callers import Caller

DONE: Final = "commitment.done"
REOPENED: Final = "commitment.reopened"
_GONE: Final = "That isn’t on record any more. `/pace` shows what you have agreed."


def settle(
    session: Session, caller: Caller, commitment_id: int, *, done: bool, now: datetime
) -> Settled:
    """Marks a commitment done, or not done. Raises NotPermitted, Refusal."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    found = stored.find_commitment(session.connection, caller.workspace_id, commitment_id)
    if found is None:
        raise Refusal(_GONE)
    rep = find_rep(session.connection, caller.workspace_id, found.rep)
    team_id = rep.team.team_id if rep and rep.team else None
    if not may_settle(actor(asking), found.person_id, found.owner_id, team_id):
        raise NotPermitted("Only whoever has agreed to it, or the rep’s manager, may say that.")
    changed = stored.set_done(session.connection, commitment_id, now if done else None)
    if changed:
        action = DONE if done else REOPENED
        auditing.note(
            session,
            caller.workspace_id,
            caller.user_id,
            action,
            now,
            subject=found.rep,
            team_id=team_id,
        )
    now_so = stored.find_commitment(session.connection, caller.workspace_id, commitment_id)
    own = asking.person.id == found.person_id
    return Settled(now_so or found, own=own, changed=changed)
