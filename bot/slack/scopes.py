"""What the bot may do in a workspace, and why: the one list for the manifest and the doctor."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SCOPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "chat:write": "to send nudges, celebrations, recaps and digests",
        "commands": "to offer /log, /pace, /coach and /kudos, and the two shortcuts that log",
        "users:read": "to know names and time zones, so that a nudge comes at the right local time",
        "im:write": "to open the direct conversation in which a person is nudged",
        "im:history": "to find a nudge again before it is ever sent twice; to hear replies to it",
        "channels:read": "to see that a team's public channel is there and the bot is in it",
        "channels:history": "to find a celebration again before it is ever posted twice",
        "groups:read": "to see that a team's private channel is there and the bot is in it",
        "groups:history": "to find a celebration in a private channel before posting it twice",
        "files:write": "to hand a person the copy of their own data that they asked for",
    }
)
"""Bot scopes with the reason that an admin reads; nothing is asked for that has no use."""

EVENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "app_home_opened": "shows a person's numbers in the Home tab",
        "message.im": "answers what is written to the bot directly",
        "user_change": "keeps names and time zones right",
        "team_join": "knows a new colleague's name and time zone",
        "app_uninstalled": "goes quiet at once",
        "tokens_revoked": "goes quiet at once",
        "team_access_granted": "serves a workspace that an organisation has added",
        "team_access_revoked": "goes quiet at once where an organisation has taken it out",
        "channel_archive": "tells that a team's channel is gone",
        "channel_unarchive": "takes a team's channel up again",
        "channel_rename": "keeps the name that doctor and digests show",
        "channel_deleted": "tells that a team's channel is gone",
        "channel_left": "tells that the bot was removed from a team's channel",
        "member_left_channel": "the same, where others see it",
        "member_joined_channel": "takes a team's channel up again once the bot is back in it",
        "group_archive": "as channel_archive, for private channels",
        "group_unarchive": "as channel_unarchive, for private channels",
        "group_rename": "as channel_rename, for private channels",
        "group_left": "as channel_left, for private channels",
        "group_deleted": "as channel_deleted, for private channels",
    }
)
"""Events that the bot subscribes to, and what each is for."""
