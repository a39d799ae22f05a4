"""One workspace while it lives: people, conversations, messages, tokens. Nothing here is HTTP."""

from dataclasses import dataclass, field, replace
from itertools import count

from sandbox.changes import Changes
from sandbox.clock import Clock
from sandbox.errors import JsonObject, SlackError
from sandbox.files import File
from sandbox.message import Message
from sandbox.screens import Screens, Values, View, view_as_api
from sandbox.tickets import Tickets
from sandbox.workspace import Channel, User, Workspace

MICROSECONDS = 1_000_000


@dataclass(slots=True)
class Conversation:
    """A channel or a direct message. `kind` is `channel`, `group`, `im` or `mpim`, as in scopes."""

    id: str
    name: str
    kind: str
    members: set[str]
    is_archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def is_direct(self) -> bool:
        return self.kind in {"im", "mpim"}

    def live(self) -> list[Message]:
        """What is there now, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]


class Team:
    """The live state of one workspace. Raises SlackError with Slack's names."""

    def __init__(self, seed: Workspace, clock: Clock, changes: Changes | None = None) -> None:
        self.seed = seed
        self.changes = changes or Changes()
        self.clock = clock
        self.users: dict[str, User] = {user.id: user for user in seed.users}
        self.users[seed.bot_user_id] = User(
            seed.bot_user_id, seed.bot_name, seed.bot_name.title(), tz="Etc/UTC", is_bot=True
        )
        self.conversations = {c.id: _conversation(c, seed.bot_user_id) for c in seed.channels}
        self.ephemerals: dict[tuple[str, str], Message] = {}
        self.files: dict[str, File] = {}
        self.token_error: str | None = None
        self.screens = Screens(seed.id[-4:])
        self.tickets = Tickets(clock)
        self.entries: dict[tuple[str, str, str], Values] = {}
        self._direct: dict[frozenset[str], Conversation] = {}
        self._last_ts = 0
        self._numbers = count(1)

    @property
    def id(self) -> str:
        return self.seed.id

    def new_ts(self) -> str:
        """The clock as a message id; ids always grow, even when time stands still."""
        micros = int(self.clock.now().timestamp() * MICROSECONDS)
        self._last_ts = max(micros, self._last_ts + 1)
        return format_ts(self._last_ts)

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{self.id[-4:]}{next(self._numbers):06d}"

    def user(self, user_id: str) -> User:
        if user_id not in self.users:
            raise SlackError("user_not_found")
        return self.users[user_id]

    def change_user(self, user_id: str, **changes: object) -> User:
        """Replaces fields of a person (`tz`, `deleted`, `dnd_start`, …) and returns the result."""
        changed = replace(self.user(user_id), **changes)  # type: ignore[arg-type]
        self.users[user_id] = changed
        return changed

    def conversation(self, conversation_id: str) -> Conversation:
        """A conversation that the bot may know of: private ones only from inside."""
        found = self.conversations.get(conversation_id)
        if found is None or (
            found.kind != "channel" and self.seed.bot_user_id not in found.members
        ):
            raise SlackError("channel_not_found")
        return found

    def add_channel(self, channel: Channel) -> None:
        self.conversations[channel.id] = _conversation(channel, self.seed.bot_user_id)

    def adopt(self, room: Conversation) -> None:
        """Takes a conversation of an earlier run as it was; new ids go on after its own."""
        self.conversations[room.id] = room
        if room.is_direct:
            self._direct[frozenset(room.members)] = room
            self._numbers = count(max(next(self._numbers), int(room.id[-6:]) + 1))

    def direct(self, user_id: str) -> Conversation:
        """The direct messages between the bot and a person, opened when they are not yet."""
        bot = self.seed.bot_user_id
        return self._between("im", "D", {self.user(user_id).id, bot})

    def opened(self, user_id: str) -> Conversation | None:
        """The direct messages between the bot and a person, if they have been opened."""
        return self._direct.get(frozenset({user_id, self.seed.bot_user_id}))

    def between(self, first: str, second: str) -> Conversation:
        """The direct messages of two people; the bot takes no part unless it is one of them."""
        return self._between("im", "D", {self.user(first).id, self.user(second).id})

    def group(self, user_ids: set[str]) -> Conversation:
        """The direct message of several people with the bot."""
        people = {self.user(user_id).id for user_id in user_ids}
        return self._between("mpim", "G", people | {self.seed.bot_user_id})

    def _between(self, kind: str, prefix: str, members: set[str]) -> Conversation:
        key = frozenset(members)
        if key not in self._direct:
            opened = Conversation(self.new_id(prefix), "", kind, members)
            self._direct[key] = self.conversations[opened.id] = opened
        return self._direct[key]

    def store(self, message: Message) -> Message:
        """Keeps a new message, or a new version of one, where its kind is kept."""
        self.changes.touch()
        if message.ephemeral_to:
            self.ephemerals[message.channel, message.ts] = message
        else:
            self.conversations[message.channel].messages[message.ts] = message
        return message

    def message(self, channel: str, ts: str) -> Message:
        """A message that everybody in the conversation sees. Raises `message_not_found`."""
        found = self.conversation(channel).messages.get(ts)
        if found is None or found.deleted:
            raise SlackError("message_not_found")
        return found

    def ephemeral(self, channel: str, ts: str) -> Message | None:
        """A message that one person sees, if it is still shown."""
        found = self.ephemerals.get((channel, ts))
        return None if found is None or found.deleted else found

    def view_as_api(self, view: View) -> JsonObject:
        """The `view` object of Slack's answers and payloads."""
        seed = self.seed
        return view_as_api(view, team_id=seed.id, app_id=seed.app_id, bot_id=seed.bot_id)

    def check_thread(self, channel: Conversation, thread_ts: str | None) -> None:
        """A reply needs a first message. Raises `thread_not_found`."""
        if thread_ts is not None and thread_ts not in channel.messages:
            raise SlackError("thread_not_found")


def format_ts(micros: int) -> str:
    return f"{micros // MICROSECONDS}.{micros % MICROSECONDS:06d}"


def _conversation(channel: Channel, bot: str) -> Conversation:
    members = set(channel.members) | ({bot} if channel.has_bot else set())
    kind = "group" if channel.is_private else "channel"
    return Conversation(channel.id, channel.name, kind, members, channel.is_archived)
