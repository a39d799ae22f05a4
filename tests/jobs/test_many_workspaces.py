"""Workspaces don't wait for each other: one whose Slack hangs holds up itself alone."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial

import pytest

from bot.db.session import Session
from bot.domain.ledger.occasions import Delivery, Occasion, OccasionKind
from bot.services import ledger
from bot.settings import Settings
from bot.slack.message import Message
from bot.slack.pace import Pace
from bot.wiring import Wired, session_for, wired
from jobs.deferring import defer_drains
from jobs.distributed import WorkerEngine
from jobs.rendering import AboutWorkspace, Rendered, Writers
from sandbox import Channel, Fault, Sandbox, Workspace
from tests.jobs.conftest import IMPATIENT, NOON, HurriedClock
from tests.jobs.test_engines import QUICK
from tests.patience import until
from tests.teams import a_workspace

HANGING, OTHERS = "T0HANGS", tuple(f"T{number}WELL" for number in range(1, 21))
EACH = 6


class SandboxTokens:
    """Every workspace's, as the sandbox makes them."""

    async def token_for(self, workspace_id: str) -> str | None:
        return f"xoxb-{workspace_id}-sandbox"


def written(_: Session, delivery: Delivery, __: datetime) -> Rendered:
    return Rendered(Message(delivery.occasion.key, ()))


WRITERS: Writers = dict.fromkeys(OccasionKind, AboutWorkspace(written))


@pytest.fixture
async def slack(clock: HurriedClock) -> AsyncIterator[Sandbox]:
    rooms = (Channel("C01", "one"), Channel("C02", "two"))
    all_of_them = [Workspace(name, channels=rooms) for name in (HANGING, *OTHERS)]
    async with Sandbox(all_of_them, rate_limits=False, clock=clock.now) as sandbox:
        yield sandbox


@pytest.fixture
async def bot(
    postgresql_url: str, slack: Sandbox, clock: HurriedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Wired]:
    monkeypatch.setattr("bot.slack.client.TIMEOUT_S", 0.5)
    settings = Settings(_env_file=None, database_url=postgresql_url, slack_api_url=slack.api_url)
    with session_for(settings) as session:
        for name in (HANGING, *OTHERS):
            a_workspace(session.connection, name)
    async with wired(
        settings,
        clock=clock,
        pace=Pace(0, 0, 0),
        before_commit=defer_drains,
        tokens=SandboxTokens(),
    ) as parts:
        yield parts


def occasions(workspace: str) -> list[Occasion]:
    return [
        Occasion(
            f"recap:{n:02}", OccasionKind.RECAP, workspace, None, f"C0{1 + n % 2}", due_at=NOON
        )
        for n in range(EACH)
    ]


async def test_a_workspace_that_hangs_holds_no_other_up(bot: Wired, slack: Sandbox) -> None:
    slack.fail("*", Fault.timeout_before(), times=None, workspace=HANGING)
    worker = WorkerEngine(bot, WRITERS, QUICK, IMPATIENT)
    await worker.start()
    for workspace in (HANGING, *OTHERS):
        await bot.transactions.of(workspace).write(
            partial(ledger.add, occasions=occasions(workspace), now=NOON)
        )
    places = [(channel, workspace) for workspace in OTHERS for channel in ("C01", "C02")]

    def number() -> int:
        return sum(len(slack.messages(*place)) for place in places)

    await until(lambda: number() == EACH * len(OTHERS))
    await worker.stop()
    assert slack.messages("C01", HANGING) == []
    for channel, workspace in places:
        texts = [message.text for message in slack.messages(channel, workspace)]
        assert texts == sorted(texts)
