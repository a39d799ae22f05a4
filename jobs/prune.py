"""Forgetting what nobody asks for any more, and what a workspace doesn't want to keep."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.services import pruning, retaining
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
    await _forget_history(wired, now)


async def _forget_history(wired: Wired, now: datetime) -> None:
    """Each workspace's own, as far back as it wants to keep it."""
    kept = await wired.transactions.everywhere.read(retaining.limited)
    for workspace_id, years in kept.items():
        before = retaining.kept_from(years, now)
        portion = partial(retaining.forget_history, before=before)
        while number := await wired.transactions.of(workspace_id).write_alone(portion):
            log.info("pruned", what="history", workspace=workspace_id, rows=number)


def _portion(
    session: Session, *, forget: Callable[[Session, datetime], int], before: datetime
) -> int:
    return forget(session, before)
