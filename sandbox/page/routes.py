"""Serves the page and what only the page asks for: its stream, and the host's controls."""

import asyncio
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.control.routes import PREFIX, answering
from sandbox.errors import JsonObject
from sandbox.page.outlook import Outlook
from sandbox.team import Team
from sandbox.world import World

BUILT = Path(__file__).parent / "built"
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".txt": "text/plain"}
# Nothing from outside, and no script that stands in the document.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
# The stream looks at least this often, so that the clock goes on; and rests this long after news.
HEARTBEAT_SECONDS = 1.0
REST_SECONDS = 0.03


class Page:
    """`/` and its two files, `/_sandbox/live`, `/_sandbox/exchange`, `/_sandbox/run`."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", _served("index.html")),
            *(web.get(f"/page/{path.name}", _served(path.name)) for path in BUILT.iterdir()),
            web.get(f"{PREFIX}/live", self.live),
            web.get(f"{PREFIX}/exchange", answering(self.exchange)),
            web.post(f"{PREFIX}/run", answering(self.run)),
        ]

    async def live(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events for `user` (in `workspace`?): all that the person sees, then what
        changes of it."""
        team = self.world.teams.get(request.query.get("workspace", ""))
        team = team or next(iter(self.world.teams.values()))
        user = request.query.get("user") or self._first(team)
        if user not in team.users:
            return web.Response(status=404, text="no such user")
        outlook = Outlook(self.world, team, user)
        stream = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await stream.prepare(request)
        with suppress(ConnectionResetError):  # the page was closed
            await self._tell(stream, outlook)
        return stream

    def _first(self, team: Team) -> str:
        """Who one is before having chosen."""
        people = [user.id for user in team.users.values() if not (user.is_bot or user.deleted)]
        return next(iter([*self.world.host.people, *people]), "")

    async def _tell(self, stream: web.StreamResponse, outlook: Outlook) -> None:
        with self.world.changes.watched() as changed:
            while not self.world.changes.is_closed:
                changed.clear()
                news = json.dumps(outlook.news(), ensure_ascii=False, default=str)
                await stream.write(f"data: {news}\n\n".encode())
                await asyncio.sleep(REST_SECONDS)
                try:
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        await changed.wait()
                except TimeoutError:
                    continue

    async def exchange(self, asked: JsonObject) -> Any:
        """`number`: one exchange of the journal in full."""
        number = int(asked["number"])
        for exchange in self.world.journal.exchanges(number - 1):
            if exchange.number == number:
                return exchange.as_record()
        raise LookupError(number)

    async def run(self, asked: JsonObject) -> Any:
        """`control`, `date`? (ISO): runs a control of the host to its end."""
        control = self.world.host.control(asked["control"])
        chosen = date.fromisoformat(asked["date"]) if asked.get("date") else None
        if control.asks_for_date and chosen is None:
            raise ValueError("choose a date")
        await self.world.running.run(control, chosen, self.world.changes.touch)
        return self.world.running.as_record()


def _served(name: str) -> Any:
    kind = KINDS[Path(name).suffix]

    async def handle(_: web.Request) -> web.StreamResponse:
        headers = {**HEADERS, "Content-Type": f"{kind}; charset=utf-8"}
        return web.FileResponse(BUILT / name, headers=headers)

    return handle
