"""Webs and workers on PostgreSQL that start in no time, to be killed. See `nursery`.

They live on real time, with everything that takes seconds in operation taking tenths of them.
"""

import asyncio
import json
import socket
import sys
from datetime import datetime, timedelta

import uvicorn

import bot.slack.client
from bot.domain.ledger.occasions import Delivery, OccasionKind
from bot.domain.teams import TeamPlaybook
from bot.slack.message import Message
from bot.slack.pace import Pace
from bot.wiring import Session, wired
from handlers.app import build_app
from handlers.http import build_http
from handlers.readiness import Readiness
from jobs.books import Patience
from jobs.deferring import defer_drains
from jobs.distributed import WorkerEngine
from jobs.rendering import Rendered, Writers
from jobs.ticking import Tempo, WebEngine
from tests.end_to_end.nursery import Orders, breed

SLACK_TIMEOUT_S = 1.0
PATIENCE = Patience(lease=timedelta(seconds=4), settles=timedelta(seconds=0.5))
TEMPO = Tempo(
    sweep=0.5, heartbeat=0.3, silent=1.5, poll=0.2, look=0.2, again=0.2, workspaces_at_once=40
)


class SandboxTokens:
    """Every workspace's, as the sandbox makes them."""

    async def token_for(self, workspace_id: str) -> str | None:
        return f"xoxb-{workspace_id}-sandbox"


def _key_alone(_: Session, __: TeamPlaybook, delivery: Delivery, ___: datetime) -> Rendered:
    return Rendered(Message(delivery.occasion.key, ()))


WRITERS: Writers = dict.fromkeys(OccasionKind, _key_alone)


async def _worker(orders: Orders, _: socket.socket) -> None:
    async with wired(
        orders.settings(), pace=Pace(0, 0, 0), before_commit=defer_drains, tokens=SandboxTokens()
    ) as parts:
        await WorkerEngine(parts, WRITERS, TEMPO, PATIENCE).start()
        await asyncio.Event().wait()


async def _web(orders: Orders, listening: socket.socket) -> None:
    async with wired(
        orders.settings(), before_commit=defer_drains, tokens=SandboxTokens()
    ) as parts:
        engine = WebEngine(parts, TEMPO)
        app = build_app(parts, engine.wake)
        http = build_http(app, orders.secret, Readiness(parts, None), parts.metrics)
        config = uvicorn.Config(http, log_level="error", lifespan="off", access_log=False)
        ticking = asyncio.create_task(engine.start())
        await uvicorn.Server(config).serve(sockets=[listening])
        await ticking


if __name__ == "__main__":
    bot.slack.client.TIMEOUT_S = SLACK_TIMEOUT_S
    breed(Orders(**json.loads(sys.argv[1])), {"worker": _worker, "web": _web})
