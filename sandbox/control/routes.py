"""`/_sandbox/…`: JSON in, JSON out; `{"error": …}` with 400 or 404 where something is wrong."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from sandbox.acting.courier import Courier
from sandbox.acting.events import Events
from sandbox.acting.sockets import Sockets
from sandbox.control.acting import Acting
from sandbox.control.happening import Happening
from sandbox.errors import JsonObject, NotPossible, SlackError
from sandbox.faults import Chaos, Fault, Planned
from sandbox.team import Team
from sandbox.world import World

PREFIX = "/_sandbox"
Endpoint = Callable[[JsonObject], Awaitable[Any]]


class Control:
    """Every endpoint takes one JSON object (the query, for GET) and gives back JSON."""

    def __init__(self, world: World, courier: Courier, events: Events, sockets: Sockets) -> None:
        self.world = world
        self.sockets = sockets
        self.acting = Acting(world, courier, events)
        self.happening = Happening(world, events)

    def routes(self) -> list[web.RouteDef]:
        """All of them."""
        looking = {
            "workspaces": self.workspaces,
            "messages": self.messages,
            "ephemerals": self.ephemerals,
            "views": self.views,
            "files": self.files,
            "journal": self.journal,
            "faults": self.faults,
        }
        doing = {
            "faults": self.fail,
            "chaos": self.chaos,
            "heal": self.heal,
            "request-url": self.request_url,
            "disconnect": self.disconnect,
            **self.acting.endpoints(),
            **self.happening.endpoints(),
        }
        return [
            *(web.get(f"{PREFIX}/{name}", answering(run)) for name, run in looking.items()),
            *(web.post(f"{PREFIX}/{name}", self._doing(run)) for name, run in doing.items()),
        ]

    def _doing(self, run: Endpoint) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def touching(asked: JsonObject) -> Any:
            try:
                return await run(asked)
            finally:
                self.world.changes.touch()

        return answering(touching)

    async def workspaces(self, asked: JsonObject) -> Any:
        """All workspaces with their people and conversations; no tokens."""
        return [_team_record(team) for team in self.world.teams.values()]

    async def messages(self, asked: JsonObject) -> Any:
        """`channel` (or `user`: their direct messages), `workspace`?, `deleted`?"""
        team = self.world.team(asked.get("workspace"))
        channel = asked.get("channel") or team.direct(asked["user"]).id
        kept = team.conversations[channel].messages.values()
        everything = asked.get("deleted") in {True, "1", "true"}
        return [m.as_record() for m in kept if everything or not m.deleted]

    async def ephemerals(self, asked: JsonObject) -> Any:
        """`user`, `workspace`?"""
        return [m.as_record() for m in self.acting.person(asked).ephemerals()]

    async def views(self, asked: JsonObject) -> Any:
        """`user`, `workspace`?: the Home tab, and the modals from the bottom to the top."""
        team = self.world.team(asked.get("workspace"))
        home = team.screens.homes.get(asked["user"])
        modals = [team.view_as_api(view) for view in team.screens.stacks.get(asked["user"], [])]
        return {"home": team.view_as_api(home) if home else None, "modals": modals}

    async def files(self, asked: JsonObject) -> Any:
        """`workspace`?: every file that an app has announced, with its content as text"""
        team = self.world.team(asked.get("workspace"))
        shown = [
            {**file.as_api(self.world.base_url, team.id), "content": file.text()}
            for file in team.files.values()
        ]
        return [row for row in shown if asked.get("file") in {None, row["id"]}]

    async def journal(self, asked: JsonObject) -> Any:
        """`after`? (a number): the exchanges since then."""
        after = int(asked.get("after", 0))
        return [exchange.as_record() for exchange in self.world.journal.exchanges(after)]

    async def faults(self, asked: JsonObject) -> Any:
        return [planned.as_record() for planned in self.world.faults.planned]

    async def fail(self, asked: JsonObject) -> Any:
        """`method`, `fault` (fields of Fault), `times`? (1; null for ever), `channel`?,
        `workspace`?"""
        fault = Fault.from_json(asked["fault"])
        planned = Planned(
            asked["method"],
            fault,
            asked.get("times", 1),
            asked.get("channel"),
            asked.get("workspace"),
        )
        return self.world.faults.add(planned).as_record()

    async def chaos(self, asked: JsonObject) -> Any:
        """`seed`, `chances` (a list of `{"fault": …, "chance": 0…1}`), `methods`?"""
        chances = {Fault.from_json(row["fault"]): float(row["chance"]) for row in asked["chances"]}
        self.world.faults.chaos = Chaos(asked["seed"], chances, asked.get("methods"))
        return {"ok": True}

    async def heal(self, asked: JsonObject) -> Any:
        self.world.faults.clear()
        return {"ok": True}

    async def request_url(self, asked: JsonObject) -> Any:
        """`url`: where the bot listens from now on."""
        self.world.request_url = asked["url"]
        return {"ok": True}

    async def disconnect(self, asked: JsonObject) -> Any:
        """`abrupt`?: ends the Socket Mode connections."""
        return {"ended": await self.sockets.disconnect(abrupt=bool(asked.get("abrupt")))}


def _team_record(team: Team) -> JsonObject:
    seed = team.seed
    rooms = [
        {
            "id": room.id,
            "name": room.name,
            "kind": room.kind,
            "members": sorted(room.members),
            "is_archived": room.is_archived,
        }
        for room in team.conversations.values()
    ]
    people = [asdict(user) for user in team.users.values()]
    named = {"id": seed.id, "name": seed.name, "domain": seed.domain, "bot": seed.bot_user_id}
    return {**named, "users": people, "conversations": rooms}


def answering(run: Endpoint) -> Callable[[web.Request], Awaitable[web.Response]]:
    """An endpoint as a handler: JSON in, JSON out, what went wrong as `{"error": …}`."""

    async def handle(request: web.Request) -> web.Response:
        try:
            asked = await _asked(request)
            return _response(await run(asked))
        except (NotPossible, SlackError, ValueError, TypeError) as error:
            return _response({"error": str(error) or type(error).__name__}, 400)
        except LookupError as error:
            return _response({"error": f"unknown or missing: {error}"}, 404)

    return handle


async def _asked(request: web.Request) -> JsonObject:
    if request.method == "GET":
        return dict(request.query)
    asked = json.loads(await request.text() or "{}")
    if not isinstance(asked, dict):
        raise ValueError("a JSON object is expected")
    return asked


def _response(body: Any, status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, default=str)
    return web.Response(text=text, status=status, content_type="application/json")
