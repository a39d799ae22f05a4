"""Jobs put into PostgreSQL for whichever worker is free: Procrastinate, and what we ask of it.

Nothing in a job is worth keeping: the ledger says what is to be done. A job only says that there
is something, so that one that waits stands for all that were asked for meanwhile.
"""

import asyncio
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any, Final, LiteralString
from weakref import WeakKeyDictionary

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from psycopg_pool import AsyncConnectionPool

from bot.clock import stopwatch
from bot.domain.portions import Portion

SENDING: Final = "sending"
"""The queue of drains: they wait for the network."""
PLANNING: Final = "planning"
"""The queue of all others: they wait for the database."""
PORTIONS: Final = "portions"
"""Of plans for several teams: apart, as workers of the release before don't know them, and would
take them from the other and break."""
PLAN_TEAMS: Final = "plan_teams"
TICK, PLAN, SWEEP, RECHECK, PRUNE, DRAIN = "tick", "plan", "sweep", "recheck", "prune", "drain"
_AHEAD = 10
"""The priority of what has others done; the rest is 0."""
_PORTION = 200
_RETRY_S = 0.5
_REST_S = 0.1
_RAISED: Final = "P0001"
"""PostgreSQL's code for what a function says is wrong."""
_SCHEMA = "procrastinate"
_USE_SCHEMA: Final = f"SET LOCAL search_path TO {_SCHEMA}"
_CONFIGURE: Final = f"SET search_path TO {_SCHEMA}"
_HOLD: Final = """
SELECT pg_notify(
    'procrastinate_queue_v1#' || queue_name,
    json_build_object('type', 'job_inserted', 'job_id', id)::text
) FROM (
    SELECT id, queue_name FROM procrastinate_jobs
    WHERE queueing_lock = %(lock)s AND status = 'todo' FOR KEY SHARE
) AS waiting
"""
"""Keeps a waiting job from being taken before this transaction has committed, and says so then.

A worker that took it earlier would not see what the transaction has written.
"""
_WAITING: Final = """
SELECT queueing_lock FROM procrastinate_jobs
WHERE queueing_lock = ANY(%(locks)s) AND status = 'todo'
"""
_THERE: Final = f"""{_WAITING} UNION
SELECT queueing_lock FROM procrastinate_jobs
WHERE queueing_lock = ANY(%(locks)s) AND status = 'doing'
"""
_manager = JobManager(SyncPsycopgConnector())
"""Builds statements for connections that it is given; it has none of its own."""


def drain_of(workspace_id: str) -> Job:
    """Sends what is due in a workspace: one at a time everywhere, and one waiting."""
    name = f"{DRAIN}:{workspace_id}"
    arguments: dict[str, Any] = {"workspace_id": workspace_id}
    return Job(queue=SENDING, lock=name, queueing_lock=name, task_name=DRAIN, task_kwargs=arguments)


def plan_of(portion: Portion) -> Job:
    """Plans some teams. Without a lock: two that plan at once double nothing."""
    return Job(
        queue=PORTIONS,
        lock=None,
        queueing_lock=f"{PLAN_TEAMS}:{portion.workspace_id}:{portion.number}",
        task_name=PLAN_TEAMS,
        task_kwargs={"workspace_id": portion.workspace_id, "number": portion.number},
    )


def clockwork(task: str, timestamp: int) -> Job:
    """What the clock starts; `timestamp` is the moment that it is for.

    Without a lock, so that a worker that dies in the middle blocks none of the next.
    """
    return Job(
        queue=PLANNING,
        priority=0 if task == PRUNE else _AHEAD,
        lock=None,
        queueing_lock=task,
        task_name=task,
        task_kwargs={"timestamp": timestamp},
    )


def defer_drains(connection: Any, workspaces: Collection[str]) -> None:
    """Has these workspaces drained, once the transaction of a psycopg connection has committed.

    The last thing to be done in it: the search path isn't put back. In order, so that two such
    transactions don't wait for each other.
    """
    connection.execute(_USE_SCHEMA)
    for job in map(drain_of, sorted(workspaces)):
        while not (_waits(connection, job) or _added(connection, job)):
            continue  # somebody was faster twice: put one in before us, and took it


def _waits(connection: Any, job: Job) -> bool:
    """Whether one like it waits; then it waits until we have committed."""
    return connection.execute(_HOLD, {"lock": job.queueing_lock}).fetchone() is not None


def _added(connection: Any, job: Job) -> bool:
    try:
        with connection.transaction():  # a savepoint: the unique violation takes nothing else
            _manager.defer_job(job, connection=connection)
    except AlreadyEnqueued:
        return False
    except ConnectorException as failure:
        raise failure.__cause__ or failure from None
    return True


