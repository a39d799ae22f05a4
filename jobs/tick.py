"""Everything due at one instant, planned and sent; then it ends (`pacesetter tick`)."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import Refusal
from bot.domain.ledger.deliveries import beginning_of
from bot.domain.ledger.occasions import Delivery, DeliveryState
from bot.services import ledger
from bot.wiring import Session, Wired
from jobs.books import LEASE, Patience
from jobs.channels import recheck_channels
from jobs.deliver import Deliveries
from jobs.plan import plan_everything, plan_in
from jobs.rendering import Change, Order, Post, Writers, render, text_of
from jobs.sending import Sender

RETRY_AFTER = timedelta(seconds=5)
"""A longer Retry-After is left to the next tick."""
LONGEST_WAIT_S = 30.0
"""Long enough for one lease to run out and what it held to be looked for."""
_STEP_S = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """One occasion of a tick. `state` is `sent`, `failed` or `deferred`; None in a dry run."""

    key: str
    kind: str
    workspace: str
    recipient: str
    due_at: datetime
    text: str
    behaviours: tuple[str, ...]
    state: str | None = None


class PlanningBroke(Refusal):
    """Some teams could not be planned; `outcomes` are those of the others, handled all the same."""

    def __init__(self, teams: int, outcomes: list[Outcome]) -> None:
        of_them = "One team" if teams == 1 else f"{teams} teams"
        super().__init__(
            f"{of_them} could not be planned: see the log. Tick again once it is mended."
        )
        self.outcomes = outcomes


async def tick(
    at: datetime, wired: Wired, writers: Writers, patience: Patience | None = None
) -> list[Outcome]:
    """Plans and sends everything due at `at`; gives back what was handled, in order of due dates.

    What another process took up and never settled is waited for, and so is a short Retry-After.
    What has lost its point is not listed. Raises `PlanningBroke`, at the end, where a team could
    not be planned.
    """
    await recheck_channels(wired)
    broken = await plan_everything(wired, at)
    ids = await wired.transactions.everywhere.read(lambda session: _pending(session, at))
    orders: dict[int, Order] = {}
    deliveries = Deliveries(wired, Sender(wired, writers, patience, orders))
    await _drain_until_settled(wired, deliveries, at)
    handled = await wired.transactions.everywhere.read(lambda session: ledger.load(session, ids))
    unseen = [each for each in handled if each.id not in orders]
    orders |= await wired.transactions.everywhere.read(
        lambda session: {each.id: _rendered(session, each, at, writers) for each in unseen}
    )
    outcomes = [
        _outcome(each, orders[each.id], _state(each))
        for each in handled
        if each.state is not DeliveryState.DROPPED and beginning_of(each) is None
    ]
    if broken:
        raise PlanningBroke(broken, outcomes)
    return outcomes


async def dry_run(at: datetime, wired: Wired, writers: Writers) -> list[Outcome]:
    """What a tick at `at` would send. Changes nothing: what it plans is rolled back."""

    def work(session: Session) -> None:
        plan_in(session, at)
        waiting = ledger.load(session, _pending(session, at))
        raise _RolledBack(list(_would_go_out(session, waiting, at, writers)))

    try:
        await wired.transactions.everywhere.write_alone(work)
    except _RolledBack as end:
        return end.outcomes
    return []


class _RolledBack(Exception):
    """The end of a dry run: raising it is what rolls back."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__()
        self.outcomes = outcomes


def _would_go_out(
    session: Session, waiting: Iterable[Delivery], at: datetime, writers: Writers
) -> Iterable[Outcome]:
    for delivery in waiting:
        order = _rendered(session, delivery, at, writers)
        if beginning_of(delivery) is None and isinstance(order, Post | Change):
            yield _outcome(delivery, order, None)


def _rendered(session: Session, delivery: Delivery, at: datetime, writers: Writers) -> Order:
    with session.of(delivery.occasion.workspace_id) as theirs:
        return render(theirs, delivery, at, writers)


def _pending(session: Session, at: datetime) -> list[int]:
    backlogs = ledger.backlogs(session, at)
    return [
        delivery_id
        for backlog in backlogs
        for delivery_id in ledger.pending_ids(session, backlog.workspace_id, at)
    ]


async def _drain_until_settled(wired: Wired, deliveries: Deliveries, at: datetime) -> None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + LONGEST_WAIT_S
    while True:
        before = wired.clock.now()
        due = await wired.transactions.everywhere.read(lambda session: ledger.backlogs(session, at))
        await asyncio.gather(*(deliveries.drain(each.workspace_id, at) for each in due))
        until = await _soonest(wired, at, before)
        if until is None:
            return
        while (wait := (until - wired.clock.now()).total_seconds()) > 0:
            if loop.time() + wait > deadline:
                return
            await asyncio.sleep(min(wait, _STEP_S))


async def _soonest(wired: Wired, at: datetime, since: datetime) -> datetime | None:
    """When the first delivery comes free that was held back after `since` and is worth a wait."""
    wall = wired.clock.now()
    soon = {DeliveryState.SENDING: LEASE, DeliveryState.PLANNED: RETRY_AFTER}

    def held(session: Session) -> list[datetime]:
        return [
            each.until
            for backlog in ledger.backlogs(session, at)
            for each in ledger.held(session, backlog.workspace_id, at, since)
            if each.until - wall <= soon[each.state]
        ]

    return min(await wired.transactions.everywhere.read(held), default=None)


def _state(delivery: Delivery) -> str:
    settled = delivery.state in (DeliveryState.SENT, DeliveryState.FAILED)
    return delivery.state.value if settled else "deferred"


def _outcome(delivery: Delivery, order: Order, state: str | None) -> Outcome:
    occasion = delivery.occasion
    return Outcome(
        key=occasion.key,
        kind=occasion.kind.value,
        workspace=occasion.workspace_id,
        recipient=occasion.recipient,
        due_at=occasion.due_at,
        text=text_of(order),
        behaviours=order.behaviours if isinstance(order, Post) else (),
        state=state,
    )
