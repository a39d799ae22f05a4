"""PostgreSQL: short writes that arrive together share a transaction, and ask together."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, event

from bot.db.commits import commit, driver_of, enter_to_write
from bot.db.failures import failures_told
from bot.db.gathering import when_quiet
from bot.db.outcomes import Failed, Outcome, Succeeded, settle
from bot.db.reach import EVERYWHERE, Reach, enter
from bot.db.session import Session, TeamPlaybooks
from bot.db.turns import keep_on, run_in_turns
from bot.db.within import Transactions, Work
from bot.domain.errors import NotSaved

T = TypeVar("T")
BeforeCommit = Callable[[Any, frozenset[str]], None]
"""Told, before a transaction commits, of the workspaces where it has planned something to send.

It gets the driver's own connection, in that transaction: what it writes is there if and only if
the plan is. What it raises rolls both back.
"""
_TOGETHER: Final = 8
_AT_ONCE: Final = 2
"""While the server answers one transaction, the other's services work; a third gains nothing."""
_BETWEEN_LOOKS_S: Final = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    work: Work[Any]
    answer: asyncio.Future[Any]


class SharedRoundTrips(Transactions):
    """Short writes of one workspace take turns in one transaction; all else has a thread alone.

    A thread and a transaction for each call cost more than its work: measured in
    `docs/performance.md`. Each call stands or falls alone all the same: where one breaks off after
    it has written, all of them begin anew, one by one.
    """

    def __init__(
        self, engine: Engine, before_commit: BeforeCommit | None = None, threads: int = 8
    ) -> None:
        self._engine = engine
        self._before_commit = before_commit
        self._playbooks = TeamPlaybooks()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")
        self._writers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="writing")
        self._waiting: dict[Reach, list[_Call]] = {}
        self._under_way = 0
        self._is_gathering = False
        event.listen(engine, "before_cursor_execute", keep_on)

    async def _write(self, reach: Reach, work: Work[T]) -> T:
        if reach is EVERYWHERE:  # it may narrow its reach on the way, and nobody else's with it
            return await self._write_alone(reach, work)
        call = _Call(work, asyncio.get_running_loop().create_future())
        self._waiting.setdefault(reach, []).append(call)
        self._gather()
        answer: T = await call.answer
        return answer

    async def _write_alone(self, reach: Reach, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._run_writing, reach, work)

    async def _read(self, reach: Reach, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._run_reading, reach, work)

    async def close(self) -> None:
        while self._waiting or self._under_way:
            self._gather()
            await asyncio.sleep(_BETWEEN_LOOKS_S)
        await asyncio.to_thread(self._writers.shutdown)
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

    def _gather(self) -> None:
        if self._waiting and not self._is_gathering and self._under_way < _AT_ONCE:
            self._is_gathering = True
            when_quiet(self._most_waiting, lambda: self._most_waiting() >= _TOGETHER, self._start)

    def _most_waiting(self) -> int:
        return max(map(len, self._waiting.values()))

    def _start(self) -> None:
        """Those who have waited longest; the next ones wait for their own turn of the loop."""
        self._is_gathering = False
        reach, calls = next(iter(self._waiting.items()))
        del self._waiting[reach]
        if left := calls[_TOGETHER:]:
            self._waiting[reach] = left
        asked = [call for call in calls[:_TOGETHER] if not call.answer.done()]
        works = [call.work for call in asked]
        running = asyncio.get_running_loop().run_in_executor(
            self._writers, self._run_together, reach, works
        )
        self._under_way += 1
        running.add_done_callback(partial(self._answer, asked))
        self._gather()

    def _answer(self, calls: Sequence[_Call], done: "asyncio.Future[list[Outcome]]") -> None:
        self._under_way -= 1
        for call, outcome in zip(calls, done.result(), strict=True):
            settle(call.answer, outcome)
        self._gather()

    def _run_together(self, reach: Reach, works: Sequence[Work[Any]]) -> list[Outcome]:
        """What each has come to, in their order."""
        try:
            together = self._in_one_transaction(reach, works) if len(works) > 1 else None
        except Exception as failure:  # noqa: BLE001  the commit failed: so did every caller's work
            return [Failed(failure)] * len(works)
        return [self._alone(reach, work) for work in works] if together is None else together

    def _in_one_transaction(self, reach: Reach, works: Sequence[Work[Any]]) -> list[Outcome] | None:
        """None, and nothing done, where they have to begin anew."""
        with self._engine.connect() as connection:
            transaction = connection.begin()
            _, number = enter_to_write(connection, reach)
            sessions = [Session(connection, self._playbooks) for _ in works]
            bound = [partial(work, of) for work, of in zip(works, sessions, strict=True)]
            try:
                outcomes = run_in_turns(driver_of(connection), bound)
            except self._engine.dialect.loaded_dbapi.Error:
                transaction.rollback()  # raises where the connection is lost
                return None
            if any(isinstance(each, Failed) and each.has_written for each in outcomes):
                transaction.rollback()
                return None
            self._announce(connection, {each for of in sessions for each in of.to_send})
            commit(self._engine, transaction, number)
            return outcomes

    def _alone(self, reach: Reach, work: Work[Any]) -> Outcome:
        try:
            return Succeeded(self._run_writing(reach, work))
        except Exception as failure:  # noqa: BLE001  told to whoever asked for this work
            return Failed(failure)

    def _run_writing(self, reach: Reach, work: Work[T]) -> T:
        with (
            failures_told(),
            self._engine.connect() as connection,
            connection.begin() as transaction,
        ):
            entered, number = enter_to_write(connection, reach)
            session = Session(entered, self._playbooks)
            outcome = work(session)
            self._announce(connection, session.to_send)
            commit(self._engine, transaction, number)
            return outcome

    def _run_reading(self, reach: Reach, work: Work[T]) -> T:
        with failures_told(), self._engine.begin() as connection:
            with driver_of(connection).pipeline():  # BEGIN goes with the first statement
                entered = enter(connection, reach)
            return work(Session(entered, self._playbooks))

    def _announce(self, connection: Connection, to_send: Collection[str]) -> None:
        if not to_send or self._before_commit is None:
            return
        driver = self._engine.dialect.loaded_dbapi
        try:
            self._before_commit(driver_of(connection), frozenset(to_send))
        except (driver.OperationalError, driver.InterfaceError) as failure:
            raise NotSaved from failure
