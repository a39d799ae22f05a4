"""The seed of a sandbox: workspaces with their people and channels, as plain data."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

DEFAULT_SCOPES = frozenset(
    """app_mentions:read channels:history channels:join channels:read chat:write
    commands dnd:read files:read files:write groups:history groups:read groups:write im:history
    im:read im:write mpim:history mpim:read mpim:write reactions:read reactions:write team:read
    users:read users:read.email""".split()
)
DEFAULT_EVENTS = frozenset(
    """app_home_opened app_uninstalled channel_archive channel_deleted channel_left
    channel_rename channel_unarchive group_archive group_deleted group_left group_rename
    group_unarchive message.im member_joined_channel member_left_channel team_join
    tokens_revoked user_change""".split()
)


@dataclass(frozen=True, slots=True)
class User:
    """A member of a workspace. `dnd_start`/`dnd_end` are Unix seconds of the next quiet time."""

    id: str
    name: str
    real_name: str = ""
    tz: str | None = "Europe/London"
    is_admin: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    is_bot: bool = False
    deleted: bool = False
    email: str = ""
    dnd_start: int | None = None
    dnd_end: int | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A public or private channel; the bot is in it when `has_bot` (or listed among `members`)."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    is_archived: bool = False
    is_private: bool = False
    has_bot: bool = True


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as the app's manifest declares it. With `should_escape` people and channels
    in its text arrive as ids."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut as the app's manifest declares it: in a message's menu, or in everybody's."""

    name: str
    type: Literal["message", "global"]
    callback_id: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace with the app installed. Whatever is left out gets a recognisable default.

    `scopes` are those of the bot token; `events` what the app subscribes to; `commands` and
    `shortcuts` what the page offers. Where shortcuts are declared, there are no others.
    """

    id: str
    name: str = "Test"
    domain: str = "test"
    users: tuple[User, ...] = ()
    channels: tuple[Channel, ...] = ()
    bot_token: str = ""
    app_token: str = "xapp-1-A0SANDBOX-1-sandbox"
    signing_secret: str = "sandbox-signing-secret"
    scopes: frozenset[str] = field(default=DEFAULT_SCOPES)
    app_id: str = "A0SANDBOX"
    bot_user_id: str = "U0BOT"
    bot_name: str = "pacesetter"
    bot_id: str = "B0BOT"
    messages_tab: bool = True
    home_tab: bool = True
    events: frozenset[str] = field(default=DEFAULT_EVENTS)
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "users", tuple(self.users))
        object.__setattr__(self, "channels", tuple(self.channels))
        object.__setattr__(self, "commands", tuple(self.commands))
        object.__setattr__(self, "shortcuts", tuple(self.shortcuts))
        object.__setattr__(self, "scopes", frozenset(self.scopes))
        object.__setattr__(self, "events", frozenset(self.events))
        object.__setattr__(self, "bot_token", self.bot_token or f"xoxb-{self.id}-sandbox")


def workspace_from(data: dict[str, Any]) -> Workspace:
    """A workspace from its JSON form (the fields of `Workspace`). Raises TypeError on others."""
    people = [User(**user) for user in data.get("users", ())]
    rooms = [Channel(**_tuples(channel)) for channel in data.get("channels", ())]
    built = {
        "users": tuple(people),
        "channels": tuple(rooms),
        "commands": tuple(Command(**command) for command in data.get("commands", ())),
        "shortcuts": tuple(Shortcut(**shortcut) for shortcut in data.get("shortcuts", ())),
    }
    return Workspace(**{**data, **built})


def commands_of(manifest: Mapping[str, Any]) -> tuple[Command, ...]:
    """The slash commands that an app manifest declares (`features.slash_commands`)."""
    known = {column.name for column in fields(Command)}
    declared = manifest.get("features", {}).get("slash_commands", ())
    return tuple(
        Command(**{key: value for key, value in row.items() if key in known}) for row in declared
    )


def shortcuts_of(manifest: Mapping[str, Any]) -> tuple[Shortcut, ...]:
    """The shortcuts that an app manifest declares (`features.shortcuts`)."""
    declared = manifest.get("features", {}).get("shortcuts", ())
    return tuple(Shortcut(**row) for row in declared)


def load_seed(path: Path) -> tuple[Workspace, ...]:
    """Reads `{"workspaces": […]}`, or a bare list of workspaces, from a JSON file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    rows: Iterable[dict[str, Any]] = data["workspaces"] if isinstance(data, dict) else data
    return tuple(workspace_from(row) for row in rows)


def _tuples(channel: dict[str, Any]) -> dict[str, Any]:
    return {**channel, "members": tuple(channel.get("members", ()))}
