"""A workspace where nothing has been set up, and somebody who goes through the guided set-up."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import SecretStr

from bot.services.playbooks.stored import stored_playbook
from bot.settings import Settings
from bot.slack.pace import Pace
from bot.wiring import Wired, wired
from handlers.app import build_app
from handlers.background import Background
from handlers.http import SlackEvents
from jobs.greeting import greet
from jobs.tick import Outcome, tick
from jobs.writers import all_writers
from sandbox import Channel, Person, Sandbox, User, Workspace
from sandbox.acting.reply import Reply
from sandbox.message import Message
from sandbox.screens import View
from tests.handlers.conftest import NOON, STRANGER, HandClock, serving
from tests.patience import PATIENCE_S
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE

WEST = "C01WEST"
BOT = "U08ROBOT"
NO_WAITING = Pace(per_second=0, per_minute=0, opens_per_minute=0)
TYPED = frozenset({"plain_text_input"})


def a_new_slack() -> Workspace:
    """Morgan owns it; Sam is one of its admins; the bot isn't in the channel yet."""
    people = (
        User(MORGAN, "morgan", "Morgan", is_primary_owner=True),
        User(RILEY, "riley", "Riley"),
        User(SAM, "sam", "Sam", tz="America/New_York", is_admin=True),
        User(ALEX, "alex", "Alex", tz="Asia/Kolkata"),
        User(STRANGER, "stranger", "Stranger"),
        User(BOT, "robot", "Robot", is_bot=True),
    )
    members = tuple(person.id for person in people)
    return Workspace(
        WORKSPACE,
        name="Acme Ltd",
        users=people,
        channels=(Channel(WEST, "west", members, has_bot=False),),
    )


@dataclass
class Newly:
    """A bot that has just been installed, and its Slack."""

    slack: Sandbox
    bot: Wired
    clock: HandClock
    background: Background
    woken: list[str] = field(default_factory=list)

    def person(self, user_id: str = MORGAN) -> Person:
        person: Person = self.slack.person(user_id)
        return person

    async def greet(self) -> None:
        await greet(self.bot, self.woken.append)

    async def tick(self, at: datetime | None = None) -> list[Outcome]:
        if at is not None:
            self.clock.instant = at
        return await tick(self.clock.now(), self.bot, all_writers())

    async def playbook(self) -> Any:
        return await self.bot.transactions.of(WORKSPACE).read(
            lambda s: stored_playbook(s, WORKSPACE)
        )

    async def rows(self, query: Any) -> list[Any]:
        return await self.bot.transactions.everywhere.read(
            lambda s: list(s.connection.execute(query))
        )

    async def welcomed(self) -> Message:
        """Morgan's first message."""
        await self.greet()
        await self.tick()
        return self.person().direct_messages()[-1]


@asynccontextmanager
async def newly_installed(database_url: str) -> AsyncIterator[Newly]:
    """The bot on an empty database."""
    clock, background = HandClock(NOON), Background()
    async with Sandbox([a_new_slack()], rate_limits=False).patient(PATIENCE_S) as slack:
        seed = slack.team(WORKSPACE).seed
        settings = Settings(
            database_url=database_url,
            slack_bot_token=SecretStr(seed.bot_token),
            slack_signing_secret=SecretStr(seed.signing_secret),
            slack_api_url=slack.api_url,
            _env_file=None,
        )
        async with wired(settings, clock=clock, pace=NO_WAITING) as bot:
            newly = Newly(slack, bot, clock, background)
            app = build_app(bot, newly.woken.append, background)
            async with serving(SlackEvents(app, seed.signing_secret, bot.metrics)) as url:
                slack.request_url = url
                yield newly
                await background.finish()


@dataclass
class Guided:
    """Somebody in the set-up, with what it took: presses and choices, and words typed."""

    person: Person
    interactions: int = 0
    words: int = 0

    @property
    def view(self) -> View:
        assert self.person.modal is not None
        return self.person.modal

    @property
    def place(self) -> str:
        """Which place is open, by its metadata."""
        return self.view.private_metadata.partition('"place": "')[2].rstrip('"}')

    async def presses(self, where: Any, action: str) -> Reply:
        self.interactions += 1
        return await self.person.press(where, action)

    async def back(self, **typed: Any) -> None:
        """Types, and then goes back."""
        for block, value in typed.items():
            self._enter(block, value)
        await self.presses(self.view, "setup_back")

    async def next(self, filled: Mapping[str, Any] | None = None) -> Reply:
        """Fills fields in by their names, and submits."""
        for field_name, value in (filled or {}).items():
            self._count(field_name, value)
        self.interactions += 1
        values = {name: {"value": value} for name, value in (filled or {}).items()}
        return await self.person.submit(values=values)

    async def passes(self, filled: Mapping[str, Any] | None = None) -> None:
        """The same, where nothing is wrong."""
        sent = await self.next(filled)
        assert not sent.errors, sent.errors

    def shown(self, block_id: str) -> Any:
        """What a field starts with."""
        [block] = [each for each in self.view.blocks if each.get("block_id") == block_id]
        element = block["element"]
        starts = [value for name, value in element.items() if name.startswith("initial_")]
        return starts[0] if starts else None

    def says(self) -> str:
        """All that the modal says, in one text."""
        return " ".join(_texts(self.view.blocks))

    def _enter(self, block: str, value: str) -> None:
        view = self.view
        state = {"type": "plain_text_input", "value": value}
        values = {**view.values, block: {"value": state}}
        screens = self.person.team.screens
        screens.replace(View(**{**_parts(view), "values": values}))

    def _count(self, block_id: str, value: Any) -> None:
        """A click into a field and its words; a click that opens a list, and one for each choice;
        one click for a radio button."""
        [block] = [each for each in self.view.blocks if each.get("block_id") == block_id]
        kind = block["element"]["type"]
        chosen = value if isinstance(value, list) else [value]
        if kind in TYPED:
            self.words += len(str(value).split())
        self.interactions += 1 if kind in TYPED | {"radio_buttons"} else 1 + len(chosen)


def _parts(view: View) -> dict[str, Any]:
    return {name: getattr(view, name) for name in View.__dataclass_fields__}


def _texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in _texts(value)]
    if isinstance(part, list):
        return [text for each in part for text in _texts(each)]
    return []
