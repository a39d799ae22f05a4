"""The real bot of the demo: handlers behind signed HTTP, embedded engine, its own database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from bot.demo.clock import DemoClock
from bot.demo.sample import MORGAN, ONE_TO_ONE, PLAYBOOK, TOM, WORKSPACE
from bot.demo.stage import NO_WAITING, serving, settings_for
from bot.demo.workdays import history
from bot.domain.teams import TeamPlaybook
from bot.files.playbook import read
from bot.services import workspaces
from bot.services.importing import add_staged, stage
from bot.services.one_to_ones.noting import note_down
from bot.services.playbooks.apply import apply_playbook
from bot.services.requests.callers import Caller
from bot.wiring import Session, Wired, wired
from handlers.app import build_app
from handlers.background import Background
from handlers.homes import Homes
from handlers.http import build_http
from handlers.readiness import Readiness
from jobs.embedded import EmbeddedEngine
from jobs.writers import all_writers
from sandbox import Sandbox

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LiveBot:
    """The bot while it runs beside its Slack."""

    slack: Sandbox
    clock: DemoClock
    wired: Wired
    engine: EmbeddedEngine
    background: Background

    async def settled(self) -> None:
        """Returns when everything that is due now is planned, sent and answered."""
        await self.background.finish()
        await self.engine.plan()
        await self.engine.idle()

    async def read(self, work: Callable[[Session], T]) -> T:
        """One look into the bot's database."""
        return await self.wired.transactions.of(WORKSPACE).read(work)

    async def team(self) -> TeamPlaybook | None:
        """The team as it stands; None where somebody has retired it."""
        return await self.read(_team)

    async def set_up(self) -> None:
        """Applies the sample team's playbook."""
        plan, now = read(PLAYBOOK.encode()).playbook, self.clock.now()
        await self.wired.transactions.of(WORKSPACE).write_alone(
            lambda session: apply_playbook(session, plan, now)
        )

    async def remember(self) -> int:
        """Imports the eight weeks; how many entries they have."""
        now = self.clock.now()

        def bring_in(session: Session) -> int:
            return add_staged(session, stage(session, history()), now).imported

        return await self.wired.transactions.of(WORKSPACE).write_alone(bring_in)

    async def talk(self) -> None:
        """Morgan and Tom had a one-to-one on the Friday, and agreed on two things."""
        now, caller = self.clock.now(), Caller(WORKSPACE, MORGAN.user_id, "demo:one-to-one")
        await self.wired.transactions.of(WORKSPACE).write(
            lambda session: note_down(session, caller, TOM.user_id, ONE_TO_ONE, now)
        )


@asynccontextmanager
async def live_bot(slack: Sandbox, database_url: str, clock: DemoClock) -> AsyncIterator[LiveBot]:
    """The bot, up; down again at the end, with what is under way finished.

    Its engine doesn't run by itself yet: `LiveBot.engine.start` lets it.
    """
    settings = settings_for(slack, database_url)
    background = Background()
    async with wired(settings, clock=clock, pace=NO_WAITING) as bot:
        engine = EmbeddedEngine(bot, all_writers())
        homes = Homes(bot, background)
        slack_app = build_app(bot, engine.wake, background, homes)
        secret = slack.team().seed.signing_secret
        app = build_http(slack_app, secret, Readiness(bot, None), bot.metrics)
        async with serving(app) as slack.request_url:
            watching = asyncio.create_task(homes.watch())
            try:
                yield LiveBot(slack, clock, bot, engine, background)
            finally:
                watching.cancel()
                await engine.stop()
        await background.finish()


def _team(session: Session) -> TeamPlaybook | None:
    known = workspaces.active_teams(session, WORKSPACE)
    return workspaces.active_playbook(session, known[0].team_id) if known else None
