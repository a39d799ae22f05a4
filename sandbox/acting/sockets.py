"""Socket Mode: WebSockets to which an app connects instead of listening for requests."""

import asyncio
import json
from collections import defaultdict
from itertools import count
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from sandbox.errors import JsonObject
from sandbox.world import World

MOST_CONNECTIONS = 10
PING_SECONDS = 10.0
LIFE_SECONDS = 3600


class Sockets:
    """The open connections of every app; each request goes to one of them, in turn."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._open: dict[str, list[web.WebSocketResponse]] = defaultdict(list)
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._turns = count()

    def is_connected(self, app_token: str) -> bool:
        return bool(self._open[app_token])

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serves `/link/`: the address that apps.connections.open gave, good for one connection."""
        ticket = request.query.get("ticket", "")
        teams = list(self.world.teams.values())
        team = next((team for team in teams if team.tickets.connect(ticket)), None)
        if team is None:
            return web.Response(status=403, text="invalid ticket")
        socket = web.WebSocketResponse(heartbeat=PING_SECONDS)
        await socket.prepare(request)
        await self._serve(socket, team.seed.app_token, team.seed.app_id)
        return socket

    async def deliver(self, app_token: str, envelope: JsonObject) -> Any:
        """Sends an envelope and waits for its acknowledgement; returns the payload, if any."""
        connections = self._open[app_token]
        socket = connections[next(self._turns) % len(connections)]
        name = str(uuid4())
        self._waiting[name] = asyncio.get_running_loop().create_future()
        try:
            await socket.send_str(json.dumps({"envelope_id": name, **envelope}))
            return await self._waiting[name]
        finally:
            del self._waiting[name]

    async def disconnect(self, reason: str = "refresh_requested", *, abrupt: bool = False) -> int:
        """Ends all connections: with a word of warning, or like a broken line. Returns how many."""
        sockets = [socket for group in self._open.values() for socket in group]
        for socket in sockets:
            if not abrupt:
                await socket.send_str(json.dumps({"type": "disconnect", "reason": reason}))
            await socket.close()
        return len(sockets)

    async def _serve(self, socket: web.WebSocketResponse, app_token: str, app_id: str) -> None:
        group = self._open[app_token]
        if len(group) >= MOST_CONNECTIONS:
            too_many = {"type": "disconnect", "reason": "too_many_websockets"}
            await socket.send_str(json.dumps(too_many))
            await socket.close()
            return
        group.append(socket)
        try:
            await socket.send_str(json.dumps(_hello(app_id, len(group))))
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledge(message.data)
        finally:
            group.remove(socket)

    def _acknowledge(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(str(answer.get("envelope_id")))
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.get("payload", ""))


def _hello(app_id: str, connections: int) -> JsonObject:
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": app_id},
        "debug_info": {
            "host": "sandbox",
            "build_number": 1,
            "approximate_connection_time": LIFE_SECONDS,
        },
    }
