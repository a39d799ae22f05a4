"""The bot of the demo: the real one over real HTTP, on a clock that is moved by hand."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime

import uvicorn
from pydantic import SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource
from starlette.types import ASGIApp

from bot.files.playbook import read
from bot.services import ledger
from bot.services.playbooks.apply import apply_playbook
from bot.settings import Settings
from bot.slack.pace import Pace
from bot.wiring import Wired, wired
from handlers.app import build_app
from handlers.background import Background
from handlers.http import build_http
from handlers.readiness import Readiness
from jobs.deliver import Deliveries
from jobs.plan import plan_everything
from jobs.sending import Sender
from jobs.writers import all_writers
from sandbox import Sandbox

NO_WAITING = Pace(per_second=0, per_minute=0, opens_per_minute=0)
"""The clock stands still between two steps, so that waiting would never end; Slack still counts."""


class DemoSettings(Settings):
    """Settings that hear of nothing but their arguments: no environment, no `.env`."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (pydantic's name for it)
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def settings_for(slack: Sandbox, database_url: str) -> Settings:
    """The bot's settings beside this Slack, and no other."""
    seed = slack.team().seed
    return DemoSettings(
        database_url=database_url,
        slack_bot_token=SecretStr(seed.bot_token),
        slack_signing_secret=SecretStr(seed.signing_secret),
        slack_api_url=slack.api_url,
    )


class SteeredClock:
    """Stands still until it is moved, forward only."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move_to(self, instant: datetime) -> None:
        self._now = max(self._now, instant)


class Stage:
    """The bot beside its Slack. It can be taken down and brought back, as an outage does."""

    def __init__(self, slack: Sandbox, database_url: str, clock: SteeredClock) -> None:
        self.slack = slack
        self.clock = clock
        self._settings = settings_for(slack, database_url)
        self._parts = AsyncExitStack()
        self._background = Background()
        self._bot: Wired | None = None

    async def start(self) -> None:
        """The bot comes up and Slack's requests reach it."""
        bot = await self._parts.enter_async_context(
            wired(self._settings, clock=self.clock, pace=NO_WAITING)
        )
        self._deliveries = Deliveries(bot, Sender(bot, all_writers()))
        slack_app = build_app(bot, background=self._background)
        secret = self.slack.team().seed.signing_secret
        app = build_http(slack_app, secret, Readiness(bot, None), bot.metrics)
        self.slack.request_url = await self._parts.enter_async_context(serving(app))
        self._bot = bot

    async def stop(self) -> None:
        """The bot goes down: Slack's requests find nobody."""
        self._bot = None
        await self._background.finish()
        await self._parts.aclose()

    async def apply(self, playbook: str) -> tuple[str, ...]:
        """Puts a playbook file into force; what changed."""
        plan, now = read(playbook.encode()).playbook, self.clock.now()
        return await self._running.transactions.of(plan.workspace).write_alone(
            lambda session: apply_playbook(session, plan, now)
        )

    async def settled(self) -> None:
        """Returns when every answer has been shown and whatever is due has been sent."""
        await self._background.finish()
        if self._bot is not None:
            await self._drain(self._bot)

    async def plan(self) -> None:
        """What the bot's clock does each minute: plan, then send."""
        if self._bot is not None:
            await plan_everything(self._bot, self.clock.now())
            await self._drain(self._bot)

    async def _drain(self, bot: Wired) -> None:
        now = self.clock.now()
        due = await bot.transactions.everywhere.read(lambda session: ledger.backlogs(session, now))
        for backlog in due:
            await self._deliveries.drain(backlog.workspace_id)

    @property
    def _running(self) -> Wired:
        if self._bot is None:
            raise RuntimeError("the bot is down")
        return self._bot


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """The app behind HTTP on a free port; its address for Slack's requests."""
    server = _Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn has no event to wait for)
        await asyncio.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        server.should_exit = True
        await task


class _Server(uvicorn.Server):
    """Leaves Ctrl-C to the command line."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
