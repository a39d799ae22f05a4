"""What a demo leaves for the next one: its database, and beside it its Slack and its time."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sandbox import Sandbox
from sandbox.keeping import kept, restore


@dataclass(frozen=True, slots=True)
class Place:
    """Where a demo lives. `past` is what the demo before it left, None for a fresh one."""

    folder: Path
    past: dict[str, Any] | None = None

    @classmethod
    def at(cls, folder: Path) -> Self:
        """The place of kept demos. One that ended without leaving its Slack is begun anew."""
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return cls(folder, json.loads((folder / "demo.json").read_text(encoding="utf-8")))
        except FileNotFoundError:
            for left in folder.glob("demo.db*"):
                left.unlink()
            return cls(folder)

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'demo.db'}"

    @property
    def ended_at(self) -> datetime | None:
        """The demo's time when it was closed."""
        return datetime.fromisoformat(self.past["now"]) if self.past else None

    def restore(self, slack: Sandbox) -> None:
        """Puts the messages back."""
        if self.past:
            restore(slack.team(), self.past["slack"])

    def keep(self, slack: Sandbox, now: datetime) -> None:
        """Leaves messages and time for the next one."""
        left = {"now": now.isoformat(), "slack": kept(slack.team())}
        text = json.dumps(left, ensure_ascii=False)
        unfinished = self.folder / "demo.json.new"
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(self.folder / "demo.json")


@contextmanager
def place(folder: Path | None) -> Iterator[Place]:
    """The place in a folder that stays, or in one that is gone afterwards."""
    if folder is not None:
        yield Place.at(folder)
        return
    with tempfile.TemporaryDirectory(prefix="pacesetter-demo-") as passing:
        yield Place(Path(passing))
