"""The bot behind real signed HTTP, with the sandbox as its Slack."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn
from aiohttp import ClientTimeout
from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.db.engine import for_writing, make_engine
from bot.settings import Settings
from bot.wiring import Wired, wired
from handlers import commands
from handlers.app import build_app
from handlers.background import Background
from handlers.http import SlackEvents
from sandbox import Channel, Person, Sandbox, User, Workspace
from sandbox.acting.signing import signed
from tests.patience import PATIENCE_S
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE, TeamRows, a_team

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
"""A Wednesday, noon in London."""
STRANGER = "U09STRANGER"


@pytest.fixture(autouse=True)
def patient_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is told later because the machine is slow."""
    monkeypatch.setattr(commands, "PATIENCE_S", PATIENCE_S)


@dataclass
class HandClock:
    """Stands still until a test moves it."""

    instant: datetime = NOON

    def now(self) -> datetime:
        return self.instant

    def advance(self, **span: float) -> None:
        self.instant += timedelta(**span)


@dataclass(frozen=True)
class Answer:
    """What the bot says to a request that a test has made up."""

    status: int
    text: str


@dataclass
class Attentive:
    """The app, and how many requests it still answers, though whoever asked may have gone."""

    app: ASGIApp
    under_way: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.under_way += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.under_way -= 1

    async def idle(self) -> None:
        """On a loaded machine an answer may take longer than Slack waits for it."""
        while self.under_way:  # noqa: ASYNC110  what ends last has no event to wait for
            await asyncio.sleep(0.005)


@dataclass
class Running:
    """A bot that listens, and the Slack that it talks with."""

    slack: Sandbox
    bot: Wired
    clock: HandClock
    team: TeamRows
    url: str
    background: Background
    woken: list[str] = field(default_factory=list)
    app: Attentive | None = None

    def person(self, user_id: str = RILEY) -> Any:
        return self.slack.person(user_id)

    async def signed(self, fields: Mapping[str, Any], content: str | None = None) -> Answer:
        """Posts form fields (`payload` as JSON), or a raw body, as Slack would."""
        ready = {k: v if isinstance(v, str) else json.dumps(v) for k, v in fields.items()}
        body = urlencode(ready) if content is None else content
        seed = self.slack.team(WORKSPACE).seed
        headers = signed(seed.signing_secret, int(time.time()), body)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        async with self.bot.http.post(
            self.url, data=body.encode(), headers=headers, timeout=ClientTimeout(PATIENCE_S)
        ) as response:
            return Answer(response.status, await response.text())

    async def settled(self) -> None:
        """Returns when the bot has nothing under way any more."""
        if self.app is not None:
            await self.app.idle()
        await self.background.finish()

    async def rows(self, query: Any) -> list[Any]:
        return await self.bot.transactions.everywhere.read(
            lambda s: list(s.connection.execute(query))
        )


def a_slack() -> Workspace:
    """Everybody of team West, one stranger, and two channels."""
    people = [
        User(MORGAN, "morgan", "Morgan"),
        User(RILEY, "riley", "Riley"),
        User(SAM, "sam", "Sam", tz="America/New_York"),
        User(ALEX, "alex", "Alex", tz="Asia/Kolkata"),
        User(STRANGER, "stranger", "Stranger"),
    ]
    members = tuple(person.id for person in people)
    channels = (Channel("C01WEST", "west", members), Channel("C02TALK", "talk", members))
    return Workspace(WORKSPACE, users=tuple(people), channels=channels)


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """The app under uvicorn on a free port; gives the address that Slack is told."""
    config = uvicorn.Config(
        app, port=0, log_level="critical", lifespan="off", timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  uvicorn has no event to wait for
        await asyncio.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        server.should_exit = True
        await task


@pytest.fixture
def team(database_url: str) -> TeamRows:
    """Team West, committed."""
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        rows = a_team(connection)
    engine.dispose()
    return rows


@asynccontextmanager
async def running_bot(database_url: str, team: TeamRows) -> AsyncIterator[Running]:
    """A bot on this database, told to a sandbox of its own."""
    clock, background, woken = HandClock(), Background(), list[str]()
    async with Sandbox([a_slack()], rate_limits=False).patient(PATIENCE_S) as slack:
        seed = slack.team(WORKSPACE).seed
        settings = Settings(
            database_url=database_url,
            slack_bot_token=SecretStr(seed.bot_token),
            slack_signing_secret=SecretStr(seed.signing_secret),
            slack_api_url=slack.api_url,
            _env_file=None,
        )
        async with wired(settings, clock=clock) as bot:
            app = build_app(bot, woken.append, background)
            attentive = Attentive(SlackEvents(app, seed.signing_secret, bot.metrics))
            async with serving(attentive) as url:
                slack.request_url = url
                yield Running(slack, bot, clock, team, url, background, woken, attentive)
            await background.finish()


@pytest.fixture
async def running(database_url: str, team: TeamRows) -> AsyncIterator[Running]:
    """A bot on SQLite, and again on PostgreSQL."""
    async with running_bot(database_url, team) as bot:
        yield bot


@pytest.fixture
def riley(running: Running) -> Person:
    """A rep of team West."""
    person: Person = running.person()
    return person


@pytest.fixture
def morgan(running: Running) -> Person:
    """The manager of team West."""
    person: Person = running.person(MORGAN)
    return person
