"""Somebody who presses whatever is shown and sends whatever opens, so that Slack's real requests
of every kind are there to be mutated."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sandbox import Person
from sandbox.acting.entries import ENTRIES, initial, is_empty, offered
from sandbox.blocks import elements_of
from sandbox.errors import NotPossible, SlackError
from sandbox.screens import View
from tests.handlers.conftest import Running
from tests.teams import ALEX

_OFTEN = 1
"""How many elements of one kind are pressed in one kind of place."""
_DEEP = 6
_AGAIN = 60
_GIVEN: dict[str, Any] = {
    "users_select": ALEX,
    "multi_users_select": [ALEX],
    "channels_select": "C01WEST",
    "conversations_select": "C01WEST",
    "multi_channels_select": ["C01WEST"],
    "multi_conversations_select": ["C01WEST"],
    "datepicker": "2026-11-18",
    "timepicker": "15:00",
    "number_input": "3",
    "plain_text_input": "3",
}


@dataclass
class Crawler:
    """One person, and how often each kind of element has been pressed."""

    running: Running
    person: Person
    pressed: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def type(self, command: str, text: str) -> None:
        """Sends a command, and presses what it answers: again, as long as there is more to press
        (a page that has changed doesn't come back by itself)."""
        for _ in range(_AGAIN):
            before = self.pressed.total()
            reply = await self.person.command(command, text)
            await self.done()
            for message in reply.messages:
                await self._press_all(message)
            await self._modal()
            if self.pressed.total() == before:
                break

    async def done(self) -> None:
        """After each thing that was done."""
        await self.running.settled()

    async def look_around(self) -> None:
        """Presses what Home and the direct messages show."""
        await self.person.open_home()
        await self.done()
        if self.person.home is not None:
            await self._press_all(self.person.home)
        for message in self.person.direct_messages():
            await self._press_all(message)

    async def _press_all(self, where: Any, deep: int = 0) -> None:
        blocks = list(where.blocks)
        for block, element in _elements(blocks):
            place = str(getattr(where, "body", {}).get("callback_id", ""))
            value = _chosen(element)
            kind = (place, f"{element['action_id'].split(':')[0]} {_page(element, value)}")
            if self.pressed[kind] >= _OFTEN or block["type"] == "input":
                continue
            with suppress(NotPossible, SlackError):
                await self.person.press(where, element["action_id"], value, block["block_id"])
                self.pressed[kind] += 1
                await self.done()
                if deep < _DEEP:
                    await self._modal(deep + 1)

    async def _modal(self, deep: int = 0) -> None:
        """Presses what an open modal offers, sends it, and closes what is left."""
        with suppress(NotPossible, SlackError):
            if (view := self.person.modal) is not None:
                await self._press_all(view, deep)
        with suppress(NotPossible, SlackError):
            if (view := self.person.modal) is not None:
                await self.person.submit(view, _filled(view))
                await self.done()
        with suppress(NotPossible, SlackError):
            if self.person.modal is not None:
                await self.person.close(everything=True)


def _elements(blocks: list[Any]) -> Iterator[tuple[Any, Any]]:
    for block in blocks:
        for _, element in elements_of(block):
            if element.get("action_id") and "url" not in element:
                yield block, element


def _chosen(element: Any) -> Any:
    """What is chosen there; None for a button."""
    if element["type"] not in ENTRIES:
        return None
    options = offered(element)
    if options:
        chosen = options[-1]["value"]
        return [chosen] if ENTRIES[element["type"]].shape == "options" else chosen
    return _GIVEN.get(element["type"])


def _page(element: Any, value: Any) -> str:
    """Where a button of `/coach` leads; others of a name are alike."""
    said = value if isinstance(value, str) else element.get("value") or ""
    return said.split("|")[0] if "|" in said else ""


def _filled(view: View) -> dict[str, dict[str, Any]]:
    """Each input that nothing stands in yet, filled in."""
    return {
        block["block_id"]: {element["action_id"]: _chosen(element)}
        for block, element in _elements(view.blocks)
        if block["type"] == "input" and is_empty(initial(element))
    }
