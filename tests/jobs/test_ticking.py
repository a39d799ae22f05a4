"""The clock of many processes, each of which ticks."""

import asyncio

import psycopg
import pytest

from jobs.ticking import Tempo, WebEngine
from tests.jobs.conftest import Outbox

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


async def test_a_tick_that_is_cut_short_at_the_end_is_no_accident(
    outbox: Outbox, postgresql_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    web = WebEngine(outbox.wired, Tempo(sweep=0.1))
    await web.start()
    async with await psycopg.AsyncConnection.connect(postgresql_url) as holding:
        await holding.execute("LOCK TABLE procrastinate.procrastinate_periodic_defers")
        while not await waiting(holding):  # noqa: ASYNC110  PostgreSQL tells nobody
            await asyncio.sleep(0.02)
        stopping = asyncio.create_task(web.stop())
        await asyncio.sleep(0.2)  # it is cancelled while it waits
    await stopping
    assert "raised an exception" not in caplog.text


async def waiting(connection: psycopg.AsyncConnection) -> int:
    """How many statements wait for a lock."""
    row = await (await connection.execute(WAITING)).fetchone()
    return 0 if row is None else row[0]
