"""What several workers on PostgreSQL do: jobs in the plan's own transaction, and taken over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg
import pytest
from psycopg.rows import scalar_row

from bot.db.session import Session
from bot.domain.errors import NotSaved
from bot.domain.ledger.occasions import DeliveryState
from bot.domain.portions import Portion
from bot.services import ledger
from bot.wiring import BeforeCommit
from jobs.deferring import (
    DRAIN,
    PLAN,
    PLAN_TEAMS,
    PLANNING,
    PORTIONS,
    SENDING,
    TICK,
    Queue,
    defer_drains,
    drain_of,
    plan_of,
)
from jobs.distributed import WorkerEngine
from jobs.plan import due_portions
from sandbox import Fault, Sandbox
from tests.jobs.conftest import IMPATIENT, NOON, WRITERS, Outbox
from tests.jobs.test_engines import QUICK
from tests.patience import PATIENCE_S, until
from tests.teams import MORGAN, a_team

WORKSPACE = "T01TEST"
SEVEN = plan_of(Portion(WORKSPACE, 7))


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
def before_commit() -> BeforeCommit | None:
    return defer_drains


@pytest.fixture
async def queue(outbox: Outbox) -> AsyncIterator[Queue]:
    made = Queue(outbox.wired.conninfo, 2)
    async with made.app.open_async():
        yield made


def a_worker(outbox: Outbox) -> WorkerEngine:
    return WorkerEngine(outbox.wired, WRITERS, QUICK, IMPATIENT)


@asynccontextmanager
async def working(*workers: WorkerEngine) -> AsyncIterator[None]:
    for worker in workers:
        await worker.start()
    try:
        yield
    finally:
        await asyncio.gather(*(worker.stop() for worker in workers))


async def jobs(outbox: Outbox, task: str = DRAIN) -> list[str]:
    """The states of a task's jobs."""

    def read(session: Session) -> list[str]:
        query = f"SELECT status FROM procrastinate.procrastinate_jobs WHERE task_name = '{task}'"
        return [str(row[0]) for row in session.connection.exec_driver_sql(query)]

    return await outbox.wired.transactions.of(WORKSPACE).read(read)


async def test_a_plan_and_its_drain_are_committed_together_or_not_at_all(outbox: Outbox) -> None:
    def planned_and_broken(session: Session) -> None:
        ledger.add(session, [outbox.occasion("celebration:1")], NOON)
        raise LookupError

    with pytest.raises(LookupError):
        await outbox.wired.transactions.of(WORKSPACE).write(planned_and_broken)
    assert await jobs(outbox) == []
    await outbox.plan(outbox.occasion("celebration:1"))
    assert await jobs(outbox) == ["todo"]


async def test_one_waiting_drain_stands_for_all_that_were_asked_for(outbox: Outbox) -> None:
    await asyncio.gather(
        *(outbox.plan(outbox.occasion(f"celebration:{number}")) for number in range(20))
    )
    assert await jobs(outbox) == ["todo"]


async def test_what_is_due_later_defers_nothing(outbox: Outbox) -> None:
    later = NOON.replace(hour=13)
    await outbox.plan(outbox.occasion("reminder:1", due_at=later))
    assert await jobs(outbox) == []


async def test_a_waiting_drain_is_not_taken_before_a_plan_beside_it_is_committed(
    outbox: Outbox, queue: Queue
) -> None:
    """Else the worker would find nothing yet, and the plan would wait for the next sweep."""
    manager = queue.app.job_manager
    await outbox.plan(outbox.occasion("celebration:1"))
    worker = await manager.register_worker()
    with psycopg.connect(outbox.wired.conninfo) as planning:
        defer_drains(planning, [WORKSPACE])
        assert await manager.fetch_job([SENDING], worker) is None
        planning.commit()
    taken = await manager.fetch_job([SENDING], worker)
    assert taken is not None
    with psycopg.connect(outbox.wired.conninfo) as planning:
        defer_drains(planning, [WORKSPACE])
    assert sorted(await jobs(outbox)) == ["doing", "todo"]
    assert await manager.fetch_job([SENDING], worker) is None, "one drain at a time"


async def test_all_processes_tick_and_one_tick_is_taken(outbox: Outbox, queue: Queue) -> None:
    await asyncio.gather(*(queue.defer_slot(TICK, 60_000) for _ in range(5)))
    worker = await queue.app.job_manager.register_worker()
    tick = await queue.app.job_manager.fetch_job([PLANNING], worker)
    assert tick is not None
    await queue.defer_slot(TICK, 60_000)
    assert await jobs(outbox, TICK) == ["doing"]
    await queue.defer_slot(TICK, 120_000)
    assert sorted(await jobs(outbox, TICK)) == ["doing", "todo"]


async def test_a_silent_workers_jobs_are_put_back_or_make_room(
    outbox: Outbox, queue: Queue
) -> None:
    manager = queue.app.job_manager
    gone = await manager.register_worker()
    for workspace in ("T1", "T2"):
        await manager.defer_job_async(drain_of(workspace))
        assert await manager.fetch_job([SENDING], gone)
    await manager.defer_job_async(drain_of("T1"))
    assert await queue.take_over(silent_for=60.0) == 0
    await asyncio.sleep(0.3)
    assert await queue.take_over(silent_for=0.2) == 2
    assert await jobs(outbox) == ["todo", "todo"]
    assert await queue.drains_asked_for(["T1", "T2", "T3"]) == {"T1", "T2"}


