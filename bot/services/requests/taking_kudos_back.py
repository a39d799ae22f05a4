"""`/kudos undo`: the last of one's own, within a quarter of an hour."""

from datetime import datetime

from bot.db.queries.feats import kudos as stored
from bot.db.session import Session
from bot.domain.errors import Refusal
from bot.domain.feats.kudos import UNDO_WITHIN, Kudos, TakenBack, week_of
from bot.domain.ledger.occasions import DeliveryState, kudos_key
from bot.services import ledger
from bot.services.kudos.mending import plan_mend, plan_recount
from bot.services.membership import standing
from bot.services.requests.callers import Caller

_TAKEN_BACK = "taken back"
_THERE = (DeliveryState.SENDING, DeliveryState.SENT)


def take_back(session: Session, caller: Caller, now: datetime) -> TakenBack:
    """Takes the caller's newest kudos back, and its message out of the channel. Raises Refusal."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    stored.wait_for_giver(session.connection, asking.person.id)
    last = stored.last_of(session.connection, caller.workspace_id, asking.person.id)
    if last is None or now - last.given_at > UNDO_WITHIN:
        minutes = int(UNDO_WITHIN.total_seconds()) // 60
        raise Refusal(f"There are no kudos of yours from the last {minutes} minutes to take back.")
    stored.withdraw(session.connection, last.id, now)
    _unsay(session, caller.workspace_id, last, now)
    return TakenBack(last.receiver)


def _unsay(session: Session, workspace_id: str, kudos: Kudos, now: datetime) -> None:
    is_tap = kudos.about is not None and week_of(kudos.about) is None
    key = str(kudos.about) if is_tap else kudos_key(kudos.id)
    if not is_tap and ledger.withdraw(session, workspace_id, key, _TAKEN_BACK):
        return
    said = ledger.find(session, workspace_id, key)
    if said is None or said.state not in _THERE:
        return
    if is_tap:
        plan_recount(session, said, kudos.id, now, suffix="u")
    else:
        plan_mend(session, said, "1", now)
