"""A running fortnight is moved from SQLite to PostgreSQL in its middle, while the bot is down.

Everything then goes on as if nothing had been: the same diary, each message once, no entry lost.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.db.engine import make_engine
from bot.demo.play import Play, Scene, Stood
from bot.demo.scenario import OVER, steps
from sandbox import Message
from tests.end_to_end.diary import diary, expected_days
from tests.end_to_end.running import Surroundings
from tests.end_to_end.staging import everything_said, key_of, on_stage


@dataclass
class Moved:
    """What happened on both databases, what Slack holds, and what the move said."""

    old: str
    new: str
    folder: Path
    scenes: list[Scene] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    rows_moved: int = 0

    def move(self) -> None:
        command_line = Surroundings(self.folder, {"DATABASE_URL": self.old})
        self.rows_moved = command_line.json("move", "--to", self.new)["rows"]

    def rows(self, query: str) -> list[Any]:
        engine = make_engine(self.new)
        with engine.connect() as connection:
            found = list(connection.execute(text(query)))
        engine.dispose()
        return found


@pytest.fixture
def fortnight(tmp_path: Path, new_postgresql: Callable[[str], str]) -> Moved:
    file = tmp_path / "bot.db"
    happened = Moved(f"sqlite:///{file}", new_postgresql("template0"), tmp_path)

    async def play() -> None:
        async with on_stage(file) as stage:
            async for scene in Play(stage, steps(), OVER).scenes():
                happened.scenes.append(scene)
                if isinstance(scene, Stood) and not scene.up:
                    await asyncio.to_thread(happened.move)
                    stage.continue_on(happened.new)
            happened.messages = everything_said(stage.slack)

    asyncio.run(play())
    return happened


def test_a_fortnight_that_is_moved_in_its_middle_goes_on_as_if_nothing_had_been(
    fortnight: Moved,
) -> None:
    assert fortnight.rows_moved > 100
    told = {
        row.key: row.payload["milestones"]
        for row in fortnight.rows("SELECT key, payload FROM deliveries WHERE key LIKE 'roundup:%'")
    }
    indicators = {str(row[0]): row[1] for row in fortnight.rows("SELECT id, name FROM indicators")}
    assert diary(fortnight.scenes, told, indicators) == expected_days()

    keys = Counter(key_of(message) for message in fortnight.messages)
    assert set(keys.values()) == {1}
    planned = {row[0] for row in fortnight.rows("SELECT key FROM deliveries WHERE state = 'sent'")}
    assert {key for key in keys if key is not None} <= planned
