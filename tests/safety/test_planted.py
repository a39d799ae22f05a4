"""The fuzz sees what is wrong: bugs are planted in a handle, and it tells of them (issue 7)."""

from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

import pytest
import structlog
from sqlalchemy import update

from bot.db.tables import people
from bot.domain.errors import NotSaved
from handlers.feature import Feature
from handlers.features.kudos import Kudos
from handlers.features.leaving import Leaving
from tests.handlers.conftest import Running, running_bot
from tests.safety.fuzzing import TOGETHER, Fuzz
from tests.safety.mutations import Body
from tests.safety.twins import OTHER, Twins
from tests.teams import SAM, WORKSPACE

KUDOS: Body = {"command": "/kudos", "text": "<@U04ALEX> for the turnaround"}
REMOVED: Body = {"type": "event_callback", "event": {"type": "app_uninstalled"}}
Bug = Callable[[Running], Awaitable[None]]


async def _nothing(_running: Running) -> None:
    """No bug: then the fuzz must say nothing."""


async def _raises(_running: Running) -> None:
    raise ZeroDivisionError


async def _logs(_running: Running) -> None:
    structlog.get_logger().error("nobody has thought of this")


async def _fails_later(running: Running) -> None:
    running.background.start(_raises(running))


async def _is_not_saved(_running: Running) -> None:
    raise NotSaved


async def _renames_a_colleague(running: Running) -> None:
    await _rename(running, WORKSPACE)


async def _renames_somebody_elsewhere(running: Running) -> None:
    await _rename(running, OTHER)


async def _rename(running: Running, workspace_id: str) -> None:
    whose = people.c.workspace_id == workspace_id, people.c.user_id == SAM
    await running.bot.transactions.everywhere.write(
        lambda s: s.connection.execute(update(people).where(*whose).values(name="Planted"))
    )


async def _fuzzed(
    monkeypatch: pytest.MonkeyPatch, database_url: str, twins: Twins, bug: Bug, feature: str
) -> None:
    """Sends mutated requests to a bot that has the bug in `/kudos`, or where an app is removed."""
    there: list[Running] = []

    async def broken(*_: Any) -> None:
        await bug(there[0])

    monkeypatch.setattr(Kudos, "feature", lambda _: Feature(commands={"/kudos": broken}))
    if feature == "event":
        hears = Feature(events={"app_uninstalled": broken})
        monkeypatch.setattr(Leaving, "feature", lambda _: hears)
    async with running_bot(database_url, twins.own) as running:
        there.append(running)
        body = KUDOS if feature == "command" else REMOVED
        await Fuzz(running, twins, [body], Random(7)).send(2 * TOGETHER)


@pytest.mark.parametrize(
    "bug, feature, told",
    [
        (_raises, "command", "request failed"),
        (_logs, "command", "nobody has thought of this"),
        (_fails_later, "command", "Task exception was never retrieved"),
        (_is_not_saved, "event", "503"),
        (_renames_a_colleague, "command", "Planted"),
        (_renames_somebody_elsewhere, "command", "Planted"),
    ],
)
async def test_the_fuzz_tells_of_a_bug_that_was_planted(
    monkeypatch: pytest.MonkeyPatch,
    database_url: str,
    twins: Twins,
    bug: Bug,
    feature: str,
    told: str,
) -> None:
    with pytest.raises(AssertionError, match=told):
        await _fuzzed(monkeypatch, database_url, twins, bug, feature)


@pytest.mark.parametrize("feature", ["command", "event"])
async def test_the_fuzz_says_nothing_where_there_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, database_url: str, twins: Twins, feature: str
) -> None:
    await _fuzzed(monkeypatch, database_url, twins, _nothing, feature)
