"""What Slack answers, as values: people, channels, messages, and whom a token speaks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

EVENT_TYPE = "pacesetter_delivery"
"""The metadata that each of our messages carries, with its key."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message is."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class SlackUser:
    """A person as Slack knows them; `zone` is an IANA name. An owner is an admin, too."""

    user_id: str
    name: str | None
    zone: str | None
    is_admin: bool
    is_bot: bool
    is_deleted: bool
    is_owner: bool = False
    is_primary_owner: bool = False


@dataclass(frozen=True, slots=True)
class ChannelState:
    """Whether a channel is archived, and whether the bot is in it."""

    is_archived: bool
    is_member: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a token speaks for. `answered_at` is Slack's own clock, to the second."""

    workspace_id: str
    workspace: str
    bot_user_id: str
    scopes: frozenset[str]
    answered_at: datetime | None


def user_of(user: Mapping[str, Any]) -> SlackUser:
    """A person as `users.info` and `users.list` show them."""
    profile = user.get("profile", {})
    owns = bool(user.get("is_owner") or user.get("is_primary_owner"))
    return SlackUser(
        user_id=user["id"],
        name=profile.get("display_name") or user.get("real_name") or user.get("name"),
        zone=user.get("tz"),
        is_admin=bool(user.get("is_admin")) or owns,
        is_bot=bool(user.get("is_bot")),
        is_deleted=bool(user.get("deleted")),
        is_owner=owns,
        is_primary_owner=bool(user.get("is_primary_owner")),
    )


def key_of(message: Mapping[str, Any]) -> object:
    """The key that a message of ours was marked with; None on others' messages."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    return (metadata.get("event_payload") or {}).get("key")
