"""The engine of one machine: APScheduler in memory, a few fixed ticks, jobs in this process."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.wiring import Wired
from jobs.backlogs import measured_backlogs
from jobs.channels import recheck_channels
from jobs.deliver import Deliveries
from jobs.edge import Edge
from jobs.plan import plan_everything
from jobs.prune import prune
from jobs.rendering import Writers
from jobs.sending import Sender

DRAIN_EVERY_S = 3
"""For what was deferred, and for what other processes planned; `wake` is at once."""
FINISH_WITHIN_S = 5.0
"""The sends under way."""
CUT_SHORT_WITHIN_S = 1.0
"""Whatever else is under way, once it has been told to end."""


class EmbeddedEngine:
    """Plans each minute, drains every few seconds and when woken, prunes daily."""

    def __init__(self, wired: Wired, writers: Writers) -> None:
        self._wired = wired
        self._edge = Edge(wired.metrics)
        self._sender = Sender(wired, writers)
        self._deliveries = Deliveries(wired, self._sender)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._tasks: set[asyncio.Task[None]] = set()
        self._draining: set[str] = set()
        self._stopped = False

    async def start(self) -> None:
        for job, trigger in (
            (self.plan, CronTrigger(second=0)),
            (self._drain, IntervalTrigger(seconds=DRAIN_EVERY_S)),
            (self._recheck, CronTrigger(minute="*/10", second=30)),
            (self._prune, CronTrigger(hour=3, minute=7)),
        ):
            self._scheduler.add_job(
                job, trigger, max_instances=1, coalesce=True, misfire_grace_time=None
            )
        self._scheduler.start()
        self._begin(self.plan())

    async def stop(self) -> None:
        self._stopped = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._tasks:
            task.cancel()
        await self._sender.finish(FINISH_WITHIN_S)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CUT_SHORT_WITHIN_S)

    def wake(self, workspace_id: str) -> None:
        if self._stopped or self._deliveries.look_again(workspace_id):
            return
        if workspace_id not in self._draining:
            self._draining.add(workspace_id)
            self._begin(self._drain_workspace(workspace_id))

    async def plan(self) -> None:
        """Plans everything due now, and has it sent: what happens each minute anyway."""
        await self._edge.run_timed(
            "plan", lambda: plan_everything(self._wired, self._wired.clock.now())
        )
        await self._drain()

    async def idle(self) -> None:
        """Returns when all that was begun is done."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _drain(self) -> None:
        await self._edge.run_timed("drain", self._wake_those_with_backlogs)

    async def _recheck(self) -> None:
        await self._edge.run_timed("recheck", lambda: recheck_channels(self._wired))

    async def _prune(self) -> None:
        await self._edge.run_timed("prune", lambda: prune(self._wired, self._wired.clock.now()))

    async def _wake_those_with_backlogs(self) -> None:
        for each in await measured_backlogs(self._wired):
            self.wake(each.workspace_id)

    async def _drain_workspace(self, workspace_id: str) -> None:
        try:
            await self._edge.run("drain", lambda: self._deliveries.drain(workspace_id))
        finally:
            self._draining.discard(workspace_id)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
