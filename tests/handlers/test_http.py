"""What HTTP answers to whoever knocks, Slack or not."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn
from pydantic import SecretStr

from bot.settings import Settings
from bot.wiring import Wired, wired
from handlers.app import build_app
from handlers.http import MOST_BYTES, build_http
from handlers.readiness import Readiness
from sandbox import Fault, Sandbox
from sandbox.acting.signing import signed
from tests.handlers.conftest import a_slack
from tests.patience import PATIENCE_S
from tests.teams import WORKSPACE, TeamRows

SECRET = "sandbox-signing-secret"
COMMAND = (
    f"command=%2Flog&text=help&team_id={WORKSPACE}&user_id=U02RILEY&channel_id=C01WEST"
    "&trigger_id=1.2.3&response_url=http%3A%2F%2F127.0.0.1%2Fnowhere"
)


@dataclass(slots=True)
class Site:
    """A running bot as seen from outside."""

    url: str
    bot: Wired
    slack: Sandbox
    readiness: Readiness

    async def post(
        self, body: bytes | str | Any, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        place = f"{self.url}/slack/events"
        sent = self.bot.http.post(place, data=body, headers=form | (headers or {}))
        async with sent as answer:
            return answer.status, await answer.text()

    async def get(self, path: str) -> tuple[int, Any]:
        async with self.bot.http.get(self.url + path) as answer:
            is_json = answer.content_type == "application/json"
            return answer.status, await (answer.json() if is_json else answer.text())


def now() -> int:
    return int(time.time())


@pytest.fixture
async def site(database_url: str, team: TeamRows) -> AsyncIterator[Site]:
    async with Sandbox([a_slack()]).patient(PATIENCE_S) as slack:
        settings = Settings(
            _env_file=None,
            database_url=database_url,
            slack_api_url=slack.api_url,
            slack_signing_secret=SecretStr(SECRET),
            slack_bot_token=SecretStr(f"xoxb-{WORKSPACE}-sandbox"),
        )
        async with wired(settings) as bot:
            readiness = Readiness(bot)
            app = build_http(build_app(bot), SECRET, readiness, bot.metrics)
            config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off")
            server = uvicorn.Server(config)
            task = asyncio.create_task(server.serve())
            while not server.started:  # noqa: ASYNC110  uvicorn has no event to wait for
                await asyncio.sleep(0.005)
            port = server.servers[0].sockets[0].getsockname()[1]
            yield Site(f"http://127.0.0.1:{port}", bot, slack, readiness)
            server.should_exit = True
            await task


async def test_a_signed_command_is_answered(site: Site) -> None:
    status, text = await site.post(COMMAND, signed(SECRET, now(), COMMAND))
    assert status == 200
    assert "/log" in text


@pytest.mark.parametrize(
    "forged",
    [  # made when the test runs: a time that is in the future at collection may be past by then
        dict,
        lambda: {"X-Slack-Signature": "v0=abc"},
        lambda: {"X-Slack-Request-Timestamp": "yesterday", "X-Slack-Signature": "v0=abc"},
        lambda: {"X-Slack-Request-Timestamp": "٣", "X-Slack-Signature": "v0=abc"},
        lambda: {"X-Slack-Request-Timestamp": str(now()), "X-Slack-Signature": "v0=é"},
        lambda: signed("another secret", now(), COMMAND),
        lambda: signed(SECRET, now() - 301, COMMAND),
        lambda: signed(SECRET, now() + 400, COMMAND),
        lambda: signed(SECRET, now(), COMMAND + "&more=1"),
    ],
    ids=["none", "half", "word", "arabic digit", "accent", "wrong", "old", "future", "other body"],
)
async def test_who_cannot_sign_is_refused(site: Site, forged: Callable[[], dict[str, str]]) -> None:
    assert (await site.post(COMMAND, forged()))[0] == 401


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"type": "event_callback"',
        b"payload=%7B",
        b"payload=not+json",
        b"\xff\xfe",
        b"[1, 2]",
        b"null",
        b"payload=[]",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"",
        b"{}",
        b"payload=%7B%7D",
        b'{"type": []}',
    ],
    ids=lambda body: body[:20].decode("latin-1"),
)
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
async def test_a_malformed_body_is_refused_and_breaks_nothing(
    site: Site, body: bytes, kind: str
) -> None:
    headers = signed(SECRET, now(), body.decode("latin-1")) | {"Content-Type": kind}
    status, _ = await site.post(body, headers)
    assert 400 <= status < 500
    assert (await site.post(COMMAND, signed(SECRET, now(), COMMAND)))[0] == 200


@pytest.mark.parametrize("body", ["{", "", "{}", '{"type": []}', '{"type": "event_callback"}'])
async def test_a_malformed_body_that_is_signed_gets_400_and_unsigned_401(
    site: Site, body: str
) -> None:
    kind = {"Content-Type": "application/json"}
    assert (await site.post(body, signed(SECRET, now(), body) | kind))[0] == 400
    assert (await site.post(body, signed("another", now(), body) | kind))[0] == 401


@pytest.mark.parametrize("kind", ["shortcut", "view_closed", "app_rate_limited"])
async def test_what_nobody_here_asked_for_is_acknowledged(site: Site, kind: str) -> None:
    body = json.dumps({"type": kind, "callback_id": "another", "user": {"id": "U1"}})
    headers = signed(SECRET, now(), body) | {"Content-Type": "application/json"}
    assert (await site.post(body, headers))[0] == 200


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_of_more_than_a_megabyte_is_refused(site: Site, chunked: bool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b"x" * (MOST_BYTES // 16)

    body: Any = pieces() if chunked else b"x" * (MOST_BYTES + 1)
    assert (await site.post(body))[0] == 413


async def test_other_ways_to_ask_are_refused(site: Site) -> None:
    assert (await site.get("/slack/events"))[0] == 405
    assert (await site.get("/nowhere"))[0] == 404


@pytest.mark.parametrize("path", ["/slack/install", "/slack/oauth_redirect?code=1"])
async def test_there_is_nothing_to_install_yet(site: Site, path: str) -> None:
    status, text = await site.get(path)
    assert status == 404
    assert "one workspace" in text


async def test_a_living_process_says_so(site: Site) -> None:
    assert await site.get("/healthz") == (200, {"ok": True})


async def test_metrics_count_acknowledgements(site: Site) -> None:
    await site.post(COMMAND, signed(SECRET, now(), COMMAND))
    status, text = await site.get("/metrics")
    assert status == 200
    assert "pacesetter_acknowledgement_seconds_count 1.0" in text


async def test_a_bot_that_has_all_it_needs_is_ready(site: Site) -> None:
    assert (await site.get("/readyz"))[0] == 503
    await site.readiness.ask_slack()
    status, checks = await site.get("/readyz")
    assert status == 200, checks
    assert set(checks) == {"database", "migrations", "slack", "clock"}
    assert all(check["ok"] and check["reason"] for check in checks.values())


async def test_readiness_never_asks_slack_itself(site: Site) -> None:
    await site.get("/readyz")
    assert site.slack.calls("auth.test") == []


async def test_a_refused_token_is_told(site: Site) -> None:
    await site.readiness.ask_slack()
    site.slack.fail("auth.test", Fault.revoked_token())
    await site.readiness.ask_slack()
    status, checks = await site.get("/readyz")
    assert status == 503
    assert checks["slack"] == {
        "ok": False,
        "reason": "The bot's token was revoked: install the app again.",
    }


@pytest.mark.parametrize("statement", ["DROP TABLE alembic_version", "DELETE FROM alembic_version"])
async def test_a_database_without_its_schema_is_told(site: Site, statement: str) -> None:
    with site.bot.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    status, checks = await site.get("/readyz")
    assert status == 503
    assert "pacesetter migrate" in checks["migrations"]["reason"]
    assert checks["database"]["ok"]


@dataclass(frozen=True, slots=True)
class WrongClock:
    """Some minutes off."""

    minutes: float

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(minutes=self.minutes)


@pytest.mark.parametrize("minutes, says", [(5, "ahead of"), (-5, "behind")])
async def test_a_clock_that_slack_would_not_trust_is_told(
    site: Site, minutes: float, says: str
) -> None:
    async with wired(site.bot.settings, clock=WrongClock(minutes)) as bot:
        readiness = Readiness(bot)
        await readiness.ask_slack()
        clock = (await readiness.report())["clock"]
    assert not clock.ok
    assert says in clock.reason


async def test_socket_mode_that_lost_its_connection_is_told(site: Site) -> None:
    async def connected() -> bool:
        return False

    readiness = Readiness(site.bot, connected)
    check = (await readiness.report())["socket_mode"]
    assert (check.ok, check.reason) == (False, "not connected; reconnecting")
