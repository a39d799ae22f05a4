"""Takes requests to the bot: signed HTTP, or Socket Mode where a client is connected."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

from sandbox.acting.signing import signed
from sandbox.acting.sockets import Sockets
from sandbox.clock import stopwatch, wall_seconds
from sandbox.errors import JsonObject
from sandbox.team import Team
from sandbox.world import World

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One request to the bot. `name` is what the journal calls it (`/log`, `block_actions`, …)."""

    kind: Literal["slash_commands", "interactive", "events_api"]
    name: str
    payload: JsonObject
    retry: int = 0
    reason: str = ""

    def body(self) -> tuple[str, str]:
        """The raw body and its content type, exactly as Slack encodes it."""
        if self.kind == "events_api":
            return json.dumps(self.payload), "application/json"
        fields = self.payload
        if self.kind == "interactive":
            fields = {"payload": json.dumps(self.payload)}
        return urlencode(fields), "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class BotAnswer:
    """What the bot said. `error` is `operation_timeout` where it took too long, `http_error` where
    it was no 2xx, `connection_failed` where nobody listens."""

    status: int | None
    body: Any
    elapsed: float
    error: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Courier:
    """Delivers, measures, and writes it all down."""

    def __init__(self, world: World, sockets: Sockets) -> None:
        self.world = world
        self.sockets = sockets
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def deliver(self, team: Team, parcel: Parcel) -> BotAnswer:
        """Hands it over and waits for the answer, in real seconds, as long as Slack does."""
        started = stopwatch()
        try:
            async with asyncio.timeout(self.world.patience):
                answer = await self._hand_over(team, parcel, started)
        except TimeoutError:
            answer = BotAnswer(None, None, stopwatch() - started, "operation_timeout")
        except (aiohttp.ClientError, OSError):
            answer = BotAnswer(None, None, stopwatch() - started, "connection_failed")
        self._note(team, parcel, answer)
        return answer

    async def _hand_over(self, team: Team, parcel: Parcel, started: float) -> BotAnswer:
        if self.sockets.is_connected(team.seed.app_token):
            body = await self.sockets.deliver(team.seed.app_token, parcel_envelope(parcel))
            return BotAnswer(200, body, stopwatch() - started)
        if self.world.request_url is None:
            return BotAnswer(None, None, 0.0, "connection_failed")
        return await self._post(team, parcel, self.world.request_url, started)

    async def _post(self, team: Team, parcel: Parcel, url: str, started: float) -> BotAnswer:
        body, content_type = parcel.body()
        headers = signed(team.seed.signing_secret, int(wall_seconds()), body)
        headers.update({"Content-Type": content_type, "User-Agent": AGENT})
        if parcel.retry:
            headers["X-Slack-Retry-Num"] = str(parcel.retry)
            headers["X-Slack-Retry-Reason"] = parcel.reason
        async with self._client().post(url, data=body.encode(), headers=headers) as response:
            text = await response.text()
            status, replied = response.status, dict(response.headers)
        error = None if status // 100 == 2 else "http_error"
        return BotAnswer(status, parsed(text), stopwatch() - started, error, replied)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session

    def _note(self, team: Team, parcel: Parcel, answer: BotAnswer) -> None:
        self.world.journal.add(
            at=self.world.clock.now(),
            to="bot",
            method=parcel.name,
            workspace=team.id,
            body=parcel.payload,
            status=answer.status,
            answer=answer.body,
            elapsed=answer.elapsed,
            url=self.world.request_url or "",
            error=answer.error,
            retry=parcel.retry,
        )


def parsed(text: str) -> Any:
    """JSON where it is JSON, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def parcel_envelope(parcel: Parcel) -> JsonObject:
    """Socket Mode's wrapping of a request."""
    envelope: JsonObject = {"type": parcel.kind, "payload": parcel.payload}
    envelope["accepts_response_payload"] = parcel.kind != "events_api"
    if parcel.kind == "events_api":
        envelope.update(retry_attempt=parcel.retry, retry_reason=parcel.reason)
    return envelope
