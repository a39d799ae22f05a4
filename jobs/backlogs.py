"""What waits to be sent, as the metrics and the engine see it."""

from bot.domain.ledger.deliveries import Backlog
from bot.services import ledger
from bot.wiring import Wired


async def measured_backlogs(wired: Wired) -> tuple[Backlog, ...]:
    """What is due in each workspace, once the metrics show it."""
    now = wired.clock.now()
    found = await wired.transactions.everywhere.read(lambda session: ledger.backlogs(session, now))
    oldest = min((each.oldest_due_at for each in found), default=now)
    wired.metrics.due.set(sum(each.count for each in found))
    wired.metrics.oldest_due.set((now - oldest).total_seconds())
    return tuple(found)
