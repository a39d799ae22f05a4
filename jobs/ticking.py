"""The clock of many processes: each of them ticks, and PostgreSQL takes one tick of each moment."""

from dataclasses import dataclass
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from procrastinate.exceptions import ConnectorException

from bot.domain.errors import NotSaved
from bot.wiring import Wired
from jobs.backlogs import measured_backlogs
from jobs.deferring import DRAIN, PLAN, PLAN_TEAMS, PRUNE, RECHECK, SWEEP, TICK, Queue
from jobs.edge import Edge

_WEB_CONNECTIONS: Final = 2
_MINUTE_S = 60.0
_DAY_S = 86_400.0
_MEASURE_EVERY_S = 5


@dataclass(frozen=True, slots=True)
class Tempo:
    """How often things are looked after, in seconds, and how much a worker does at once.

    What a killed worker left is taken over after `silent` and one `sweep`, and its message once
    the lease of `Patience` is over: 20 s, and a sweep.
    """

    sweep: float = 3.0
    heartbeat: float = 3.0
    silent: float = 12.0
    poll: float = 1.0
    look: float = 0.5
    again: float = 1.0
    finish: float = 5.0
    workspaces_at_once: int = 100
    plans_at_once: int = 4


class Ticks:
    """Defers what the clock starts, and measures what waits; runs nothing itself."""

    def __init__(self, wired: Wired, queue: Queue, sweep_every: float) -> None:
        self._wired = wired
        self._queue = queue
        self._edge = Edge(wired.metrics, (NotSaved, ConnectorException))
        self._sweep_every = sweep_every
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    async def start(self) -> None:
        for job, trigger in (
            (self._tick, CronTrigger(second=0)),
            (self._sweep, IntervalTrigger(seconds=self._sweep_every)),
            (self._recheck, CronTrigger(minute="*/10", second=30)),
            (self._prune, CronTrigger(hour=3, minute=7)),
            (self.measure, IntervalTrigger(seconds=_MEASURE_EVERY_S)),
        ):
            self._scheduler.add_job(
                job, trigger, max_instances=1, coalesce=True, misfire_grace_time=None
            )
        self._scheduler.start()
        await self._tick()
        await self._sweep()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _tick(self) -> None:
        await self._defer(TICK, _MINUTE_S)

    async def _sweep(self) -> None:
        await self._defer(SWEEP, self._sweep_every)

    async def _recheck(self) -> None:
        await self._defer(RECHECK, 10 * _MINUTE_S)

    async def _prune(self) -> None:
        await self._defer(PRUNE, _DAY_S)

    async def _defer(self, task: str, every: float) -> None:
        """For the present moment: all processes mean the same, a step of `every` seconds."""
        step = round(every * 1000)
        slot = int(self._wired.clock.now().timestamp() * 1000) // step * step
        await self._edge.run(task, lambda: self._queue.defer_slot(task, slot))

    async def measure(self) -> None:
        """Counts what is due, and the jobs that wait."""
        await self._edge.run("measure", self._measured)

    async def _measured(self) -> None:
        await measured_backlogs(self._wired)
        waiting = await self._queue.waiting()
        waiting[PLAN] = waiting.get(PLAN, 0) + waiting.pop(PLAN_TEAMS, 0)
        for task in (TICK, PLAN, SWEEP, RECHECK, PRUNE, DRAIN):
            self._wired.metrics.queued.labels(task).set(waiting.get(task, 0))


class WebEngine:
    """For a process that answers Slack: it ticks, and leaves the work to the workers."""

    def __init__(self, wired: Wired, tempo: Tempo | None = None) -> None:
        self._queue = Queue(wired.conninfo, _WEB_CONNECTIONS)
        self._ticks = Ticks(wired, self._queue, (tempo or Tempo()).sweep)

    async def start(self) -> None:
        await self._queue.app.open_async()
        await self._ticks.start()

    async def stop(self) -> None:
        self._ticks.stop()
        await self._queue.app.close_async()

    def wake(self, workspace_id: str) -> None:
        """Nothing: the transaction that planned it has deferred the drain, too."""
