"""What was said and isn't so any more: the message is written anew, or removed."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.domain.feats.celebrations import WORTH_SAYING_FOR
from bot.domain.ledger.occasions import Occasion, OccasionKind, Payload, mend_key

DELIVERY: Final = "delivery"
"""In a mend's payload: the key of what was said."""
NOTHING_MORE: Final[Payload] = MappingProxyType({})


def mend(
    said: Occasion, number: int | str, now: datetime, more: Payload = NOTHING_MORE
) -> Occasion:
    """Mends what was said, to whom and where it was said; `number` tells it from other mends of
    the same message, and `more` is for whoever writes it."""
    return Occasion(
        key=mend_key(said.key, number),
        kind=OccasionKind.MEND,
        workspace_id=said.workspace_id,
        team_id=said.team_id,
        recipient=said.recipient,
        due_at=now,
        expires_at=now + WORTH_SAYING_FOR,
        person_id=said.person_id,
        payload={DELIVERY: said.key, **more},
    )
