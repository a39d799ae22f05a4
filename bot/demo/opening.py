"""The demo from start to end: each step is said as it is taken; then the page, until stopped."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.demo.clock import DemoClock
from bot.demo.controls import host
from bot.demo.kept import place
from bot.demo.live import LiveBot, live_bot
from bot.demo.sample import workspace
from bot.demo.steering import Steering
from bot.demo.team import LONDON
from bot.demo.workdays import OPENS_ON, SET_UP_ON
from bot.wiring import prepare_database
from sandbox import Sandbox

USUAL_PORT: Final = 8300
_LONDON = ZoneInfo(LONDON)
SET_UP: Final = datetime.combine(SET_UP_ON, time(8, 55), _LONDON).astimezone(UTC)
"""The bot lives through that Friday: the page opens on its messages, not on an empty channel."""
OPENS: Final = datetime.combine(OPENS_ON, time(8, 45), _LONDON).astimezone(UTC)

Say = Callable[[str], None]


@asynccontextmanager
async def opened(
    say: Say, port: int | None = None, folder: Path | None = None
) -> AsyncIterator[LiveBot]:
    """The demo, open. `port` is the page's; None takes the usual one, or any where that is taken.

    With a `folder` it goes on there where it ended before, otherwise it begins anew and leaves
    nothing. Raises OSError where the port that was asked for is taken.
    """
    with place(folder) as home:
        say("Preparing the database …")
        prepare_database(home.url)
        say("Starting a local stand-in for Slack …")
        clock = DemoClock(home.ended_at or SET_UP)
        slack = await _listening(clock, port)
        try:
            home.restore(slack)
            say("Starting the bot …")
            async with live_bot(slack, home.url, clock) as bot:
                if home.past is None:
                    await _brought_to_life(bot, say)
                bot.slack.host_program = host(Steering(bot), clock.now)
                await bot.engine.start()
                yield bot
            if folder is not None:
                home.keep(slack, clock.now())
        finally:
            await slack.stop()


async def run(
    say: Say, show: Say, stop: asyncio.Event, port: int | None, folder: Path | None
) -> None:
    """Opens the demo, shows its page, and closes it when `stop` is set."""
    async with opened(say, port, folder) as bot:
        say("")
        say(f"Pacesetter’s demo is at {bot.slack.page_url}")
        say("Nothing leaves this machine. Ctrl-C ends it.")
        show(bot.slack.page_url)
        await stop.wait()
        say("Stopping …")
    if folder is not None:
        say(f"Kept in {folder}.")


async def _listening(clock: DemoClock, port: int | None) -> Sandbox:
    try:
        return await _sandbox(clock, USUAL_PORT if port is None else port).start()
    except OSError:
        if port is not None:
            raise
    return await _sandbox(clock, 0).start()


def _sandbox(clock: DemoClock, port: int) -> Sandbox:
    return Sandbox([workspace()], clock=clock.now, port=port)


async def _brought_to_life(bot: LiveBot, say: Say) -> None:
    """A team with a past, and the weekend's messages in its Slack."""
    say("Setting up Harbour, a team of seven …")
    await bot.set_up()
    entries = await bot.remember()
    say(f"Remembering eight weeks: {entries} entries.")
    await bot.talk()
    await Steering(bot).to(OPENS, lambda _: None)
    say("It is Monday, 8:45. Friday’s good news, the week’s recap and Morgan’s digest are out.")
