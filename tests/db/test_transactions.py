"""Calls that arrive together share one commit on SQLite; each stands or falls alone."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from bot.db.engine import make_engine
from bot.db.session import Session
from bot.db.tables import workspaces
from bot.db.transactions import Transactions, make_transactions
from bot.domain.errors import NotSaved

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
async def transactions(database_url: str) -> AsyncIterator[Transactions]:
    made = make_transactions(make_engine(database_url))
    yield made
    await made.close()


def adding(workspace: str, *, then_fail: bool = False) -> Callable[[Session], str]:
    def work(session: Session) -> str:
        row = {"id": workspace, "timezone": "UTC", "created_at": NOON}
        session.connection.execute(insert(workspaces), row)
        if then_fail:
            raise LookupError(workspace)
        return workspace

    return work


def ids(session: Session) -> list[str]:
    return list(session.connection.scalars(select(workspaces.c.id).order_by(workspaces.c.id)))


async def test_each_call_gets_its_own_answer(transactions: Transactions) -> None:
    written = await asyncio.gather(
        *(transactions.everywhere.write(adding(f"T{n:03}")) for n in range(50))
    )
    assert written == [f"T{n:03}" for n in range(50)]
    assert await transactions.everywhere.read(ids) == written


async def test_a_call_that_fails_takes_no_other_with_it(transactions: Transactions) -> None:
    outcomes = await asyncio.gather(
        transactions.everywhere.write(adding("T1")),
        transactions.everywhere.write(adding("T2", then_fail=True)),
        transactions.everywhere.write(adding("T3")),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [str, LookupError, str]
    assert await transactions.everywhere.read(ids) == ["T1", "T3"]


async def test_long_work_and_short_work_wait_for_each_other(transactions: Transactions) -> None:
    await asyncio.gather(
        *(transactions.everywhere.write_alone(adding(f"TLONG{n}")) for n in range(5)),
        *(transactions.everywhere.write(adding(f"TSHORT{n}")) for n in range(20)),
    )
    assert len(await transactions.everywhere.read(ids)) == 25


async def test_what_was_asked_for_before_closing_is_done(database_url: str) -> None:
    transactions = make_transactions(make_engine(database_url))
    asked = [
        asyncio.ensure_future(transactions.everywhere.write(adding(f"T{n}"))) for n in range(10)
    ]
    await asyncio.sleep(0)
    await transactions.close()
    assert len(await asyncio.gather(*asked)) == 10


async def test_somebody_who_went_away_stops_nobody(sqlite_url: str) -> None:
    transactions = make_transactions(make_engine(sqlite_url))
    gone = asyncio.ensure_future(transactions.everywhere.write(adding("TGONE")))
    stays = asyncio.ensure_future(transactions.everywhere.write(adding("TSTAYS")))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == "TSTAYS"
    await transactions.close()


async def test_a_locked_database_says_that_nothing_was_saved(sqlite_url: str) -> None:
    transactions = make_transactions(make_engine(sqlite_url, busy_timeout=0.05))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotSaved, match="nothing was recorded"):
        await transactions.everywhere.write(adding("T1"))
    with pytest.raises(NotSaved):
        await transactions.everywhere.write_alone(adding("T1"))
    other.execute("ROLLBACK")
    other.close()
    assert await transactions.everywhere.write(adding("T1")) == "T1"
    await transactions.close()


async def test_everybody_waits_for_a_lock_at_once_and_the_loop_for_none(sqlite_url: str) -> None:
    transactions = make_transactions(make_engine(sqlite_url, busy_timeout=1.0))
    await transactions.everywhere.write(adding("T0"))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    loop = asyncio.get_running_loop()
    began = loop.time()
    asked = [
        asyncio.ensure_future(transactions.everywhere.write(adding(f"T{n}"))) for n in range(1, 6)
    ]
    await asyncio.sleep(0.05)
    assert not any(each.done() for each in asked)
    alone = asyncio.ensure_future(transactions.everywhere.write_alone(adding("T6")))
    asked += [
        asyncio.ensure_future(transactions.everywhere.write(adding(f"T{n}"))) for n in range(7, 12)
    ]
    outcomes = await asyncio.gather(*asked, alone, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {NotSaved}
    assert loop.time() - began < len(outcomes) / 2, "each waited a second of its own"
    other.execute("ROLLBACK")
    assert await transactions.everywhere.read(ids) == ["T0"]
    await transactions.close()


async def test_who_waits_for_a_lock_is_saved_once_it_is_free(sqlite_url: str) -> None:
    transactions = make_transactions(make_engine(sqlite_url))
    await transactions.everywhere.write(adding("T1"))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    asked = asyncio.ensure_future(transactions.everywhere.write(adding("T2")))
    await asyncio.sleep(0.1)
    assert not asked.done()
    other.execute("ROLLBACK")
    assert await asked == "T2"
    await transactions.close()


async def test_a_full_disk_says_that_nothing_was_saved(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    transactions = make_transactions(engine)

    def fill(session: Session) -> None:
        pages = session.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        session.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def big(session: Session) -> None:
        for n in range(2_000):
            adding(f"TBIG{n:027}")(session)

    await transactions.everywhere.write(fill)
    outcomes = await asyncio.gather(
        transactions.everywhere.write(adding("TFIRST")),
        transactions.everywhere.write(big),
        return_exceptions=True,
    )
    assert any(isinstance(outcome, NotSaved) for outcome in outcomes)
    kept = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert await transactions.everywhere.read(ids) == kept
    await transactions.close()


async def test_an_acknowledged_write_is_in_the_file(sqlite_url: str) -> None:
    transactions = make_transactions(make_engine(sqlite_url))
    await transactions.everywhere.write(adding("T1"))
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as other:
        assert other.execute("SELECT count(*) FROM workspaces").fetchone() == (1,)
    other.close()
    await transactions.close()
