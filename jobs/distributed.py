"""The engine of several machines: PostgreSQL and Procrastinate (design §4).

Every process ticks; workers run the very jobs that the engine of one machine runs. Whatever
is planned has its drain deferred in the same transaction (`defer_drains`), so that `wake` has
nothing left to do.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

import structlog
from procrastinate.exceptions import ConnectorException

from bot.domain.errors import NotSaved
from bot.domain.portions import Portion
from bot.services import ledger
from bot.wiring import Wired
from jobs.books import Patience
from jobs.channels import recheck_channels
from jobs.deferring import (
    DRAIN,
    PLAN,
    PLAN_TEAMS,
    PLANNING,
    PORTIONS,
    PRUNE,
    RECHECK,
    SENDING,
    SWEEP,
    TICK,
    Queue,
    drain_of,
    plan_of,
)
from jobs.deliver import Deliveries
from jobs.plan import due_portions, plan_portion, portion_with
from jobs.prune import prune
from jobs.rendering import Writers
from jobs.sending import Sender
from jobs.ticking import Tempo, Ticks

JOBS_END_WITHIN_S: Final = 2.0
"""Once the sends have had their time to finish."""
QUEUE_CLOSES_WITHIN_S: Final = 1.0
_WORKER_CONNECTIONS: Final = 6
_PLAN_AGAIN: Final = timedelta(minutes=1)

log = structlog.get_logger(__name__)


class WorkerEngine:
    """Runs jobs, beside however many others. Outlives restarts of PostgreSQL."""

    def __init__(
        self,
        wired: Wired,
        writers: Writers,
        tempo: Tempo | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._wired = wired
        self._tempo = tempo or Tempo()
        self._sender = Sender(wired, writers, patience)
        self._deliveries = Deliveries(wired, self._sender)
        self._queue = Queue(wired.conninfo, _WORKER_CONNECTIONS)
        self._ticks = Ticks(wired, self._queue, self._tempo.sweep)
        self._draining: set[asyncio.Task[None]] = set()
        self._running: list[asyncio.Task[None]] = []
        self._looking: asyncio.Task[None] | None = None
        self._stopped = False
        tasks: dict[str, Callable[..., Awaitable[None]]] = {
            TICK: self._tick,
            PLAN: self._plan_team,
            PLAN_TEAMS: self._plan,
            SWEEP: self._sweep,
            RECHECK: self._recheck,
            PRUNE: self._prune,
            DRAIN: self._drain,
        }
        for name, run in tasks.items():
            self._queue.app.task(name=name)(run)

    async def start(self) -> None:
        await self._queue.app.open_async()
        self._running = [
            asyncio.create_task(self._work([SENDING], self._tempo.workspaces_at_once)),
            asyncio.create_task(self._work([PLANNING, PORTIONS], self._tempo.plans_at_once)),
        ]
        self._looking = asyncio.create_task(self._look())
        await self._ticks.start()

    async def stop(self) -> None:
        """Takes no more jobs, finishes the sends under way, and gives the rest back."""
        self._stopped = True
        self._ticks.stop()
        if self._looking:
            self._looking.cancel()
        for task in (*self._running, *self._draining):
            task.cancel()
        if self._running:
            await asyncio.wait(self._running, timeout=self._tempo.finish + JOBS_END_WITHIN_S)
        with suppress(TimeoutError):
            async with asyncio.timeout(QUEUE_CLOSES_WITHIN_S):
                await self._queue.app.close_async()

    def wake(self, workspace_id: str) -> None:
        """Nothing: the transaction that planned it has deferred the drain, too."""

    async def measure(self) -> None:
        """Looks at what waits, for the metrics: what happens every few seconds anyway."""
        await self._ticks.measure()

    async def _work(self, queues: list[str], at_once: int) -> None:
        """Takes jobs until it is cancelled; where PostgreSQL goes away, as soon as it is back."""
        while not self._stopped:
            try:
                await self._queue.app.run_worker_async(
                    queues=queues,
                    name=queues[0],
                    concurrency=at_once,
                    fetch_job_polling_interval=self._tempo.poll,
                    shutdown_graceful_timeout=self._tempo.finish + 1,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    update_heartbeat_interval=self._tempo.heartbeat,
                    stalled_worker_timeout=self._tempo.silent,
                )
            except ConnectorException:
                log.warning("database_unavailable", job="worker")
            if not self._stopped:
                log.warning("worker_begins_again", queue=queues[0])
                await asyncio.sleep(self._tempo.again)

    async def _look(self) -> None:
        """Tells drains that run here of what was planned meanwhile, elsewhere too."""
        while True:
            await asyncio.sleep(self._tempo.look)
            under_way = self._deliveries.under_way
            if not under_way:
                continue
            with suppress(ConnectorException):  # said by whoever needs it
                for workspace_id in await self._queue.drains_asked_for(under_way):
                    self._deliveries.look_again(workspace_id)

    async def _tick(self, timestamp: int) -> None:
        await self._timed(TICK, self._defer_plans)

    async def _defer_plans(self) -> None:
        """Beside those that run, too: they may have begun before what is due now."""
        portions = await due_portions(self._wired, self._wired.clock.now())
        try:
            await self._queue.defer_missing(map(plan_of, portions), beside_running=True)
        except ConnectorException:
            for portion in portions:
                self._wired.agenda.forget(portion)
            raise

    async def _plan(self, workspace_id: str, number: int) -> None:
        await self._timed(PLAN, lambda: self._planned(Portion(workspace_id, number)))

    async def _plan_team(self, team_id: int) -> None:
        """A job that the release before put in; while both run, either may tick."""
        portion = await portion_with(self._wired, team_id)
        if portion is not None:
            await self._timed(PLAN, lambda: self._planned(portion))

    async def _planned(self, portion: Portion) -> None:
        """Where it breaks it is done again in a while: another's agenda takes it for done."""
        now = self._wired.clock.now()
        if await plan_portion(self._wired, portion, now):
            await self._queue.defer_again(plan_of(portion), now + _PLAN_AGAIN)

    async def _sweep(self, timestamp: int) -> None:
        await self._timed(SWEEP, self._take_over_and_drain)

    async def _take_over_and_drain(self) -> None:
        """Jobs of workers that have died, and deliveries that nothing holds back any more."""
        if taken_over := await self._queue.take_over(self._tempo.silent):
            log.warning("jobs_taken_over", jobs=taken_over)
        now = self._wired.clock.now()
        due = await self._wired.transactions.everywhere.read(
            lambda session: ledger.sendable(session, now, now)
        )
        await self._queue.defer_missing(map(drain_of, due))

    async def _recheck(self, timestamp: int) -> None:
        await self._timed(RECHECK, lambda: recheck_channels(self._wired))

    async def _prune(self, timestamp: int) -> None:
        await self._timed(PRUNE, lambda: prune(self._wired, self._wired.clock.now()))

    async def _drain(self, workspace_id: str) -> None:
        """Drains until nothing is left, or until this worker is to stop: then another goes on."""
        if not self._stopped:
            draining = asyncio.create_task(
                self._timed(DRAIN, lambda: self._deliveries.drain(workspace_id))
            )
            self._draining.add(draining)
            await asyncio.wait({draining})
            self._draining.discard(draining)
        if self._stopped:
            await self._sender.finish(self._tempo.finish)
            with suppress(ConnectorException):
                await self._queue.defer_again(drain_of(workspace_id), self._wired.clock.now())

    async def _timed(self, job: str, run: Callable[[], Awaitable[Any]]) -> None:
        """The edge of every job: what breaks is logged, and a later one tries again."""
        with self._wired.metrics.jobs.labels(job).time():
            try:
                await run()
            except (NotSaved, ConnectorException):
                log.warning("database_unavailable", job=job)
            except Exception:
                self._wired.metrics.job_failures.labels(job).inc()
                log.exception("job_broke", job=job)
