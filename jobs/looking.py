"""What a drain finds in the ledger: what is due, how to say it, and what others have just sent."""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from bot.clock import stopwatch
from bot.domain.ledger.deliveries import Pending
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
_Seen = tuple[list[tuple[str, datetime]], bool, list[list[Pending]], dict[int, Order]]
"""What others sent, whether that is all that is due, a queue for each recipient, first orders."""


@dataclass(slots=True)
class Found:
    """What may be sent now, a queue for each recipient. `is_all` tells that there is no more."""

    queues: deque[list[Pending]] = field(default_factory=deque)
    is_all: bool = False
    _orders: dict[int, Order] = field(default_factory=dict)
    _since: float = 0.0

    @property
    def is_old(self) -> bool:
        """Whether the orders are good no more."""
        return stopwatch() - self._since >= _KEEPS_S

    def order(self, pending: Pending) -> Order | None:
        """What is to be done about it, where that was found out a moment ago."""
        found = self._orders.pop(pending.delivery.id, None)
        return None if self.is_old else found

    def renew(self, orders: dict[int, Order]) -> None:
        """What was found out anew."""
        self._orders, self._since = orders, stopwatch()


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

        def work(session: Session) -> _Seen:
            now = self.now()
            elsewhere = self._sent_elsewhere(session, wall) if self._hears else []
            due = ledger.due(session, self._workspace_id, now, wall, skip)
            queues = [list(queue) for _, queue in groupby(due.waiting, _recipient)]
            return elsewhere, due.is_all, queues, self._first_orders(session, queues, now)

        transactions = self._wired.transactions.of(self._workspace_id)
        elsewhere, is_all, queues, orders = await transactions.read(work)
        self._hears = False
        for recipient, at in elsewhere:
            ago = (wall - at).total_seconds()
            self._wired.pace.sent_elsewhere(self._workspace_id, recipient, ago)
        return Found(deque(queues), is_all and not busy, orders, stopwatch())

    async def order_anew(self, found: Found) -> None:
        """Finds out again, for all who still wait, what is to be done: things change."""
        queues = tuple(found.queues)
        orders = await self._wired.transactions.of(self._workspace_id).read(
            lambda session: self._first_orders(session, queues, self.now())
        )
        found.renew(orders)

    def _sent_elsewhere(self, session: Session, wall: datetime) -> list[tuple[str, datetime]]:
        """Clocks of machines differ: what is a little ahead of ours was sent just now."""
        since = max(wall - _WINDOW, self._ended or wall - _WINDOW)
        return ledger.sent_between(session, self._workspace_id, since, wall + _WINDOW)

    def _first_orders(
        self, session: Session, queues: Iterable[Sequence[Pending]], now: datetime
    ) -> dict[int, Order]:
        """What comes first everywhere is rendered here: one transaction for all of them."""
        orders: dict[int, Order] = {}
        began = stopwatch()
        for pending, *_ in queues:
            try:
                orders[pending.delivery.id] = self._sender.order_in(session, pending, now)
            except Exception:  # noqa: BLE001  it is rendered again, alone, where that is handled
                break
            if stopwatch() - began > _RENDERS_FOR_S:
                break
        return orders


def _recipient(pending: Pending) -> str:
    return pending.delivery.occasion.recipient
