"""How a process is, for whoever watches over it: `/healthz`, `/readyz`, `/metrics`."""

from dataclasses import asdict
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.metrics import CONTENT_TYPE, Metrics
from handlers.readiness import Readiness


def health_routes(readiness: Readiness, metrics: Metrics) -> list[Route]:
    """The three addresses of a web or a worker."""

    async def healthz(_: Request) -> Response:
        return JSONResponse({"ok": True})

    async def readyz(_: Request) -> Response:
        checks = await readiness.report()
        ready = all(check.ok for check in checks.values())
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({name: asdict(check) for name, check in checks.items()}, status)

    async def exposition(_: Request) -> Response:
        return Response(metrics.exposition(), headers={"content-type": CONTENT_TYPE})

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", exposition),
    ]
