"""Forgetting what nobody asks for any more. Entries and milestones are never forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.services import pruning
from bot.wiring import Session, Wired

KEEP_DELIVERIES = timedelta(days=90)
KEEP_REQUESTS = timedelta(days=7)
"""Slack repeats an event for some minutes; a week is plenty."""

log = structlog.get_logger(__name__)


async def prune(wired: Wired, now: datetime) -> None:
    """Deletes settled deliveries 90 days after their due dates, and handled requests after 7."""
    for forget, keep in (
        (pruning.forget_deliveries, KEEP_DELIVERIES),
        (pruning.forget_requests, KEEP_REQUESTS),
    ):
        portion = partial(_portion, forget=forget, before=now - keep)
        while number := await wired.transactions.everywhere.write_alone(portion):
            log.info("pruned", what=forget.__name__, rows=number)


def _portion(
    session: Session, *, forget: Callable[[Session, datetime], int], before: datetime
) -> int:
    return forget(session, before)
