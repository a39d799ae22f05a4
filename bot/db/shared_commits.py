"""SQLite's one writer: short writes that arrive together share one commit."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import OperationalError

from bot.db.engine import BUSY_TIMEOUT_S, for_writing
from bot.db.failures import failures_told
from bot.db.gathering import when_quiet
from bot.db.outcomes import Failed, Outcome, Succeeded, settle
from bot.db.prepared import run_text
from bot.db.reach import Reach, enter
from bot.db.session import Session, TeamPlaybooks
from bot.db.within import Transactions, Work
from bot.domain.errors import NotSaved

T = TypeVar("T")
_BETWEEN_TRIES_S: Final = 0.02
_GATHERING_S: Final = 0.01
_CACHE_KB: Final = 8_000
"""The pages of some days of a few hundred reps; with SQLite's own 2 MB many are read anew."""
_PRIMARY_CODE: Final = 0xFF
"""Of SQLite's result codes, the part that says what happened; the rest says how."""


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    reach: Reach
    work: Work[Any]
    answer: asyncio.Future[Any]
    since: float


class SharedCommits(Transactions):
    """SQLite's one writer, on the event loop's own thread.

    Handing each call to a thread costs more than the write itself; so all calls of a few turns
    of the loop run one after the other in a single transaction. Measured: design §3.

    The loop never waits for SQLite's lock, or everybody would: while another process holds it, the
    calls are tried again and again, each until it has waited for the engine's busy timeout.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._playbooks = TeamPlaybooks()
        self._waiting: list[_Call] = []
        self._scheduled = False
        self._alone = asyncio.Lock()
        self._connection: Connection | None = None
        self._patience = BUSY_TIMEOUT_S
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="database")

    async def _write(self, reach: Reach, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        call = _Call(reach, work, loop.create_future(), loop.time())
        self._waiting.append(call)
        self._schedule(loop)
        answer: T = await call.answer
        return answer

    async def _write_alone(self, reach: Reach, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        try:
            async with self._alone:
                self._commit_waiting()  # long work, one after the other, must not starve the short
                return await loop.run_in_executor(self._threads, self._run_writing, reach, work)
        finally:
            self._schedule(loop)

    async def _read(self, reach: Reach, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._run_reading, reach, work)

    async def close(self) -> None:
        async with self._alone:
            self._commit_waiting()
            while self._waiting:
                await asyncio.sleep(_BETWEEN_TRIES_S)
                self._commit_waiting()
        await asyncio.to_thread(self._threads.shutdown)
        self._forget_connection()
        self._engine.dispose()

    def _forget_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _schedule(self, loop: asyncio.AbstractEventLoop) -> None:
        if not self._waiting or self._scheduled:
            return
        self._scheduled = True
        if self._alone.locked():
            loop.call_later(_BETWEEN_TRIES_S, self._commit_unless_locked)
        else:
            when_quiet(lambda: len(self._waiting), self._is_enough, self._commit_unless_locked)

    def _is_enough(self) -> bool:
        """Whether the first has waited long, or (with somebody's long work) has been done."""
        loop = asyncio.get_running_loop()
        return not self._waiting or loop.time() - self._waiting[0].since >= _GATHERING_S

    def _commit_unless_locked(self) -> None:
        self._scheduled = False
        if self._alone.locked():
            self._try_later()
        else:
            self._commit_waiting()

    def _commit_waiting(self) -> None:
        calls, self._waiting = [call for call in self._waiting if not call.answer.done()], []
        if not calls:
            return
        try:
            outcomes = self._run_together(calls)
        except Exception as failure:  # noqa: BLE001  the commit failed: so did every caller's work
            self._forget_connection()
            for call in calls:
                settle(call.answer, Failed(failure))
            return
        for call, outcome in outcomes:
            settle(call.answer, outcome)

    def _run_together(self, calls: list[_Call]) -> list[tuple[_Call, Outcome]]:
        connection = self._connection or self._connect()
        transaction = self._begun(connection)
        if transaction is None:
            self._waiting = calls
            self._try_later()
            return []
        with transaction:
            return [(call, self._run_in_savepoint(connection, call)) for call in calls]

    def _connect(self) -> Connection:
        """A connection of our own, which doesn't wait for the lock; the others' still do."""
        connection = for_writing(self._engine.connect())
        connection.detach()
        raw: Any = connection.connection.dbapi_connection
        self._patience = raw.execute("PRAGMA busy_timeout").fetchone()[0] / 1000
        raw.execute("PRAGMA busy_timeout = 0")
        raw.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        self._connection = connection
        return connection

    def _begun(self, connection: Connection) -> RootTransaction | None:
        """None while another process holds the lock."""
        try:
            return connection.begin()
        except OperationalError as failure:
            code = getattr(failure.orig, "sqlite_errorcode", 0)
            if code & _PRIMARY_CODE != sqlite3.SQLITE_BUSY:
                raise
            return None

    def _try_later(self) -> None:
        """Keeps the calls waiting, but those that have waited too long: they are told so, and what
        is told to have failed is never done."""
        loop = asyncio.get_running_loop()
        latest = loop.time() - self._patience
        for call in self._waiting:
            if call.since <= latest:
                settle(call.answer, Failed(NotSaved()))
        self._waiting = [call for call in self._waiting if not call.answer.done()]
        if self._waiting and not self._scheduled:
            self._scheduled = True
            loop.call_later(_BETWEEN_TRIES_S, self._commit_unless_locked)

    def _run_in_savepoint(self, connection: Connection, call: _Call) -> Outcome:
        run_text(connection, "SAVEPOINT call")
        try:
            outcome = call.work(Session(enter(connection, call.reach), self._playbooks))
            run_text(connection, "RELEASE call")
        except Exception as failure:
            if not _in_transaction(connection):
                raise  # SQLite gave the whole transaction up (disk full): so must we
            run_text(connection, "ROLLBACK TO call")
            run_text(connection, "RELEASE call")
            return Failed(failure)
        return Succeeded(outcome)

    def _run_writing(self, reach: Reach, work: Work[T]) -> T:
        with (
            failures_told(),
            self._engine.connect() as connection,
            for_writing(connection).begin(),
        ):
            return work(Session(enter(connection, reach), self._playbooks))

    def _run_reading(self, reach: Reach, work: Work[T]) -> T:
        with failures_told(), self._engine.begin() as connection:
            return work(Session(enter(connection, reach), self._playbooks))


def _in_transaction(connection: Connection) -> bool:
    raw: Any = connection.connection.dbapi_connection
    return bool(raw.in_transaction)
