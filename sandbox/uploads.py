"""Where files go and come from: `/upload/{team}/{key}`, and `/files/{team}/{id}/{name}`."""

from aiohttp import web

from sandbox.api.arguments import Arguments
from sandbox.api.gateway import Answer, Gateway, Visit
from sandbox.clock import stopwatch
from sandbox.errors import SlackError
from sandbox.files import File
from sandbox.world import World

NAME = "upload"


class Uploads:
    """Serves them; faults for the method `upload` apply. The page reads a file without a token:
    whoever sees the message it hangs on sits at this machine."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world = world
        self.gateway = gateway

    async def take(self, request: web.Request) -> web.StreamResponse:
        """The bytes as the whole body, or as the one part of a multipart form."""
        content = await _content(request)
        visit = Visit(NAME, request, stopwatch(), Arguments({"bytes": len(content)}))
        visit.team = self.world.teams.get(request.match_info["team"])
        return await self.gateway.served(visit, lambda: self._run(visit, content))

    def _run(self, visit: Visit, content: bytes) -> Answer:
        try:
            self._file(visit).take(content)
        except SlackError as error:
            return Answer(error.code, 404 if error.code == "invalid_upload_url" else 400)
        return Answer(f"OK - {len(content)}")

    def _file(self, visit: Visit) -> File:
        key = visit.request.match_info["key"]
        for file in visit.team.files.values() if visit.team else ():
            if file.key == key:
                return file
        raise SlackError("invalid_upload_url")

    async def give(self, request: web.Request) -> web.StreamResponse:
        """A file's content, to be saved: never drawn as a page of the sandbox's own."""
        team = self.world.teams.get(request.match_info["team"])
        file = team.files.get(request.match_info["id"]) if team else None
        if file is None or file.content is None:
            return web.Response(status=404, text="file_not_found")
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return web.Response(
            body=file.content, headers=headers, content_type="application/octet-stream"
        )


async def _content(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""
