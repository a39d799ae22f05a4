"""Kudos that change a message which is there: a celebration's count, one that was taken back."""

from datetime import datetime

from bot.db.session import Session
from bot.domain.feats.mends import NOTHING_MORE, mend
from bot.domain.ledger.deliveries import mended_key
from bot.domain.ledger.occasions import Delivery, Payload
from bot.services import ledger
from bot.services.celebrations.announcing import RECOUNT


def plan_recount(
    session: Session, said: Delivery, kudos_id: int, now: datetime, suffix: str = ""
) -> None:
    """Has a celebration show how many kudos there are.

    A mend for each kudos: whichever is written last shows all that were committed before it.
    """
    plan_mend(session, said, f"k{kudos_id}{suffix}", now, {RECOUNT: 1})


def is_for_kudos(mend: Delivery) -> bool:
    """Whether the message that a mend is for is a kudos."""
    return mended_key(mend).startswith("kudos:")


def plan_mend(
    session: Session, said: Delivery, number: str, now: datetime, more: Payload = NOTHING_MORE
) -> None:
    """Has a message that is there, or on its way, written anew or removed; `more` is for whoever
    writes it."""
    ledger.add(session, [mend(said.occasion, number, now, more)], now)
