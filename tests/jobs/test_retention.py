"""A workspace's history goes when the workspace says so, and no other workspace's does."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.session import Session
from bot.db.tables import metadata
from bot.services.retaining import keep_for, kept_from
from bot.settings import Settings
from bot.wiring import Wired, wired
from jobs.prune import prune
from tests.safety.twins import OTHER, Twins, make_twins
from tests.teams import WORKSPACE

NOW = datetime(2028, 3, 1, tzinfo=UTC)
GONE = {"entries", "interactions", "kept_totals", "kudos", "one_to_ones", "time_off"}


@pytest.fixture
def twins(database_url: str) -> Twins:
    return make_twins(database_url)


@pytest.fixture
async def bot(database_url: str, twins: Twins) -> AsyncIterator[Wired]:
    async with wired(Settings(database_url=database_url, _env_file=None)) as running:
        yield running


async def rows(bot: Wired, workspace_id: str) -> dict[str, list[Any]]:
    """All rows of a workspace, as the workspace's own transactions see them."""

    def work(session: Session) -> dict[str, list[Any]]:
        tables = (each for each in metadata.sorted_tables if "workspace_id" in each.c)
        return {
            table.name: sorted(map(tuple, session.connection.execute(select(table))), key=repr)
            for table in tables
        }

    return await bot.transactions.of(workspace_id).read(work)


async def keep(bot: Wired, years: int | None) -> None:
    await bot.transactions.everywhere.write(lambda s: keep_for(s, WORKSPACE, years, NOW))


async def test_everything_is_kept_where_nobody_says_otherwise(bot: Wired) -> None:
    before = await rows(bot, WORKSPACE)
    await prune(bot, NOW)
    after = await rows(bot, WORKSPACE)
    assert {name: after[name] for name in GONE} == {name: before[name] for name in GONE}


async def test_what_is_older_goes_and_the_other_workspaces_stays(bot: Wired) -> None:
    others = await rows(bot, OTHER)
    before = await rows(bot, WORKSPACE)
    await keep(bot, 1)
    await prune(bot, NOW)
    after = await rows(bot, WORKSPACE)
    changed = {name for name in before if before[name] != after[name]}
    assert {name for name in before if before[name] and not after[name]} >= GONE - {"time_off"}
    assert after["milestones"] == before["milestones"]
    assert "retention.changed" in str(after["audit"])
    assert changed <= {
        *GONE,
        "commitments",
        "deliveries",
        "handled_requests",
        "audit",
        "workspaces",
    }
    still = await rows(bot, OTHER)
    assert all(still[name] == others[name] != [] for name in GONE)


async def test_what_is_young_enough_stays(bot: Wired) -> None:
    before = await rows(bot, WORKSPACE)
    await keep(bot, 2)
    await prune(bot, NOW)
    assert (await rows(bot, WORKSPACE))["entries"] == before["entries"]
    await keep(bot, None)
    await prune(bot, NOW.replace(year=2040))
    assert (await rows(bot, WORKSPACE))["entries"] == before["entries"]


def test_whole_years_are_kept_and_the_present_one() -> None:
    assert str(kept_from(2, datetime(2028, 12, 31, tzinfo=UTC))) == "2026-01-01"
