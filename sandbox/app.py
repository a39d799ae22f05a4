"""The sandbox as one HTTP application, wired."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.acting.courier import Courier
from sandbox.acting.events import Events
from sandbox.acting.sockets import Sockets
from sandbox.api.gateway import Gateway
from sandbox.control.routes import Control
from sandbox.page.routes import Page
from sandbox.responses import ResponseUrls
from sandbox.uploads import Uploads
from sandbox.world import World

LOCAL_NAMES = {"127.0.0.1", "localhost"}
LARGEST_BODY = 4 * 1024 * 1024
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Parts:
    """The pieces of a running sandbox."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sockets = Sockets(world)
        self.courier = Courier(world, self.sockets)
        self.events = Events(self.courier)

    async def close(self) -> None:
        self.world.changes.close()
        await self.events.close()
        await self.sockets.disconnect(abrupt=True)
        await self.courier.close()

    def application(self) -> web.Application:
        """All routes."""
        gateway = Gateway(self.world)
        responses = ResponseUrls(self.world, gateway)
        uploads = Uploads(self.world, gateway)
        app = web.Application(middlewares=[only_local], client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/api/{method}", gateway.handle)
        app.router.add_post("/commands/{team}/{key}", responses.handle)
        app.router.add_post("/actions/{team}/{key}", responses.handle)
        app.router.add_post("/upload/{team}/{key}", uploads.take)
        app.router.add_get("/files/{team}/{id}/{name}", uploads.give)
        app.router.add_get("/link/", self.sockets.handle)
        app.add_routes(Control(self.world, self.courier, self.events, self.sockets).routes())
        app.add_routes(Page(self.world).routes())
        return app


@web.middleware
async def only_local(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses other hosts' names (DNS rebinding) and other sites' pages."""
    origin = request.headers.get("Origin", "")
    named = [request.host, *([origin.partition("://")[2]] if origin else [])]
    if any(
        name.rpartition(":")[0] not in LOCAL_NAMES and name not in LOCAL_NAMES for name in named
    ):
        return web.Response(status=403, text="The sandbox answers to this machine alone.")
    return await handler(request)
