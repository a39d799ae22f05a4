"""A process that answers `/log` alone, and then something else: says what each has it load."""

import asyncio
import json
import sys
from typing import Any, Final

from tests.handlers.conftest import running_bot

LINES: Final = ("", "5 calls", "1 demo with Acme yesterday", "undo", "list", "help", "3 cals")
NO_MATTER: Final[Any] = None
"""Which team it is, of which nothing is asked here."""


def main(database_url: str) -> None:
    """Prints two lists: the packages after the last `/log`, and those at the end."""
    after_log: list[str] = []

    async def answer() -> None:
        async with running_bot(database_url, NO_MATTER) as running:
            riley = running.person()
            for line in LINES:
                await riley.command("/log", line)
            await running.settled()
            after_log.extend(loaded())
            await riley.command("/pace")

    asyncio.run(answer())  # and whatever is being loaded in a thread
    json.dump([after_log, loaded()], sys.stdout)


def loaded() -> list[str]:
    return sorted({name.partition(".")[0] for name in sys.modules})


if __name__ == "__main__":
    main(sys.argv[1])
