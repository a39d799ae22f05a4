"""Writes that come in over a few turns of the loop wait for the disk together."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, insert

from bot.db.engine import make_engine
from bot.db.session import Session
from bot.db.tables import workspaces
from bot.db.transactions import make_transactions

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def adding(session: Session, workspace: str) -> None:
    row = {"id": workspace, "timezone": "UTC", "created_at": NOON}
    session.connection.execute(insert(workspaces), row)


@pytest.mark.parametrize("turns_between, commits", [(0, 1), (1, 1), (2, 1), (20, 4)])
async def test_calls_a_few_turns_apart_share_a_commit(
    sqlite_url: str, turns_between: int, commits: int
) -> None:
    engine = make_engine(sqlite_url)
    seen: list[object] = []
    event.listen(engine, "commit", seen.append)
    transactions = make_transactions(engine)

    async def call(number: int) -> None:
        for _ in range(number * turns_between):
            await asyncio.sleep(0)
        await transactions.everywhere.write(lambda session: adding(session, f"T{number}"))

    await asyncio.gather(*(call(number) for number in range(4)))
    assert len(seen) == commits
    await transactions.close()
