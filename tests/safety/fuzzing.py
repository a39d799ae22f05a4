"""Rounds of mutated requests, and what must be true after each."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import select

from bot.db.tables import people
from tests.handlers.conftest import Running
from tests.safety.mutations import Body, Mutator
from tests.safety.rights import Rows, all_rows, logged, trespasses
from tests.safety.twins import NADIA, NOAH, OTHER, Twins
from tests.teams import ALEX, MORGAN, RILEY, WORKSPACE

TOGETHER = 20
ROUND = 500
OUTSIDERS = (ALEX, NOAH, "U77NOBODY")
"""A rep of the same team, one of another team, and nobody: they may change their own alone."""
LEADERS = (MORGAN, NADIA, RILEY)
"""They may change a lot in their workspace, and nothing in the other one."""


@dataclass(frozen=True)
class Fuzz:
    """A bot, and requests like those that it has been sent."""

    running: Running
    twins: Twins
    real: list[Body]
    random: Random

    async def send(self, requests: int) -> None:
        """Raises AssertionError for a 5xx, an accident in the log, or a row that was changed by
        somebody who may not."""
        rows = [*range(1, 12), *(ids[0] for ids in self.twins.ids.values() if ids)]
        outsiders, leaders = (Mutator(self.real, who, rows) for who in (OUTSIDERS, LEADERS))
        for start in range(0, requests, 2 * ROUND):
            count = min(ROUND, -(-(requests - start) // 2))
            before = all_rows(self.running.bot.engine)
            await self._round(outsiders, count)
            between = all_rows(self.running.bot.engine)
            found = trespasses(before, between, await self._actors(before))
            assert found == [], "\n".join(found)
            await self._round(leaders, count)
            after = all_rows(self.running.bot.engine)
            assert _of_the_other(between) == _of_the_other(after)

    async def _round(self, made: Mutator, count: int) -> None:
        with logged() as log:
            for _ in range(0, count, TOGETHER):
                requests = [made.request(self.random) for _ in range(TOGETHER)]
                statuses = await asyncio.gather(*map(self._status, requests))
                for request, status in zip(requests, statuses, strict=True):
                    assert status < 500, (status, json.dumps(request))
                assert log.accidents == [], f"{log.accidents} after {json.dumps(requests)}"
            await self.running.settled()
        assert log.accidents == [], f"{log.accidents} in what was done later"

    async def _status(self, fields: dict[str, Any]) -> int:
        content = json.dumps(fields[""]) if "" in fields else None
        return (await self.running.signed(fields, content)).status

    async def _actors(self, before: Rows) -> frozenset[object]:
        """Their ids before and now: who erases oneself and logs again is somebody new."""
        mine = people.c.workspace_id == WORKSPACE, people.c.user_id.in_(OUTSIDERS)
        rows = await self.running.rows(select(people.c.id).where(*mine))
        were = (row["id"] for row in before["people"].values() if _is_outsider(row))
        return frozenset([*OUTSIDERS, *were, *(row.id for row in rows)])


def _is_outsider(row: Mapping[str, Any]) -> bool:
    return row["workspace_id"] == WORKSPACE and row["user_id"] in OUTSIDERS


def _of_the_other(rows: Rows) -> list[Any]:
    return [
        row for each in rows.values() for row in each.values() if OTHER in map(str, row.values())
    ]
