"""Messages as the sandbox keeps them and as Slack's methods write them."""

from dataclasses import asdict, dataclass, replace

from sandbox.errors import JsonObject


@dataclass(frozen=True, slots=True)
class Edit:
    """What a message said before an edit (or before it was replaced), and when that ended."""

    at: str
    text: str
    blocks: tuple[JsonObject, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `ts` is its id in its channel, seconds since 1970 with six decimals.

    `client_msg_id` is what a person's own client calls it; the bot's have none.
    `ephemeral_to` is the one person who sees it, or None; `edited` the ts of the last edit;
    `deleted` the ts of its deletion; `edits` everything that it said before.
    """

    ts: str
    channel: str
    user: str
    text: str
    blocks: tuple[JsonObject, ...] = ()
    attachments: tuple[JsonObject, ...] = ()
    metadata: JsonObject | None = None
    thread_ts: str | None = None
    edited: str | None = None
    deleted: str | None = None
    ephemeral_to: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    team: str = ""
    reactions: tuple[tuple[str, str], ...] = ()
    edits: tuple[Edit, ...] = ()
    broadcast: bool = False
    files: tuple[JsonObject, ...] = ()
    client_msg_id: str | None = None

    @property
    def is_reply(self) -> bool:
        """In a thread, and not its first message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def with_content(self, at: str, text: str, blocks: tuple[JsonObject, ...]) -> "Message":
        """The message saying something else from now on, its old words kept in `edits`."""
        before = Edit(at, self.text, self.blocks)
        return replace(self, text=text, blocks=blocks, edited=at, edits=(*self.edits, before))

    def as_api(self, *, metadata: bool = False) -> JsonObject:
        """The `message` object of Slack's answers and payloads."""
        body: JsonObject = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        optional = {
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "team": self.team,
            "blocks": list(self.blocks),
            "attachments": list(self.attachments),
            "files": list(self.files),
            "client_msg_id": self.client_msg_id,
            "thread_ts": self.thread_ts,
            "metadata": self.metadata if metadata else None,
            "reactions": self._reactions(),
            "subtype": "thread_broadcast" if self.broadcast else None,
        }
        body.update({key: value for key, value in optional.items() if value})
        if self.edited:
            body["edited"] = {"user": self.user, "ts": self.edited}
        return body

    def as_record(self) -> JsonObject:
        """Everything that is known of it, for the control API."""
        return asdict(self)

    def _reactions(self) -> list[JsonObject]:
        names = dict.fromkeys(name for name, _ in self.reactions)
        groups = {name: [user for other, user in self.reactions if other == name] for name in names}
        return [
            {"name": name, "users": users, "count": len(users)} for name, users in groups.items()
        ]
