"""The demo from beginning to end: sandbox, database, bot, fortnight."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.demo.play import Play
from bot.demo.scenario import OVER, SET_UP, steps
from bot.demo.show import Reader
from bot.demo.stage import Stage, SteeredClock
from bot.demo.team import PLAYBOOK, workspace
from bot.wiring import prepare_database
from sandbox import Sandbox


async def run_demo(say: Callable[[str], None], port: int = 0) -> None:
    """Plays the fortnight and says it line by line; `port` is the sandbox's, 0 takes a free one.

    Keeps nothing. Raises OSError where the port is taken.
    """
    with tempfile.TemporaryDirectory(prefix="pacesetter-demo-") as folder:
        url = f"sqlite:///{Path(folder) / 'demo.db'}"
        prepare_database(url)
        clock = SteeredClock(SET_UP)
        async with Sandbox([workspace()], clock=clock.now, port=port) as slack:
            say(f"A local stand-in for Slack: {slack.api_url}")
            say("A fortnight of Harbour, a team of eight in London, New York and Auckland:")
            stage = Stage(slack, url, clock)
            await stage.start()
            try:
                await stage.apply(PLAYBOOK)
                reader = Reader()
                async for scene in Play(stage, steps(), OVER).scenes():
                    for line in reader.lines(scene):
                        say(line)
            finally:
                await stage.stop()
