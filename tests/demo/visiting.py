"""What somebody at the demo's page does, and sees."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from bot.demo.live import LiveBot
from bot.demo.team import LONDON


def silently(_: str) -> None:
    """For progress lines that nobody reads."""


def london(words: str) -> datetime:
    """The instant of "2026-11-16 08:45" in London."""
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(LONDON))


async def press(demo: LiveBot, control: str, chosen: date | None = None) -> list[str]:
    """Presses one of the time bar's buttons as the page does; the lines that it shows."""
    ran = await ask(demo, "run", control=control, date=chosen.isoformat() if chosen else None)
    assert ran["over"]
    return list(ran["lines"])


async def ask(demo: LiveBot, endpoint: str, **asked: object) -> Any:
    """The answer of one of the page's endpoints."""
    url = f"{demo.slack.page_url}_sandbox/{endpoint}"
    async with aiohttp.ClientSession() as browser, browser.post(url, json=asked) as response:
        return await response.json()


def keys(demo: LiveBot, place: str) -> list[str]:
    """What the messages of a channel, or of a person's direct messages, are about.

    What goes on in a message's thread is about the same.
    """
    payloads = [
        (each.metadata or {}).get("event_payload", {}) for each in demo.slack.messages(place)
    ]
    told = [str(payload.get("key", "")) for payload in payloads]
    return [key for key in told if "#part" not in key]
