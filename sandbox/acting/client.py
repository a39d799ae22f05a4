"""Slack's client in one person's hands: builds what they do into requests and shows the answers."""

from sandbox.acting import forms, payloads
from sandbox.acting.answers import say
from sandbox.acting.courier import Courier, Parcel
from sandbox.acting.entries import ENTRIES, merged
from sandbox.acting.events import Events
from sandbox.acting.reply import Reply, reply_from
from sandbox.errors import JsonObject, NotPossible, SlackError
from sandbox.message import Message
from sandbox.screens import View
from sandbox.team import Conversation, Team
from sandbox.tickets import ResponseUrl
from sandbox.workspace import User

Surface = Message | Reply | View


class Client:
    """What `Person` stands on. Raises NotPossible for what Slack would not let happen."""

    def __init__(self, team: Team, user_id: str, courier: Courier, events: Events) -> None:
        self.team = team
        self.id = team.user(user_id).id
        self._courier = courier
        self._events = events

    @property
    def user(self) -> User:
        return self.team.users[self.id]

    @property
    def modal(self) -> View | None:
        """The modal on top, if one is open."""
        return self.team.screens.top(self.id)

    async def _press_in_message(
        self, message: Message, block: JsonObject, action: JsonObject, state: JsonObject
    ) -> Reply:
        if message.ephemeral_to not in {None, self.id}:
            raise NotPossible("this message is shown to somebody else")
        if state and action["type"] != "overflow":
            self._enter(message, block, action["action_id"], state)
        ticket = self.team.tickets.response(
            "actions", self.id, message.channel, message.ts, message.thread_ts
        )
        payload = payloads.interaction(
            self.team, "block_actions", self.user, self.team.tickets.trigger(self.id)
        )
        payload.update(self._surface_place(message))
        payload.update(response_url=self._url(ticket), actions=[action])
        return await self._interact(payload, ticket)

    def _enter(
        self, message: Message, block: JsonObject, action_id: str, state: JsonObject
    ) -> None:
        key = (self.id, message.channel, message.ts)
        change = {block["block_id"]: {action_id: state}}
        self.team.entries[key] = merged(self.team.entries.get(key, {}), change)

    async def _press_in_view(
        self, view: View, block: JsonObject, action: JsonObject, state: JsonObject
    ) -> Reply:
        if state and action["type"] != "overflow":
            entered_value = state.get(ENTRIES[action["type"]].field)
            plain = {block["block_id"]: {action["action_id"]: entered_value}}
            view = self.team.screens.replace(forms.fill(view, plain))
        trigger = self.team.tickets.trigger(self.id, view.id)
        payload = payloads.interaction(self.team, "block_actions", self.user, trigger)
        payload.update(payloads.view_place(self.team, view), actions=[action])
        return await self._interact(payload)

    async def _interact(self, payload: JsonObject, ticket: ResponseUrl | None = None) -> Reply:
        return await self._deliver(Parcel("interactive", payload["type"], payload), ticket)

    async def _deliver(self, parcel: Parcel, ticket: ResponseUrl | None) -> Reply:
        if self.team.token_error or self.user.deleted:
            raise NotPossible("the app is not installed, or the person has left")
        answer = await self._courier.deliver(self.team, parcel)
        return reply_from(self.team, self.id, answer, ticket.heard if ticket else [])

    async def _event(self, event: JsonObject) -> Reply:
        return reply_from(self.team, self.id, await self._events.send(self.team, event), [])

    def _show(self, ticket: ResponseUrl, reply: Reply) -> None:
        """A command's answer becomes a message, unless it is empty."""
        if reply.error is not None or reply.body in ("", {}, None):
            return
        try:
            say(self.team, ticket, reply.body)
        except SlackError as error:
            reply.error = "invalid_command_response"
            reply.detail = f"{error.code} {' '.join(error.messages)}".strip()

    def _place(self, channel: str | None) -> Conversation:
        if channel is None or channel == "im":
            return self.team.direct(self.id)
        place = self.team.conversations.get(channel)
        if place is None or self.id not in place.members:
            raise NotPossible(f"{self.user.name} is not in {channel}")
        if place.is_archived:
            raise NotPossible(f"{channel} is archived")
        return place

    async def _tell_of(self, place: Conversation, event: JsonObject) -> None:
        """A `message` event, where the bot is in the conversation and subscribes to its kind."""
        kind = place.kind if place.is_direct else f"{place.kind}s"
        inside = self.team.seed.bot_user_id in place.members
        if inside and f"message.{kind}" in self.team.seed.events:
            await self._event({**event, "channel": place.id, "channel_type": place.kind})

    def _own(self, message: Message) -> Message:
        """A message of this person's, as it is now."""
        found = self.team.conversations[message.channel].messages.get(message.ts)
        if found is None or found.deleted or found.user != self.id:
            raise NotPossible("only one's own messages can be changed")
        return found

    def _check_declared(self, callback_id: str, kind: str) -> None:
        declared = self.team.seed.shortcuts
        known = {each.callback_id for each in declared if each.type == kind}
        if declared and callback_id not in known:
            raise NotPossible(f"there is no {kind} shortcut {callback_id!r}")

    def _current(self, where: Surface) -> Message | View:
        """The surface as it is now, not as it was when the caller looked."""
        if isinstance(where, View):
            return self.team.screens.find(where.id)
        message = where.message if isinstance(where, Reply) else where
        if message is None:
            raise NotPossible("there is no message to press anything in")
        kept = self.team.ephemerals if message.ephemeral_to else None
        channel = self.team.conversations[message.channel].messages
        found = kept.get((message.channel, message.ts)) if kept else channel.get(message.ts)
        if found is None or found.deleted:
            raise NotPossible("this message is gone")
        return found

    def _surface_place(self, surface: Message | View) -> JsonObject:
        if isinstance(surface, View):
            return payloads.view_place(self.team, surface)
        entries = self.team.entries.get((self.id, surface.channel, surface.ts), {})
        return payloads.message_place(self.team, surface, entries)

    def _open(self, view: View | Reply | None) -> View:
        wanted = view if isinstance(view, View) else self.modal
        stack = self.team.screens.stacks.get(self.id, [])
        for shown in stack:
            if wanted is not None and shown.id == wanted.id:
                return shown
        raise NotPossible("this modal is not open")

    def _url(self, ticket: ResponseUrl) -> str:
        base = self._courier.world.base_url
        return f"{base}/{ticket.kind}/{self.team.id}/{ticket.key}"
