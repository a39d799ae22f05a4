"""What of Procrastinate is ours to keep up with, and what it costs to take a job."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from procrastinate.schema import SchemaManager
from psycopg_pool import AsyncConnectionPool

import migrations
from bot.db.engine import conninfo, make_engine
from jobs.deferring import SENDING, Queue

KEPT = Path(migrations.__file__).parent / "versions" / "procrastinate_3_10.sql"
MANY = """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock)
SELECT %s, 'drain', each, each FROM generate_series(1, 3000) AS number, concat('T', number) AS each
"""
TAKE = "SELECT id FROM procrastinate_fetch_job_v2(%s::varchar[], NULL)"


@pytest.fixture
def connection(postgresql_url: str) -> Iterator[psycopg.Connection[Any]]:
    """Its queue was looked through while it was empty, as a rule in the life of a bot."""
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("SET search_path TO procrastinate")
        connection.execute("VACUUM ANALYZE procrastinate_jobs")
        yield connection


def test_the_tables_that_are_migrated_are_those_that_procrastinate_expects() -> None:
    """Where this fails, the new version's own migrations are to become one of ours."""
    assert KEPT.read_text(encoding="utf-8") == SchemaManager.get_schema()


def test_taking_a_job_reads_as_little_however_many_wait(
    connection: psycopg.Connection[Any],
) -> None:
    connection.execute(MANY, [SENDING])
    connection.execute(TAKE, [[SENDING]])
    plan = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS) {TAKE}", [[SENDING]]).fetchall()
    found = re.search(r"shared hit=(\d+)", str(plan))
    assert found is not None
    assert int(found[1]) < 200


@pytest.fixture
async def queue(postgresql_url: str) -> AsyncIterator[Queue]:
    """With one connection."""
    queue = Queue(conninfo(make_engine(postgresql_url)), 1)
    await queue.app.open_async()
    yield queue
    await queue.app.close_async()


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The connections that were tried before they were used."""
    tried: list[object] = []
    check = AsyncConnectionPool.check_connection

    async def noted(connection: Any) -> None:
        tried.append(connection)
        await check(connection)

    monkeypatch.setattr(AsyncConnectionPool, "check_connection", noted)
    return tried


async def test_a_connection_that_was_used_just_now_is_not_tried_again(
    queue: Queue, tried: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.deferring._REST_S", 600)
    await queue.waiting()
    await queue.waiting()
    assert len(tried) == 1


async def test_one_that_has_died_since_is_replaced_before_it_is_used(
    queue: Queue, connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.deferring._REST_S", 0)
    await queue.waiting()
    others = "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
    ours = "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    connection.execute(f"{others} {ours}")
    assert await queue.waiting() == {}
