"""The demo's team on its stage, for tests."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.demo.scenario import SET_UP
from bot.demo.stage import Stage, SteeredClock, settings_for
from bot.demo.team import CHANNEL, EVERYBODY, PLAYBOOK, workspace
from bot.wiring import prepare_database
from sandbox import Message, Sandbox
from tests.patience import PATIENCE_S


class Movable(Stage):
    """A stage whose bot can come back on another database."""

    def continue_on(self, url: str) -> None:
        self._settings = settings_for(self.slack, url)


@asynccontextmanager
async def on_stage(database: Path) -> AsyncIterator[Movable]:
    """The bot with the team set up, beside a Slack that lives by the same clock."""
    url = f"sqlite:///{database}"
    prepare_database(url)
    clock = SteeredClock(SET_UP)
    async with Sandbox([workspace()], clock=clock.now).patient(PATIENCE_S) as slack:
        stage = Movable(slack, url, clock)
        await stage.start()
        try:
            await stage.apply(PLAYBOOK)
            yield stage
        finally:
            await stage.stop()


def everything_said(slack: Sandbox, places: Iterable[str] = ()) -> list[Message]:
    """The messages in the channel and in everybody's direct messages."""
    everywhere = [CHANNEL, *(each.user_id for each in EVERYBODY)]
    return [message for place in places or everywhere for message in slack.messages(place)]


def key_of(message: Message) -> str | None:
    """The occasion's key, as it travels in the message."""
    payload: dict[str, Any] = (message.metadata or {}).get("event_payload", {})
    return payload.get("key")
