"""A person at Slack: what they can do with the bot, and what they see."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from sandbox.acting import forms, payloads
from sandbox.acting.client import Client, Surface
from sandbox.acting.courier import Parcel
from sandbox.acting.entries import ENTRIES, entered
from sandbox.acting.reply import Reply
from sandbox.blocks import option_list
from sandbox.errors import JsonObject, NotPossible
from sandbox.message import Message
from sandbox.screens import View


class Person(Client):
    """Acts for one user. Raises NotPossible for what Slack's client would not let happen."""

    # What the person sees.

    @property
    def home(self) -> View | None:
        """The app's Home tab, once the bot has published it."""
        return self.team.screens.homes.get(self.id)

    @property
    def direct_channel(self) -> str:
        return self.team.direct(self.id).id

    def direct_messages(self) -> list[Message]:
        """The direct messages with the bot, oldest first."""
        return self.team.direct(self.id).live()

    def ephemerals(self) -> list[Message]:
        """Messages that only this person sees, oldest first."""
        mine = (m for m in self.team.ephemerals.values() if m.ephemeral_to == self.id)
        return [message for message in mine if not message.deleted]

    # What the person does.

    async def command(
        self, command: str, text: str = "", channel: str | None = None, *, thread: bool = False
    ) -> Reply:
        """Types a slash command in a channel, or in the direct messages with the bot."""
        if thread:
            raise NotPossible(f"{command} is not supported in threads")
        place = self._place(channel)
        ticket = self.team.tickets.response("commands", self.id, place.id)
        urls = (self._url(ticket), self.team.tickets.trigger(self.id))
        payload = payloads.command(self.team, self.user, place, (command, text), urls)
        reply = await self._deliver(Parcel("slash_commands", command, payload), ticket)
        self._show(ticket, reply)
        return reply

    async def press(
        self, where: Surface, action_id: str, value: Any = None, block_id: str | None = None
    ) -> Reply:
        """Uses an element: presses a button, chooses (`value`: an option's value, an id, a date,
        a list of them), enters text."""
        surface = self._current(where)
        block, element = forms.find(surface.blocks, action_id, block_id)
        state = entered(element, value) if element["type"] in ENTRIES else {}
        action = payloads.action(block, element, state, self.team.new_ts())
        if isinstance(surface, View):
            return await self._press_in_view(surface, block, action, state)
        return await self._press_in_message(surface, block, action, state)

    async def enter(
        self, where: Surface, action_id: str, value: Any = None, block_id: str | None = None
    ) -> None:
        """Fills in an input of a message; the bot hears of it with the next press there."""
        surface = self._current(where)
        block, element = forms.find(surface.blocks, action_id, block_id)
        if isinstance(surface, View) or element["type"] not in ENTRIES:
            raise NotPossible("only inputs of messages are filled in one by one")
        self._enter(surface, block, element["action_id"], entered(element, value))

    async def submit(
        self, view: View | Reply | None = None, values: forms.Filled | None = None
    ) -> Reply:
        """Fills in a modal (the open one by default) and submits it."""
        filled = forms.fill(self._open(view), values or {})
        forms.check_complete(filled)
        self.team.screens.replace(filled)
        trigger = self.team.tickets.trigger(self.id, filled.id)
        payload = payloads.interaction(self.team, "view_submission", self.user, trigger)
        payload.update(view=payloads.view_place(self.team, filled)["view"], response_urls=[])
        reply = await self._interact(payload)
        forms.apply_submission(self.team, filled, reply)
        return reply

    async def close(
        self, view: View | Reply | None = None, *, everything: bool = False
    ) -> Reply | None:
        """Closes a modal by its Cancel button, or with `everything` by the cross, which closes all
        that lie below too; the bot hears of it where the view (then the lowest one) asks for it.
        """
        shown = self._open(view)
        if everything:
            shown = self.team.screens.stacks[self.id][0]
        cleared = everything or bool(shown.body.get("clear_on_close"))
        self.team.screens.clear(self.id) if cleared else self.team.screens.close(shown)
        if not shown.body.get("notify_on_close"):
            return None
        payload = payloads.interaction(self.team, "view_closed", self.user)
        payload.update(view=self.team.view_as_api(shown), is_cleared=cleared)
        return await self._interact(payload)

    async def suggest(self, where: Surface, action_id: str, typed: str = "") -> list[JsonObject]:
        """Types into an external select; returns the options that the bot offers."""
        surface = self._current(where)
        block, _ = forms.find(surface.blocks, action_id)
        payload = payloads.interaction(self.team, "block_suggestion", self.user)
        named = {"block_id": block["block_id"], "action_id": action_id, "value": typed}
        reply = await self._interact({**payload, **named, **self._surface_place(surface)})
        if reply.error is not None or not isinstance(reply.body, dict):
            return []
        return option_list(reply.body)

    async def shortcut(self, callback_id: str) -> Reply:
        """Uses a global shortcut."""
        self._check_declared(callback_id, "global")
        trigger = self.team.tickets.trigger(self.id)
        payload = payloads.interaction(self.team, "shortcut", self.user, trigger)
        named = {"callback_id": callback_id, "action_ts": self.team.new_ts()}
        return await self._interact({**payload, **named})

    async def message_action(self, message: Message, callback_id: str) -> Reply:
        """Uses a shortcut of a message's menu; what only one person sees has none."""
        self._check_declared(callback_id, "message")
        if message.ephemeral_to or message.deleted:
            raise NotPossible("this message has no such menu")
        place = self._place(message.channel)
        ticket = self.team.tickets.response("actions", self.id, message.channel)
        trigger = self.team.tickets.trigger(self.id)
        payload = payloads.interaction(self.team, "message_action", self.user, trigger)
        payload.update(
            callback_id=callback_id,
            action_ts=self.team.new_ts(),
            response_url=self._url(ticket),
            message_ts=message.ts,
            message=message.as_api(metadata=True),
            channel=payloads.channel_of(place),
        )
        return await self._interact(payload, ticket)

    async def open_home(self, tab: str = "home") -> Reply:
        """Opens the app (`home` or `messages` tab)."""
        event: JsonObject = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.direct_channel,
            "tab": tab,
            "event_ts": self.team.new_ts(),
        }
        if tab == "home" and self.home is not None:
            event["view"] = self.team.view_as_api(self.home)
        return await self._event(event)

    async def say(
        self, text: str, channel: str | None = None, thread: str | None = None
    ) -> Message:
        """Writes a message; the bot hears of it where it subscribes to such messages."""
        place = self._place(channel)
        ts = self.team.new_ts()
        message = Message(
            ts, place.id, self.id, text, thread_ts=thread, team=self.team.id, client_msg_id=uuid()
        )
        self.team.store(message)
        await self._tell_of(place, {**message.as_api(), "event_ts": ts})
        return message

    async def change(self, message: Message, text: str) -> Message:
        """Edits a message of one's own."""
        before, place = self._own(message), self._place(message.channel)
        at = self.team.new_ts()
        after = self.team.store(before.with_content(at, text, ()))
        both = {"message": after.as_api(), "previous_message": before.as_api()}
        await self._tell_of(place, _hidden("message_changed", at, both))
        return after

    async def delete(self, message: Message) -> None:
        """Deletes a message of one's own."""
        before, place = self._own(message), self._place(message.channel)
        at = self.team.new_ts()
        self.team.store(replace(before, deleted=at))
        what = {"deleted_ts": before.ts, "previous_message": before.as_api()}
        await self._tell_of(place, _hidden("message_deleted", at, what))


def uuid() -> str:
    """A `client_msg_id`, by which Slack's clients know their own messages again."""
    return str(uuid4())


def _hidden(subtype: str, at: str, what: JsonObject) -> JsonObject:
    """A `message` event that tells of another message."""
    return {"type": "message", "subtype": subtype, "hidden": True, "ts": at, "event_ts": at, **what}
