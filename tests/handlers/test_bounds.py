"""What a process remembers has an end, however long it runs and whoever comes by."""

import asyncio
import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from slack_bolt.authorization import AuthorizeResult

from bot.db.tables import interactions
from handlers import counting, turns
from handlers.counting import Counting
from handlers.turns import MOST_AT_ONCE, Turns
from tests.handlers.conftest import Running
from tests.patience import PATIENCE_S
from tests.teams import RILEY, WORKSPACE

A_FEW = 3


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: what is kept in memory is the same with any."""
    return sqlite_url


@contextmanager
def locked(running: Running) -> Iterator[None]:
    """Nothing can be written meanwhile."""
    with closing(sqlite3.connect(str(running.bot.engine.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


def note(seen: Counting, times: int = A_FEW) -> None:
    for _ in range(times):
        seen.note({"command": "/log", "team_id": WORKSPACE, "user_id": RILEY})


async def counted(running: Running) -> int:
    return sum([row.times for row in await running.rows(interactions.select())])


async def test_what_cannot_be_written_is_counted_up_to_an_end(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_MOST_KEPT", A_FEW)
    seen = Counting(running.bot)
    with locked(running):
        note(seen)
        writing = asyncio.create_task(seen.flush())
        await asyncio.sleep(0)
        note(seen)
        await writing
    await seen.flush()
    assert await counted(running) == A_FEW


async def test_counting_that_was_full_goes_on_once_it_can_be_written(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_MOST_KEPT", A_FEW)
    seen = Counting(running.bot, every_s=0.01)
    with locked(running):
        note(seen)
        await seen.flush()
    async with asyncio.timeout(PATIENCE_S):
        while await counted(running) < A_FEW:  # noqa: ASYNC110  a timer has no event
            await asyncio.sleep(0.01)


async def test_workspaces_that_came_by_once_are_forgotten(running: Running) -> None:
    async def ask(workspace: str) -> None:
        fields = {"command": "/log", "text": "5 calls", "user_id": RILEY, "team_id": workspace}
        assert (await running.signed(fields)).status == 200

    def remembered() -> int:
        gc.collect()
        return sum(type(each) is AuthorizeResult for each in gc.get_objects())

    await ask("T0")
    before = remembered()
    for number in range(10):
        await ask(f"T{number}")
    await running.settled()
    assert remembered() <= before + 1


def test_turns_of_workspaces_that_were_silent_longest_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "_KEPT", A_FEW)
    taken = Turns()
    taken.hold("T0", 100.0)
    for number in range(MOST_AT_ONCE):
        assert taken.take(("T1", f"U{number}"), 0.0, own=True)
    assert not taken.take(("T1", "U9"), 0.0, own=True)
    for number in range(2, 2 + A_FEW):
        taken.hold(f"T{number}", 100.0)
        assert taken.take((f"T1{number}", "U1"), 0.0, own=True)
    assert taken.take(("T0", "U1"), 0.0, own=True)
    assert taken.take(("T1", "UNEW"), 0.0, own=True)
