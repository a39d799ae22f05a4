"""One service call, one transaction: how the async edges reach the plain, synchronous services.

SQLite has one writer. Short writes that arrive together share one commit, and so one wait for the
disk, each in its own savepoint; an answer is given only after that commit. On PostgreSQL each call
has a transaction and a thread of its own.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from bot.db.engine import for_writing
from bot.db.prepared import run_text
from bot.db.session import Session, TeamPlaybooks
from bot.domain.errors import NotSaved

T = TypeVar("T")
Work = Callable[[Session], T]
_COULD_NOT_SAVE = (OperationalError, InterfaceError, NoConnectionLeft)


class Transactions(Protocol):
    """Runs a piece of work inside one transaction. What the work raises rolls it back alone.

    Each call raises `NotSaved` where the database can't be reached, is locked or has no room left.
    """

    async def write(self, work: Work[T]) -> T:
        """For what a person waits for: short; it may share its commit with others."""
        ...

    async def write_alone(self, work: Work[T]) -> T:
        """For what may take long (planning a team, an import): a thread and a commit of its own."""
        ...

    async def read(self, work: Work[T]) -> T:
        """For what only looks."""
        ...

    async def close(self) -> None:
        """Finishes what is under way and gives the connections back."""
        ...


def make_transactions(engine: Engine) -> Transactions:
    """The kind that suits the engine's database."""
    if engine.dialect.name == "sqlite":
        return SharedCommits(engine)
    return ThreadedTransactions(engine)


class ThreadedTransactions:
    """Each call in a pooled connection on a thread of its own."""

    def __init__(self, engine: Engine, threads: int = 8) -> None:
        self._engine = engine
        self._playbooks = TeamPlaybooks()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")

    async def write(self, work: Work[T]) -> T:
        return await self._in_thread(self._run, work)

    async def write_alone(self, work: Work[T]) -> T:
        return await self._in_thread(self._run, work)

    async def read(self, work: Work[T]) -> T:
        return await self._in_thread(self._run, work)

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

    async def _in_thread(self, run: Callable[[Work[T]], T], work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, run, work)

    def _run(self, work: Work[T]) -> T:
        with _failures_told(), self._engine.begin() as connection:
            return work(Session(connection, self._playbooks))


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    work: Work[Any]
    answer: asyncio.Future[Any]


class SharedCommits:
    """SQLite's one writer, on the event loop's own thread.

    Handing each call to a thread costs more than the write itself; so all calls of one turn of the
    loop run one after the other in a single transaction. Measured: design §3.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._playbooks = TeamPlaybooks()
        self._waiting: list[_Call] = []
        self._scheduled = False
        self._alone = asyncio.Lock()
        self._connection: Connection | None = None
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="database")

    async def write(self, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        call = _Call(work, loop.create_future())
        self._waiting.append(call)
        self._schedule(loop)
        answer: T = await call.answer
        return answer

    async def write_alone(self, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        try:
            async with self._alone:
                self._commit_waiting()  # long work, one after the other, must not starve the short
                return await loop.run_in_executor(self._threads, self._run_writing, work)
        finally:
            self._schedule(loop)

    async def read(self, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._run_reading, work)

    async def close(self) -> None:
        async with self._alone:
            self._commit_waiting()
        await asyncio.to_thread(self._threads.shutdown)
        self._forget_connection()
        self._engine.dispose()

    def _forget_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _schedule(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._waiting and not self._scheduled and not self._alone.locked():
            self._scheduled = True
            loop.call_soon(self._commit_unless_locked)

    def _commit_unless_locked(self) -> None:
        self._scheduled = False
        if not self._alone.locked():  # else write_alone schedules this again when it is through
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
                _answer(call, _Failed(failure))
            return
        for call, outcome in outcomes:
            _answer(call, outcome)

    def _run_together(self, calls: list[_Call]) -> "list[tuple[_Call, _Outcome]]":
        if self._connection is None:
            self._connection = for_writing(self._engine.connect())
        with self._connection.begin():
            return [(call, self._run_in_savepoint(self._connection, call)) for call in calls]

    def _run_in_savepoint(self, connection: Connection, call: _Call) -> "_Outcome":
        run_text(connection, "SAVEPOINT call")
        try:
            outcome = call.work(Session(connection, self._playbooks))
            run_text(connection, "RELEASE call")
        except Exception as failure:
            if not _in_transaction(connection):
                raise  # SQLite gave the whole transaction up (disk full): so must we
            run_text(connection, "ROLLBACK TO call")
            run_text(connection, "RELEASE call")
            return _Failed(failure)
        return _Succeeded(outcome)

    def _run_writing(self, work: Work[T]) -> T:
        with (
            _failures_told(),
            self._engine.connect() as connection,
            for_writing(connection).begin(),
        ):
            return work(Session(connection, self._playbooks))

    def _run_reading(self, work: Work[T]) -> T:
        with _failures_told(), self._engine.begin() as connection:
            return work(Session(connection, self._playbooks))


@dataclass(frozen=True, slots=True)
class _Succeeded:
    value: Any


@dataclass(frozen=True, slots=True)
class _Failed:
    failure: Exception


_Outcome = _Succeeded | _Failed


def _answer(call: _Call, outcome: _Outcome) -> None:
    if call.answer.done():
        return  # whoever asked has gone; the work stands all the same
    if isinstance(outcome, _Failed):
        call.answer.set_exception(_told(outcome.failure))
    else:
        call.answer.set_result(outcome.value)


def _told(failure: Exception) -> Exception:
    """The failure in the words that its user will read, where there are such words."""
    if not isinstance(failure, _COULD_NOT_SAVE):
        return failure
    not_saved = NotSaved()
    not_saved.__cause__ = failure
    return not_saved


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except _COULD_NOT_SAVE as failure:
        raise NotSaved from failure


def _in_transaction(connection: Connection) -> bool:
    raw: Any = connection.connection.dbapi_connection
    return bool(raw.in_transaction)
