"""Acting as a person through the control API."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.acting.courier import Courier
from sandbox.acting.events import Events
from sandbox.acting.person import Person
from sandbox.acting.reply import Reply
from sandbox.errors import JsonObject, NotPossible
from sandbox.message import Message
from sandbox.screens import View
from sandbox.team import Team
from sandbox.world import World


class Acting:
    """Each endpoint takes `user` and `workspace`? besides what it names itself."""

    def __init__(self, world: World, courier: Courier, events: Events) -> None:
        self.world = world
        self._courier = courier
        self._events = events

    def endpoints(self) -> dict[str, Callable[[JsonObject], Awaitable[Any]]]:
        return {
            "command": self.command,
            "press": self.press,
            "enter": self.enter,
            "submit": self.submit,
            "close": self.close,
            "suggest": self.suggest,
            "home": self.home,
            "say": self.say,
            "change": self.change,
            "delete": self.delete,
            "direct": self.direct,
            "shortcut": self.shortcut,
            "message-action": self.message_action,
            "event": self.event,
        }

    def person(self, asked: JsonObject) -> Person:
        team = self.world.team(asked.get("workspace"))
        return Person(team, asked["user"], self._courier, self._events)

    async def command(self, asked: JsonObject) -> Any:
        """`command`, `text`?, `channel`?"""
        person = self.person(asked)
        text, channel = asked.get("text", ""), asked.get("channel")
        return record(await person.command(asked["command"], text, channel))

    async def press(self, asked: JsonObject) -> Any:
        """`action_id`, `value`?, `block_id`?, and `channel` with `ts`, or `view_id`"""
        person = self.person(asked)
        where = surface(person.team, asked)
        pressed = person.press(where, asked["action_id"], asked.get("value"), asked.get("block_id"))
        return record(await pressed)

    async def enter(self, asked: JsonObject) -> Any:
        """As `press`, but the bot hears nothing of it yet"""
        person = self.person(asked)
        where = surface(person.team, asked)
        await person.enter(where, asked["action_id"], asked.get("value"), asked.get("block_id"))
        return {"ok": True}

    async def submit(self, asked: JsonObject) -> Any:
        """`values`? (`{block: {action: value}}`), `view_id`? (the modal on top)"""
        person = self.person(asked)
        view = person.team.screens.find(asked["view_id"]) if asked.get("view_id") else None
        return record(await person.submit(view, asked.get("values")))

    async def close(self, asked: JsonObject) -> Any:
        """`view_id`? (the modal on top), `everything`? (all that lie below it too)"""
        person = self.person(asked)
        view = person.team.screens.find(asked["view_id"]) if asked.get("view_id") else None
        reply = await person.close(view, everything=bool(asked.get("everything")))
        return {"ok": True} if reply is None else record(reply)

    async def suggest(self, asked: JsonObject) -> Any:
        """`action_id`, `typed`?, and `channel` with `ts`, or `view_id`"""
        person = self.person(asked)
        where = surface(person.team, asked)
        return await person.suggest(where, asked["action_id"], asked.get("typed", ""))

    async def home(self, asked: JsonObject) -> Any:
        """`tab`?: opens the app"""
        return record(await self.person(asked).open_home(asked.get("tab", "home")))

    async def say(self, asked: JsonObject) -> Any:
        """`text`, `channel`?, `thread`?"""
        person = self.person(asked)
        said = await person.say(asked["text"], asked.get("channel"), asked.get("thread"))
        return said.as_record()

    async def change(self, asked: JsonObject) -> Any:
        """`channel`, `ts`, `text`: edits a message of one's own"""
        person = self.person(asked)
        return (await person.change(_message(person.team, asked), asked["text"])).as_record()

    async def delete(self, asked: JsonObject) -> Any:
        """`channel`, `ts`: deletes a message of one's own"""
        person = self.person(asked)
        await person.delete(_message(person.team, asked))
        return {"ok": True}

    async def direct(self, asked: JsonObject) -> Any:
        """`with`: the direct messages with somebody, opened when they are not yet"""
        person = self.person(asked)
        return {"channel": person.team.between(person.id, asked["with"]).id}

    async def shortcut(self, asked: JsonObject) -> Any:
        """`callback_id`"""
        return record(await self.person(asked).shortcut(asked["callback_id"]))

    async def message_action(self, asked: JsonObject) -> Any:
        """`callback_id`, and `channel` with `ts`"""
        person = self.person(asked)
        message = _message(person.team, asked)
        return record(await person.message_action(message, asked["callback_id"]))

    async def event(self, asked: JsonObject) -> Any:
        """`event` (with its `type`): anything that Slack might send"""
        team = self.world.team(asked.get("workspace"))
        answer = await self._events.send(team, asked["event"])
        return {"status": answer.status, "error": answer.error, "elapsed": answer.elapsed}


def surface(team: Team, asked: JsonObject) -> Message | View:
    """The message or view that a request names. Raises NotPossible."""
    if asked.get("view_id"):
        return team.screens.find(asked["view_id"])
    channel, ts = asked["channel"], asked["ts"]
    found = team.conversations[channel].messages.get(ts) or team.ephemeral(channel, ts)
    if found is None:
        raise NotPossible("there is no such message")
    return found


def _message(team: Team, asked: JsonObject) -> Message:
    found = surface(team, asked)
    if not isinstance(found, Message):
        raise NotPossible("only messages have such a menu")
    return found


def record(reply: Reply) -> JsonObject:
    """A reply as JSON."""
    modal = reply.modal
    return {
        "status": reply.status,
        "body": reply.body,
        "elapsed": reply.elapsed,
        "error": reply.error,
        "detail": reply.detail,
        "errors": reply.errors,
        "closed": reply.closed,
        "messages": [message.as_record() for message in reply.messages],
        "modal": reply.team.view_as_api(modal) if modal else None,
    }