async def test_two_workers_send_everything_once_and_in_order(
    outbox: Outbox, slack: Sandbox
) -> None:
    keys = [f"{number:02}" for number in range(30)]
    async with working(a_worker(outbox), a_worker(outbox)):
        for key in keys:
            await outbox.plan(outbox.occasion(f"recap:{key}"))
        await until(lambda: len(slack.messages("C01WEST")) >= len(keys))
    texts = [message.text for message in slack.messages("C01WEST")]
    assert texts == [f"recap:{key}" for key in keys]


async def test_a_worker_that_stops_hands_its_workspace_over_at_once(
    outbox: Outbox, slack: Sandbox
) -> None:
    slack.fail("chat.postMessage", Fault.slow(0.1), times=None)
    first, second = a_worker(outbox), a_worker(outbox)
    await first.start()
    await outbox.plan_posts([str(number) for number in range(8)])
    await until(lambda: len(slack.messages("C01WEST")) > 1)
    await second.start()
    await first.stop()
    await until(lambda: len(slack.messages("C01WEST")) == 8)
    await second.stop()
    texts = [message.text for message in slack.messages("C01WEST")]
    assert texts == [f"recap:{number}" for number in range(8)]


async def test_workers_outlive_the_loss_of_every_connection(outbox: Outbox, slack: Sandbox) -> None:
    async with working(a_worker(outbox)):
        await outbox.plan(outbox.occasion("celebration:1"))
        await until(lambda: len(slack.messages("C01WEST")) == 1)
        lost = cut_off(outbox.wired.conninfo)
        assert lost > 2
        await planned_in_the_end(outbox, "celebration:2")
        await until(lambda: len(slack.messages("C01WEST")) == 2)
    assert await outbox.state("celebration:2") is DeliveryState.SENT


async def planned_in_the_end(outbox: Outbox, key: str) -> None:
    """Whoever used a connection a moment ago is told that nothing was saved, and says it again."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with suppress(NotSaved):
                return await outbox.plan(outbox.occasion(key))


def cut_off(conninfo: str) -> int:
    """Ends all connections to the database but its own, and says how many."""
    query = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(conninfo, row_factory=scalar_row) as connection:
        number: Any = connection.execute(query).fetchone()
        return int(number)


async def test_metrics_tell_what_waits_and_for_how_long(outbox: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.rate_limited(1))
    worker = a_worker(outbox)
    async with working(worker):
        await outbox.plan(outbox.occasion("celebration:1"))
        await until(lambda: len(slack.messages("C01WEST")) == 1)
        await worker.measure()
    shown = outbox.wired.metrics.exposition().decode()
    assert 'pacesetter_rate_limit_wait_seconds_total{why="slack"} 1.0' in shown
    assert "pacesetter_rate_limited_total 1.0" in shown
    assert 'pacesetter_queued_jobs{job="drain"}' in shown


async def test_a_team_is_planned_again_beside_a_plan_that_has_begun_already(
    outbox: Outbox, queue: Queue
) -> None:
    """What has fallen due since is seen by the later one alone; of those that wait, one will do."""
    for _ in range(2):
        await queue.defer_missing([SEVEN], beside_running=True)
    assert await jobs(outbox, PLAN_TEAMS) == ["todo"]
    worker = await queue.app.job_manager.register_worker()
    assert await queue.app.job_manager.fetch_job([PORTIONS], worker)
    await queue.defer_missing([SEVEN])
    assert await jobs(outbox, PLAN_TEAMS) == ["doing"]
    await queue.defer_missing([SEVEN], beside_running=True)
    assert sorted(await jobs(outbox, PLAN_TEAMS)) == ["doing", "todo"]


async def test_a_plan_that_the_release_before_put_in_is_done(outbox: Outbox, queue: Queue) -> None:
    """It names one team, and waits where its own workers look: while both run, either may tick."""
    team_id = outbox.west.team_id
    assert await due_portions(outbox.wired, NOON)  # this process has nothing to look at now
    old = SEVEN.evolve(
        queue=PLANNING, queueing_lock="plan:1", task_name=PLAN, task_kwargs={"team_id": team_id}
    )
    await queue.defer_missing([old])
    digest = f"digest:{team_id}:{MORGAN}:2026-11-16"
    async with working(a_worker(outbox)), asyncio.timeout(PATIENCE_S):
        while not await _is_planned(outbox, digest):  # noqa: ASYNC110  PostgreSQL tells nobody
            await asyncio.sleep(0.05)


async def _is_planned(outbox: Outbox, key: str) -> bool:
    return bool(
        await outbox.wired.transactions.of(WORKSPACE).read(
            lambda session: ledger.known_keys(session, WORKSPACE, [key])
        )
    )


async def test_a_plan_that_broke_is_put_in_again_for_later(outbox: Outbox, queue: Queue) -> None:
    """The tick that asked may be another worker's, which takes the team for looked at."""
    east = await outbox.wired.transactions.of(WORKSPACE).write(
        lambda session: (
            a_team(
                session.connection, "East", reps=(), managers=(), timezone="Nowhere/Land"
            ).team_id
        )
    )
    async with working(a_worker(outbox)):
        await queue.defer_missing([plan_of(Portion.of(WORKSPACE, east))])
        async with asyncio.timeout(PATIENCE_S):
            while not await _put_off(queue):  # noqa: ASYNC110  PostgreSQL tells nobody
                await asyncio.sleep(0.05)


async def _put_off(queue: Queue) -> bool:
    waiting = await queue.app.job_manager.list_jobs_async(task=PLAN_TEAMS, status="todo")
    return any(job.scheduled_at is not None for job in waiting)
