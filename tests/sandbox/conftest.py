"""A running sandbox, a client of its Web API, and a bot that does as it is told."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import ManualClock, Person, Sandbox
from tests.patience import PATIENCE_S
from tests.sandbox.samples import WEST, Json

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
Say = Callable[[Json], Any]


@dataclass
class Heard:
    """One request that reached the bot."""

    headers: dict[str, str]
    body: str
    payload: Json

    @property
    def form(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(self.body).items()}


@dataclass
class Bot:
    """Answers every request with `answer` (called with the payload, if it can be called)."""

    heard: list[Heard] = field(default_factory=list)
    answer: Any = ""
    url: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.text()
        verifier = SignatureVerifier(WEST.signing_secret)
        assert verifier.is_valid_request(body, dict(request.headers))
        self.heard.append(Heard(dict(request.headers), body, await read(request, body)))
        answer = self.answer(self.heard[-1].payload) if callable(self.answer) else self.answer
        if hasattr(answer, "__await__"):
            answer = await answer
        if isinstance(answer, web.StreamResponse):
            return answer
        if isinstance(answer, str):
            return web.Response(text=answer)
        return web.json_response(answer)

    @property
    def last(self) -> Heard:
        return self.heard[-1]


async def read(request: web.Request, body: str) -> Json:
    """The payload, however it came."""
    if request.content_type == "application/json":
        return dict(json.loads(body))
    form = {key: values[0] for key, values in parse_qs(body, keep_blank_values=True).items()}
    return dict(json.loads(form["payload"])) if "payload" in form else dict(form)


@pytest.fixture
def clock() -> ManualClock:
    """Stands at nine on a Monday until a test moves it."""
    return ManualClock(MONDAY)


@pytest.fixture
async def slack(clock: ManualClock) -> AsyncIterator[Sandbox]:
    async with Sandbox([WEST], clock=clock).patient(PATIENCE_S) as running:
        yield running


@pytest.fixture
def client(slack: Sandbox) -> AsyncWebClient:
    """Does nothing again by itself."""
    return AsyncWebClient(WEST.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
async def bot(slack: Sandbox) -> AsyncIterator[Bot]:
    """Listens where the sandbox sends its requests."""
    obedient = Bot()
    app = web.Application()
    app.router.add_post("/slack/events", obedient.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    obedient.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    slack.request_url = obedient.url
    yield obedient
    await runner.cleanup()


@pytest.fixture
def riley(slack: Sandbox) -> Person:
    return slack.person("U02RILEY")


@pytest.fixture
def sam(slack: Sandbox) -> Person:
    return slack.person("U03SAM")
