"""Plays a scenario step by step and tells what came of it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.scenario import Step
from bot.demo.stage import Stage
from bot.demo.team import Cast
from sandbox import Exchange, Message, Person, Reply, Sandbox

TICK = timedelta(minutes=30)
"""How often the clock plans here. All that is due in the demo is due on a half hour."""
_OUTGOING = {"chat.postMessage": "posted", "chat.update": "changed", "chat.delete": "removed"}


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody did something; what they read in answer, or the error that Slack shows."""

    at: datetime
    who: Cast
    did: str
    answer: str
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Wrote:
    """The bot wrote of itself, in a channel or to a person: posted, changed or removed."""

    at: datetime
    how: str
    to: str
    text: str
    key: str | None


@dataclass(frozen=True, slots=True)
class Stood:
    """The bot went down, or came back."""

    at: datetime
    up: bool


Scene = Answered | Wrote | Stood


class Listener:
    """Hears what the bot writes of itself."""

    def __init__(self, slack: Sandbox) -> None:
        self._slack = slack
        self._heard = 0

    def written(self) -> Iterator[Wrote]:
        """What the bot wrote since the last look."""
        for exchange in self._slack.world.journal.exchanges(self._heard):
            self._heard = exchange.number
            if exchange.to == "slack" and exchange.method in _OUTGOING and exchange.ok:
                yield self._wrote(exchange)

    def _wrote(self, exchange: Exchange) -> Wrote:
        conversation = self._slack.team().conversations[exchange.body["channel"]]
        bot = self._slack.team().seed.bot_user_id
        person = next(iter(conversation.members - {bot}))
        to = person if conversation.is_direct else conversation.id
        payload = (exchange.body.get("metadata") or {}).get("event_payload", {})
        how, text = _OUTGOING[exchange.method], exchange.body.get("text", "")
        return Wrote(exchange.at, how, to, text, payload.get("key"))


class Play:
    """A scenario on a stage; `over` is the instant at which it ends."""

    def __init__(self, stage: Stage, steps: Iterator[Step], over: datetime) -> None:
        self._stage = stage
        self._steps = steps
        self._over = over
        self._listener = Listener(stage.slack)
        self._read: dict[str, Reply] = {}

    async def scenes(self) -> AsyncIterator[Scene]:
        """Everything that happens, in the order of time."""
        for step in self._steps:
            async for scene in self._clock_runs_to(step.at):
                yield scene
            yield await self._happens(step)
            await self._stage.settled()
            for scene in self._listener.written():
                yield scene
        async for scene in self._clock_runs_to(self._over):
            yield scene

    async def _clock_runs_to(self, instant: datetime) -> AsyncIterator[Scene]:
        """Each tick up to the instant, that of the instant itself before what people do then."""
        clock = self._stage.clock
        while (ahead := _next_tick(clock.now())) <= instant:
            clock.move_to(ahead)
            await self._stage.plan()
            for scene in self._listener.written():
                yield scene
        clock.move_to(instant)

    async def _happens(self, step: Step) -> Scene:
        if step.who is not None:
            return await self._does(step.who, step)
        up = "back" in step.does
        if not up:
            await self._stage.stop()
            return Stood(step.at, up)
        await self._stage.start()
        await self._stage.plan()
        return Stood(step.at, up)

    async def _does(self, who: Cast, step: Step) -> Answered:
        person = self._stage.slack.person(who.user_id)
        verb, _, rest = step.does.partition(" ")
        if verb.startswith("/"):
            reply = await person.command(verb, rest)
            self._read[who.user_id] = reply
        else:
            reply = await person.press(*self._found(person, rest))
        await self._stage.settled()
        return Answered(step.at, who, step.does, reply.text, reply.error)

    def _found(self, person: Person, label: str) -> tuple[Message, str, str | None]:
        """The button or the choice with this label, in what the person read last."""
        last = self._read.get(person.id)
        shown = [*person.direct_messages(), *(last.messages if last else ())]
        for message in reversed(shown):
            for known, action_id, value in _labels(message):
                if known == label:
                    return message, action_id, value
        raise LookupError(f"{person.id} sees no {label!r}")


def _labels(message: Message) -> Iterator[tuple[str, str, str | None]]:
    """What can be pressed or chosen: its label, its action id, and the value of a choice."""
    for block in message.blocks:
        for element in block["elements"] if block["type"] == "actions" else ():
            if element["type"] == "button":
                yield element["text"]["text"], element["action_id"], None
            for option in element.get("options", ()):
                yield option["text"]["text"], element["action_id"], option["value"]


def _next_tick(now: datetime) -> datetime:
    """The first full or half hour after an instant."""
    passed = timedelta(minutes=now.minute % 30, seconds=now.second, microseconds=now.microsecond)
    return now - passed + TICK
