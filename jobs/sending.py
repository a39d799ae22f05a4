"""From a delivery that waits to one that is settled: render, wait for the turn, claim, send."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import stopwatch
from bot.domain.ledger.deliveries import Claim, Pending
from bot.services import ledger
from bot.slack.client import SENDS_AT_ONCE, SlackClient
from bot.wiring import Session, Wired
from jobs.attempts import Attempt, Outcome
from jobs.books import Books, Patience
from jobs.rendering import Action, Drop, Order, Post, Wait, Writers, render

_STUMBLE = timedelta(seconds=60)
_MOST_STUMBLES = 5
_BROKE = "Pacesetter could not write this message: see the log, please report it."

log = structlog.get_logger(__name__)


class Sender:
    """Sends deliveries, each when there is room; what answers people keeps connections of its own.

    `seen`, where given, collects each one's order by its id.
    """

    def __init__(
        self,
        wired: Wired,
        writers: Writers,
        patience: Patience | None = None,
        seen: dict[int, Order] | None = None,
    ) -> None:
        self._wired = wired
        self._writers = writers
        self._books = Books(wired, patience)
        self._seen = seen
        self._under_way: set[asyncio.Task[Outcome]] = set()
        self._room = asyncio.Semaphore(SENDS_AT_ONCE)

    async def send(
        self,
        client: SlackClient,
        pending: Pending,
        now: Callable[[], datetime],
        order: Order | None = None,
    ) -> Outcome:
        """Sends it, or says why not. May be cancelled as long as it isn't claimed.

        `order` is what is to be done about it, where that was just found out.
        """
        if self._wired.pace.is_held(pending.delivery.occasion.workspace_id):
            return Outcome.HELD
        order = order or await self.order(pending, now())
        if isinstance(order, Wait):
            return Outcome.HELD
        if not isinstance(order, Drop) and not await self._turn(pending):
            return Outcome.HELD
        return await self._to_its_end(client, pending, order, now)

    async def order(self, pending: Pending, now: datetime) -> Order:
        """What is to be done about it at `now`."""
        workspace_id = pending.delivery.occasion.workspace_id
        return await self._wired.transactions.of(workspace_id).read(
            lambda session: self.order_in(session, pending, now)
        )

    def order_in(self, session: Session, pending: Pending, now: datetime) -> Order:
        """The same inside a transaction."""
        order = render(session, pending.delivery, now, self._writers)
        if self._seen is not None:
            self._seen[pending.delivery.id] = order
        return order

    async def stumbled(self, pending: Pending) -> None:
        """Our own mistake in one message: it waits and in the end fails, so that others go on."""
        claim = await self._books.claim(pending.delivery)
        if claim is None:
            return
        until = self._wired.clock.now() + _STUMBLE

        def put_off(session: Session) -> None:
            if claim.attempt >= _MOST_STUMBLES:
                ledger.record_failed(session, claim, _BROKE)
            elif claim.in_doubt:
                ledger.record_unknown(session, claim, until)
            else:
                ledger.record_deferred(session, claim, until)

        workspace_id = pending.delivery.occasion.workspace_id
        await self._wired.transactions.of(workspace_id).write(put_off)

    async def finish(self, seconds: float) -> None:
        """Waits for the sends under way; what isn't through by then will be looked for."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)

    async def _turn(self, pending: Pending) -> bool:
        began = stopwatch()
        try:
            return await self._turn_at_slack(pending)
        finally:
            self._wired.metrics.rate_limit_waits.labels("pace").inc(stopwatch() - began)

    async def _turn_at_slack(self, pending: Pending) -> bool:
        occasion = pending.delivery.occasion
        if pending.channel is None:
            await self._wired.pace.turn_to_open(occasion.workspace_id)
        return await self._wired.pace.turn(occasion.workspace_id, occasion.recipient)

    async def _to_its_end(
        self, client: SlackClient, pending: Pending, order: Action, now: Callable[[], datetime]
    ) -> Outcome:
        """Once claimed, a send goes on even where whoever waits for it is cancelled."""
        async with self._room:
            task = asyncio.create_task(self._claimed(client, pending, order, now))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            return await asyncio.shield(task)

    async def _claimed(
        self, client: SlackClient, pending: Pending, order: Action, now: Callable[[], datetime]
    ) -> Outcome:
        delivery = pending.delivery
        parts = order.parts(delivery.occasion.key) if isinstance(order, Post) else ()
        claim = await self._books.claim(delivery, parts)
        if claim is None:
            return Outcome.HELD  # somebody else has it; to keep the order, the channel is theirs
        attempt = Attempt(self._wired, client, pending, claim, order, now, self._books)
        outcome = await attempt.carry_out()
        self._note(pending, outcome, claim)
        return Outcome.CONTINUED if parts and outcome is not Outcome.HELD else outcome

    def _note(self, pending: Pending, outcome: Outcome, claim: Claim) -> None:
        occasion = pending.delivery.occasion
        self._wired.metrics.deliveries.labels(occasion.kind.value, outcome.value).inc()
        log.info(
            "delivery",
            key=occasion.key,
            workspace=occasion.workspace_id,
            recipient=occasion.recipient,
            outcome=outcome.value,
            attempt=claim.attempt,
        )