class Queue:
    """All jobs that wait or run, for a process that works or ticks.

    Every method raises `ConnectorException` where PostgreSQL can't be reached.
    """

    def __init__(self, conninfo: str, most_connections: int) -> None:
        connector = PsycopgConnector(
            conninfo=conninfo,
            configure=_configure,
            min_size=1,
            max_size=most_connections,
            timeout=5.0,
            reconnect_timeout=5.0,
            pool_factory=_pool,
        )
        self.app = App(connector=connector)
        self.app.job_manager = _Patient(connector)

    async def defer_missing(self, jobs: Iterable[Job], *, beside_running: bool = False) -> None:
        """Puts in those of which none like it waits.

        Nor runs, unless they are to be put in `beside_running` ones.
        """
        query, left = _WAITING if beside_running else _THERE, iter(jobs)
        while portion := list(islice(left, _PORTION)):
            wanted = {str(job.queueing_lock): job for job in portion}
            there = await self._locks(query, wanted)
            # In the order of `defer_drains`, so that neither waits for the other.
            missing = [wanted[name] for name in sorted(wanted) if name not in there]
            if missing:
                await self._defer_all(missing)

    async def _defer_all(self, jobs: list[Job]) -> None:
        try:
            await self.app.job_manager.batch_defer_jobs_async(jobs)
        except AlreadyEnqueued:  # nothing of the batch was put in
            for job in jobs:
                with suppress(AlreadyEnqueued):
                    await self.app.job_manager.defer_job_async(job)

    async def defer_again(self, job: Job, at: datetime) -> None:
        """Puts a job in for later, unless one like it waits."""
        with suppress(AlreadyEnqueued):
            await self.app.job_manager.defer_job_async(job.evolve(scheduled_at=at))

    async def defer_slot(self, task: str, slot: int) -> None:
        """Puts a task in for a moment (milliseconds), whoever else does so: once for all."""
        with suppress(AlreadyEnqueued):
            await self.app.job_manager.defer_periodic_job(
                clockwork(task, slot), periodic_id="", defer_timestamp=slot
            )

    async def take_over(self, silent_for: float) -> int:
        """Puts the jobs back of workers that gave no sign for so many seconds; returns how many."""
        stalled = await self.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_for)
        for job in stalled:
            await self._put_back(job)
        await self.app.job_manager.prune_stalled_workers(silent_for)
        return len(list(stalled))

    async def _put_back(self, job: Job) -> None:
        manager = self.app.job_manager
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # one like it waits, for whom it only has to make room
            await manager.finish_job(job, Status.FAILED, delete_job=True)

    async def drains_asked_for(self, workspaces: Collection[str]) -> set[str]:
        """Those of the workspaces for which a drain waits; however many others wait for one."""
        names = {drain_of(each).queueing_lock: each for each in workspaces}
        return {names[each] for each in await self._locks(_WAITING, names)}

    async def _locks(self, query: LiteralString, asked: Iterable[str | None]) -> set[str]:
        rows = await self.app.connector.execute_query_all_async(query, locks=list(asked))
        return {row["queueing_lock"] for row in rows}

    async def waiting(self) -> dict[str, int]:
        """How many jobs wait, by task."""
        tasks = await self.app.job_manager.list_tasks_async()
        return {each["name"]: each["todo"] for each in tasks}


class _Patient(JobManager):
    """Ends a job in the end, though PostgreSQL goes away: it would be taken for running for good
    otherwise, as its worker lives on."""

    async def finish_job_by_id_async(self, job_id: int, status: Status, delete_job: bool) -> None:
        while True:
            try:
                return await super().finish_job_by_id_async(job_id, status, delete_job)
            except ConnectorException as failure:
                if getattr(failure.__cause__, "sqlstate", None) == _RAISED:
                    raise  # it has ended already
            await asyncio.sleep(_RETRY_S)


class _Checks:
    """Tries a connection that lay idle before it is used: PostgreSQL may have gone away meanwhile.

    The pool's own check is a round trip each time, and a job takes but two. Where PostgreSQL goes
    away between two uses, what asks then is told so, as it is in the middle of a statement.
    """

    def __init__(self) -> None:
        self._used: WeakKeyDictionary[Any, float] = WeakKeyDictionary()

    async def __call__(self, connection: Any) -> None:
        now = stopwatch()
        if now - self._used.get(connection, -_REST_S) >= _REST_S:
            await AsyncConnectionPool.check_connection(connection)
        self._used[connection] = now


def _pool(**given: Any) -> AsyncConnectionPool[Any]:
    return AsyncConnectionPool(**given | {"check": _Checks()})


async def _configure(connection: Any) -> None:
    """Each statement of a queue is a transaction of its own: one round trip in place of three."""
    await connection.set_autocommit(True)
    await connection.execute(_CONFIGURE)
