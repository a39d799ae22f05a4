"""Response URLs: `/commands/{team}/{key}` and `/actions/{team}/{key}`, which need no token."""

from aiohttp import web

from sandbox.acting.answers import say
from sandbox.api.arguments import Arguments, arguments
from sandbox.api.gateway import Answer, Gateway, Visit
from sandbox.clock import stopwatch
from sandbox.errors import SlackError
from sandbox.world import World

NAME = "response_url"
GONE = {"used_url", "expired_url", "invalid_url"}


class ResponseUrls:
    """Serves them; faults for the method `response_url` apply."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world = world
        self.gateway = gateway

    async def handle(self, request: web.Request) -> web.StreamResponse:
        visit = Visit(NAME, request, stopwatch(), Arguments({}))
        visit.team = self.world.teams.get(request.match_info["team"])
        try:
            visit.args = await arguments(request)
        except SlackError as error:
            visit.problem = error
        return await self.gateway.served(visit, lambda: self._run(visit))

    def _run(self, visit: Visit) -> Answer:
        try:
            self._say(visit)
        except SlackError as error:
            return Answer(error.answer(), 404 if error.code in GONE else 400)
        return Answer({"ok": True})

    def _say(self, visit: Visit) -> None:
        if visit.problem is not None:
            raise visit.problem
        if visit.team is None:
            raise SlackError("invalid_url")
        ticket = visit.team.tickets.use(visit.request.match_info["key"])
        say(visit.team, ticket, visit.args.values)
