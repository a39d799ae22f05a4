"""The way of every Web API call: faults, token, scope, rate limit, method, answer, journal."""

import asyncio
import json
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.api import chat, conversations, files, identity, people, views
from sandbox.api.arguments import Arguments, arguments, bearer
from sandbox.api.call import Call, Method
from sandbox.clock import stopwatch
from sandbox.errors import RateLimited, SlackError
from sandbox.faults import Fault
from sandbox.team import Team
from sandbox.world import World

MODULES = (chat, conversations, files, identity, people, views)
METHODS: dict[str, Method] = {m.name: m for module in MODULES for m in module.METHODS}
PATIENCE_STEP = 0.02


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack sends back."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        if isinstance(self.body, str):
            return web.Response(text=self.body, status=self.status, headers=self.headers)
        text = json.dumps(self.body, ensure_ascii=False)
        return web.Response(
            text=text, status=self.status, headers=self.headers, content_type="application/json"
        )


@dataclass(slots=True)
class Visit:
    """One request on its way through."""

    name: str
    request: web.Request
    started: float
    args: Arguments
    team: Team | None = None
    token: str | None = None
    problem: SlackError | None = None

    def channels(self) -> set[str]:
        """What a fault for one channel may call it: as it was written, and what that meant."""
        wanted = self.args.text("channel")
        if wanted is None:
            return set()
        return {wanted} if self.team is None else {wanted, _direct_id(self.team, wanted)}


class Gateway:
    """Serves `/api/{method}`."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def handle(self, request: web.Request) -> web.StreamResponse:
        visit = await self._read(request)
        return await self.served(visit, lambda: self._run(visit))

    async def served(self, visit: Visit, run: Any) -> web.StreamResponse:
        """Runs it and answers, unless a fault has been ordered for this call."""
        workspace = visit.team.id if visit.team else None
        fault = self.world.faults.take(visit.name, visit.channels(), workspace)
        answer = run() if fault is None or fault.accepted else None
        outcome, error = answer, None
        if fault is not None:
            outcome, error = await _misbehave(fault, answer, visit.request)
        self._note(visit, outcome, error, fault)
        return outcome.response() if outcome else web.Response()

    async def _read(self, request: web.Request) -> Visit:
        visit = Visit(request.match_info["method"], request, stopwatch(), Arguments({}))
        try:
            visit.args = await arguments(request)
        except SlackError as error:
            visit.problem = error
        visit.token = bearer(request, visit.args)
        visit.team = self.world.meant(visit.token, set(map(str, visit.args.values.values())))
        return visit

    def _run(self, visit: Visit) -> Answer:
        try:
            return Answer({"ok": True, **self._result(visit)}, headers=self._scopes(visit))
        except RateLimited as error:
            return Answer(error.answer(), 429, {"Retry-After": str(error.retry_after)})
        except SlackError as error:
            return Answer(error.answer(), headers=self._scopes(visit))

    def _scopes(self, visit: Visit) -> dict[str, str]:
        if visit.team is None:
            return {}
        issued = self.world.issued(visit.token)
        granted = issued.scopes if issued else visit.team.seed.scopes
        return {"X-OAuth-Scopes": ",".join(sorted(granted))}

    def _result(self, visit: Visit) -> Any:
        if visit.problem is not None:
            raise visit.problem
        if visit.name == "api.test":
            return identity.api_test(visit.args.values)
        if visit.name == "oauth.v2.access":
            return self.world.desk.access(visit.args.values, _credentials(visit.request))
        method = METHODS.get(visit.name)
        if method is None:
            raise SlackError("unknown_method", req_method=visit.name)
        team = self.world.authenticated(visit.token, method.token, visit.team)
        issued = self.world.issued(visit.token)
        call = Call(team, visit.args, self.world.base_url, issued)
        if method.scope:
            call.need(method.scope)
        self._meter(method, call)
        return method.run(call)

    def _meter(self, method: Method, call: Call) -> None:
        if method.tier is not None:
            self.world.meter.call(call.team.id, method.name, method.tier)
        channel = call.args.text("channel")
        if method.posts and channel:
            self.world.meter.post(call.team.id, _paced_as(call.team, channel))

    def _note(
        self, visit: Visit, outcome: Answer | None, error: str | None, f: Fault | None
    ) -> None:
        self.world.journal.add(
            at=self.world.clock.now(),
            to="slack",
            method=visit.name,
            workspace=visit.team.id if visit.team else None,
            body=visit.args.values,
            status=outcome.status if outcome else None,
            answer=outcome.body if outcome else None,
            elapsed=stopwatch() - visit.started,
            url=visit.request.path,
            error=error,
            fault=f.kind if f else None,
        )


async def _misbehave(
    fault: Fault, answer: Answer | None, request: web.Request
) -> tuple[Answer | None, str | None]:
    """What the caller gets instead, and what went wrong; nothing at all when the line is cut."""
    match fault.kind:
        case "rate_limited":
            after = {"Retry-After": str(int(fault.seconds))}
            return Answer({"ok": False, "error": "ratelimited"}, 429, after), None
        case "status":
            return Answer("upstream connect error", fault.status), None
        case "error":
            return Answer({"ok": False, "error": fault.code}), None
        case "slow":
            await asyncio.sleep(fault.seconds)
            return answer, None
        case "timeout":
            await _wait_until_gone(request, fault.seconds)
    if request.transport is not None:
        request.transport.close()
    return None, "timeout" if fault.kind == "timeout" else "dropped"


async def _wait_until_gone(request: web.Request, seconds: float) -> None:
    until = stopwatch() + seconds
    while (  # noqa: ASYNC110 (aiohttp tells nobody that a caller has gone)
        stopwatch() < until and request.transport and not request.transport.is_closing()
    ):
        await asyncio.sleep(PATIENCE_STEP)


def _direct_id(team: Team, wanted: str) -> str:
    """The direct messages that a user id stands for, where they are open already."""
    found = team.opened(wanted)
    return found.id if found else wanted


def _paced_as(team: Team, wanted: str) -> str:
    """What a channel is counted as: direct messages as their person, whichever id was written."""
    found = team.conversations.get(wanted)
    if found is None or found.kind != "im":
        return wanted
    return min(found.members - {team.seed.bot_user_id}, default=wanted)


def _credentials(request: web.Request) -> tuple[str, str] | None:
    """A client's id and secret in the header; the journal never sees them."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        login, _, password = b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return None
    return login, password
