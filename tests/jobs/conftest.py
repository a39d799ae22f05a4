"""A bot's outbound half on a real database, beside a strict Slack over real HTTP."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from bot.db.session import Session
from bot.domain.ledger.occasions import Delivery, DeliveryState, Occasion, OccasionKind
from bot.domain.teams import TeamPlaybook
from bot.logs import set_up_logging
from bot.services import ledger
from bot.settings import Settings
from bot.slack.message import Message
from bot.slack.pace import Pace
from bot.wiring import BeforeCommit, Wired, session_for, wired
from jobs.books import Patience
from jobs.deliver import Deliveries
from jobs.rendering import Order, Removal, Rendered, Writers
from jobs.sending import Sender
from sandbox import Channel, Sandbox, User, Workspace
from tests.logging_state import logging_restored
from tests.patience import PATIENCE_S
from tests.teams import WORKSPACE, TeamRows, a_team

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HURRY = 20
"""How much faster the bot's clock runs here, so that a Retry-After of a second is soon over."""
IMPATIENT = Patience(lease=timedelta(seconds=10), settles=timedelta(seconds=1))


class HurriedClock:
    """Noon when it is made, and from then on time in a hurry: the bot's and Slack's."""

    def __init__(self) -> None:
        self._started = datetime.now(UTC)

    def now(self) -> datetime:
        return NOON + (datetime.now(UTC) - self._started) * HURRY


def written(_: Session, __: TeamPlaybook, delivery: Delivery, ___: datetime) -> Rendered | Removal:
    """Says its key, and what the payload tells; "parts" go on in the thread."""
    payload = delivery.occasion.payload
    if payload.get("gone"):
        return Removal()
    parts = payload.get("parts") or []
    assert isinstance(parts, list)
    text = str(payload.get("says", delivery.occasion.key))
    return Rendered(Message(text, (), tuple(Message(part, ()) for part in parts)), ("Calls",))


WRITERS: Writers = dict.fromkeys(OccasionKind, written)


@dataclass(slots=True)
class Outbox:
    """Plans and sends as the jobs do, and looks at what came of it."""

    wired: Wired
    west: TeamRows
    writers: Writers = field(default_factory=lambda: WRITERS)
    orders: dict[int, Order] = field(default_factory=dict)

    def deliveries(self) -> Deliveries:
        """The jobs of one process."""
        sender = Sender(self.wired, self.writers, IMPATIENT, self.orders)
        return Deliveries(self.wired, sender)

    def occasion(self, key: str, recipient: str = "C01WEST", **more: Any) -> Occasion:
        kind = OccasionKind(key.split(":", 1)[0])
        due: dict[str, Any] = {"due_at": NOON} | more
        return Occasion(key, kind, WORKSPACE, self.west.team_id, recipient, **due)

    async def plan(self, *occasions: Occasion) -> None:
        await self.wired.transactions.of(WORKSPACE).write(
            lambda session: ledger.add(session, occasions, NOON)
        )

    async def plan_posts(self, keys: Iterable[str], recipient: str = "C01WEST") -> None:
        await self.plan(*(self.occasion(f"recap:{key}", recipient) for key in keys))

    async def drain(self, at: datetime = NOON) -> None:
        await self.deliveries().drain(WORKSPACE, at)

    async def drain_to_the_end(self, at: datetime = NOON) -> None:
        """Again and again, as the clock would, until nothing is held back any more."""
        deliveries = self.deliveries()
        async with asyncio.timeout(PATIENCE_S):
            while True:
                await deliveries.drain(WORKSPACE, at)
                if not await self._pending(at):
                    return
                await asyncio.sleep(await self._seconds_held(at))

    async def _pending(self, at: datetime) -> list[int]:
        return await self.wired.transactions.of(WORKSPACE).read(
            lambda session: ledger.pending_ids(session, WORKSPACE, at)
        )

    async def _seconds_held(self, at: datetime) -> float:
        wall = self.wired.clock.now()
        held = await self.wired.transactions.of(WORKSPACE).read(
            lambda session: ledger.held(session, WORKSPACE, at, wall)
        )
        soonest = min((each.until for each in held), default=wall)
        return max(0.01, (soonest - wall).total_seconds() / HURRY)

    async def find(self, key: str) -> Delivery:
        found = await self.wired.transactions.of(WORKSPACE).read(
            lambda session: ledger.find(session, WORKSPACE, key)
        )
        assert found is not None
        return found

    async def state(self, key: str) -> DeliveryState:
        return (await self.find(key)).state

    async def reason(self, key: str) -> str | None:
        return (await self.find(key)).reason


@pytest.fixture(autouse=True)
def _terse_log() -> Iterator[None]:
    """structlog's own default draws tracebacks so long that a quarter of a second is over."""
    with logging_restored():
        set_up_logging("error", "json")
        yield


@pytest.fixture
def clock() -> HurriedClock:
    return HurriedClock()


@pytest.fixture
async def slack(clock: HurriedClock) -> AsyncIterator[Sandbox]:
    users = [
        User("U01MORGAN", "morgan"),
        User("U02RILEY", "riley"),
        User("U03SAM", "sam"),
        User("U04ALEX", "alex"),
    ]
    channels = [Channel("C01WEST", "west"), Channel("C02EAST", "east")]
    workspace = Workspace(WORKSPACE, users=tuple(users), channels=tuple(channels))
    async with Sandbox(workspaces=[workspace], rate_limits=False, clock=clock.now) as sandbox:
        yield sandbox


@pytest.fixture
def settings(database_url: str, slack: Sandbox) -> Settings:
    return Settings(
        _env_file=None,
        database_url=database_url,
        slack_api_url=slack.api_url,
        slack_bot_token=SecretStr(f"xoxb-{WORKSPACE}-sandbox"),
    )


@pytest.fixture
def before_commit() -> BeforeCommit | None:
    """What hears of plans before they are committed: nobody, in one process."""
    return None


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives Slack a quarter of a second for an answer: where one is to be waited for in vain.
    Elsewhere the bot has its own patience, which a slow machine does not exhaust."""
    monkeypatch.setattr("bot.slack.client.TIMEOUT_S", 0.25)


@pytest.fixture
async def outbox(
    settings: Settings,
    clock: HurriedClock,
    before_commit: BeforeCommit | None,
) -> AsyncIterator[Outbox]:
    """Without a pace."""
    with session_for(settings) as session:
        west = a_team(session.connection)
    async with wired(
        settings, clock=clock, pace=Pace(0, 0, 0), before_commit=before_commit
    ) as parts:
        yield Outbox(parts, west)
