"""Slack as it changes: channels that are gone, people who have left, and who is told of it."""

from dataclasses import dataclass
from enum import StrEnum


class ChannelTrouble(StrEnum):
    """Why a team's channel can't be written to."""

    ARCHIVED = "archived"
    DELETED = "deleted"
    NOT_IN_CHANNEL = "not_in_channel"


@dataclass(frozen=True, slots=True)
class ChannelNotice:
    """A team whose channel has a trouble: its good news waits until somebody mends it."""

    team_id: int
    team: str
    channel: str
    trouble: ChannelTrouble


@dataclass(frozen=True, slots=True)
class PersonNotice:
    """Somebody whom the bot can't write to any more.

    `deactivated` says that Slack has switched the account off; else Slack doesn't know the person.
    `leads` where the person leads the team.
    """

    team_id: int
    team: str
    user_id: str
    name: str | None
    deactivated: bool
    leads: bool


Notice = ChannelNotice | PersonNotice
