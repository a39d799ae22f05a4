"""What a drain finds in the ledger: what is due, how to say it, and what others have just sent."""

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from bot.clock import stopwatch
from bot.domain.ledger.deliveries import Due, Pending
from bot.services import ledger
from bot.slack.pace import WINDOW_S
from bot.wiring import Session, Wired
from jobs.rendering import Order
from jobs.sending import Sender

_KEEPS_S: Final = 2.0
"""How long an order is good for: about what a message waits for its turn anyway."""
_RENDERS_FOR_S: Final = 0.05
"""Long enough for a morning's nudges; a digest takes longer, and nobody waits for several."""
_WINDOW: Final = timedelta(seconds=WINDOW_S)


@dataclass(frozen=True, slots=True)
class Found:
    """What may be sent now, a queue for each recipient. `is_all` tells that there is no more."""

    queues: deque[list[Pending]] = field(default_factory=deque)
    is_all: bool = False
    _orders: dict[int, Order] = field(default_factory=dict)
    _since: float = field(default_factory=stopwatch)

    def order(self, pending: Pending) -> Order | None:
        """What is to be done about it, where that was found out a moment ago."""
        found = self._orders.pop(pending.delivery.id, None)
        return found if stopwatch() - self._since < _KEEPS_S else None


class Lookout:
    """Looks at the ledger for one drain.

    `ended` is when the workspace's last drain here did, if that was a moment ago. Drains of a
    workspace don't overlap, so that what was sent since then is others'; the first look takes
    over their pace from it.
    """

    def __init__(
        self,
        wired: Wired,
        sender: Sender,
        workspace_id: str,
        at: datetime | None,
        ended: datetime | None,
    ) -> None:
        self._wired = wired
        self._sender = sender
        self._workspace_id = workspace_id
        self._at = at
        self._ended = ended
        self._hears = at is None

    def now(self) -> datetime:
        """The instant that the drain is as of; as time goes by, unless one is given."""
        return self._at or self._wired.clock.now()

    async def look(self, busy: Collection[str], held: Collection[str]) -> Found:
        """What is due but for recipients who are being written to, or have to wait."""
        wall, skip = self._wired.clock.now(), {*busy, *held}

        def work(session: Session) -> tuple[list[tuple[str, datetime]], Due, dict[int, Order]]:
            now = self.now()
            elsewhere = self._sent_elsewhere(session, wall) if self._hears else []
            due = ledger.due(session, self._workspace_id, now, wall, skip)
            return elsewhere, due, self._first_orders(session, due.waiting, now)

        transactions = self._wired.transactions.of(self._workspace_id)
        elsewhere, due, orders = await transactions.read(work)
        self._hears = False
        for recipient, at in elsewhere:
            ago = (wall - at).total_seconds()
            self._wired.pace.sent_elsewhere(self._workspace_id, recipient, ago)
        queues = deque(list(queue) for _, queue in groupby(due.waiting, _recipient))
        return Found(queues, due.is_all and not busy, orders)

    def _sent_elsewhere(self, session: Session, wall: datetime) -> list[tuple[str, datetime]]:
        """Clocks of machines differ: what is a little ahead of ours was sent just now."""
        since = max(wall - _WINDOW, self._ended or wall - _WINDOW)
        return ledger.sent_between(session, self._workspace_id, since, wall + _WINDOW)

    def _first_orders(
        self, session: Session, waiting: Iterable[Pending], now: datetime
    ) -> dict[int, Order]:
        """What comes first everywhere is rendered here: one transaction for all of them."""
        orders: dict[int, Order] = {}
        began = stopwatch()
        for _, queue in groupby(waiting, _recipient):
            pending = next(queue)
            try:
                orders[pending.delivery.id] = self._sender.order_in(session, pending, now)
            except Exception:  # noqa: BLE001  it is rendered again, alone, where that is handled
                break
            if stopwatch() - began > _RENDERS_FOR_S:
                break
        return orders


def _recipient(pending: Pending) -> str:
    return pending.delivery.occasion.recipient
