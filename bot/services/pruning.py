"""What may be deleted: settled deliveries and handled requests, once they are old."""

from datetime import datetime

from bot.db.queries.ledger import pruning
from bot.db.session import Session
from bot.domain.ledger.occasions import OccasionKind

KEPT = (OccasionKind.WELCOME, OccasionKind.NOTICE)
"""Kinds that nothing but their own row remembers: who has been welcomed, and which trouble has been
told of. They are few: one for each workspace, and one for each trouble and reader."""
FORGETTABLE = tuple(kind for kind in OccasionKind if kind not in KEPT)
"""Every other kind is planned while a day, a week or a few weeks last, or together with what it
tells of (a kudos, a pairing, a one-to-one), which has a row of its own: never again later."""
_AT_ONCE = 5_000
"""Rows a transaction, so that nobody who writes has to wait long."""


def forget_deliveries(session: Session, due_before: datetime) -> int:
    """Deletes some settled deliveries that were due before the instant; returns how many."""
    return pruning.delete_deliveries(session.connection, FORGETTABLE, due_before, _AT_ONCE)


def forget_requests(session: Session, handled_before: datetime) -> int:
    """Deletes some requests of Slack's that were handled before the instant; returns how many."""
    return pruning.delete_requests(session.connection, handled_before, _AT_ONCE)
