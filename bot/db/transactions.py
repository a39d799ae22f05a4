"""One service call, one transaction: how the async edges reach the plain, synchronous services.

SQLite has one writer. Short writes that arrive together share one commit, and so one wait for the
disk, each in its own savepoint; an answer is given only after that commit. On PostgreSQL each call
has a transaction and a thread of its own.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Engine

from bot.db.failures import failures_told
from bot.db.reach import Reach, enter, start_nowhere
from bot.db.session import Session, TeamPlaybooks
from bot.db.shared_commits import SharedCommits
from bot.db.within import Transactions, Work
from bot.domain.errors import NotSaved

__all__ = ["BeforeCommit", "Transactions", "make_transactions"]

T = TypeVar("T")
BeforeCommit = Callable[[Any, frozenset[str]], None]
"""Told, before a transaction commits, of the workspaces where it has planned something to send.

It gets the driver's own connection, in that transaction: what it writes is there if and only if
the plan is. What it raises rolls both back.
"""


def make_transactions(engine: Engine, before_commit: BeforeCommit | None = None) -> Transactions:
    """The kind that suits the engine's database; only PostgreSQL's has a `before_commit`.

    From now on the engine's own transactions see nothing there but what they say they reach.
    """
    start_nowhere(engine)
    if engine.dialect.name == "sqlite":
        return SharedCommits(engine)
    return ThreadedTransactions(engine, before_commit)


class ThreadedTransactions(Transactions):
    """Each call in a pooled connection on a thread of its own."""

    def __init__(
        self, engine: Engine, before_commit: BeforeCommit | None = None, threads: int = 8
    ) -> None:
        self._engine = engine
        self._before_commit = before_commit
        self._playbooks = TeamPlaybooks()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")

    async def _write(self, reach: Reach, work: Work[T]) -> T:
        return await self._in_thread(reach, work)

    async def _write_alone(self, reach: Reach, work: Work[T]) -> T:
        return await self._in_thread(reach, work)

    async def _read(self, reach: Reach, work: Work[T]) -> T:
        return await self._in_thread(reach, work)

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

    async def _in_thread(self, reach: Reach, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._run, reach, work)

    def _run(self, reach: Reach, work: Work[T]) -> T:
        with failures_told(), self._engine.begin() as connection:
            session = Session(enter(connection, reach), self._playbooks)
            outcome = work(session)
            if session.to_send and self._before_commit is not None:
                self._announce(self._before_commit, session)
            return outcome

    def _announce(self, before_commit: BeforeCommit, session: Session) -> None:
        driver = self._engine.dialect.loaded_dbapi
        try:
            raw = session.connection.connection.driver_connection
            before_commit(raw, frozenset(session.to_send))
        except (driver.OperationalError, driver.InterfaceError) as failure:
            raise NotSaved from failure
