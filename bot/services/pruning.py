"""What may be deleted: settled deliveries and handled requests, once they are old."""

from datetime import datetime

from bot.db.queries import pruning
from bot.db.session import Session
from bot.domain.ledger.occasions import OccasionKind

FORGETTABLE = (OccasionKind.NUDGE, OccasionKind.DIGEST, OccasionKind.RECAP, OccasionKind.REMINDER)
"""Kinds whose keys name a day or a week, which is planned while it lasts and never again. A
celebration's key stands for ever: without its row the milestone would be celebrated anew."""
_AT_ONCE = 5_000
"""Rows a transaction, so that nobody who writes has to wait long."""


def forget_deliveries(session: Session, due_before: datetime) -> int:
    """Deletes some settled deliveries that were due before the instant; returns how many."""
    return pruning.delete_deliveries(session.connection, FORGETTABLE, due_before, _AT_ONCE)


def forget_requests(session: Session, handled_before: datetime) -> int:
    """Deletes some requests of Slack's that were handled before the instant; returns how many."""
    return pruning.delete_requests(session.connection, handled_before, _AT_ONCE)
