"""Reasons to write to somebody, each with a key that is unique for ever in its workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Payload = Mapping[str, "str | int | list[str]"]
"""What a message is about, small and plain enough for JSON; the rest is looked up at rendering."""


class OccasionKind(StrEnum):
    """Why somebody is written to (design §1)."""

    NUDGE = "nudge"
    CELEBRATION = "celebration"
    RECAP = "recap"
    DIGEST = "digest"
    REMINDER = "reminder"
    MEND = "mend"
    """A celebration that is no longer true is edited or removed (design §2.4)."""
    KUDOS = "kudos"
    """Praise from one colleague to another, in the receiver's channel."""
    NOTICE = "notice"
    """What those who lead a team have to know or do: a channel is gone, a person has left Slack."""
    COMMITMENT = "commitment"
    """What was agreed at a one-to-one: told to the rep, and reminded of on its due day."""
    WORKSHEET = "worksheet"
    """To two people who are paired, and to whoever leads the helper, in another team."""
    EXPERIMENT = "experiment"
    """To a team's managers, once its planned end is over: what an experiment has shown."""
    WELCOME = "welcome"
    """To whoever has just installed the bot: one button that sets a team up."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reason to write to one recipient: a person (`U…`, by direct message) or a channel (`C…`).

    `due_at` and `expires_at` are UTC instants; after the latter the message is dropped rather than
    sent late. `person_id` is the rep that it is about, None for a whole team; `team_id` is None for
    what is about the workspace.
    """

    key: str
    kind: OccasionKind
    workspace_id: str
    team_id: int | None
    recipient: str
    due_at: datetime
    expires_at: datetime | None = None
    person_id: int | None = None
    payload: Payload = field(default_factory=dict)


class DeliveryState(StrEnum):
    """planned → sending → sent, or dropped / failed with a reason (design §1)."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


class Moot(Exception):
    """A planned message that has lost its point by the time it is rendered; says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Delivery:
    """An occasion's message on its way. `channel` and `ts` say where it went, once it is sent."""

    id: int
    occasion: Occasion
    state: DeliveryState
    attempts: int = 0
    reason: str | None = None
    channel: str | None = None
    ts: str | None = None


def welcome_key(workspace_id: str) -> str:
    """One welcome for each workspace, ever."""
    return f"welcome:{workspace_id}"


def nudge_key(user_id: str, day: date) -> str:
    """One nudge per rep and local date at most."""
    return f"nudge:{user_id}:{day}"


def digest_key(team_id: int, manager: str, week_start: date) -> str:
    """One digest per manager, team and week."""
    return f"digest:{team_id}:{manager}:{week_start}"


def recap_key(team_id: int, week_start: date) -> str:
    """One recap per team and week."""
    return f"recap:{team_id}:{week_start}"


def roundup_key(team_id: int, day: date) -> str:
    """One round-up of small milestones per team and day."""
    return f"roundup:{team_id}:{day}"


def celebration_key(milestone: str, times: int = 1) -> str:
    """One post per milestone; `times` above 1 where it was taken back and reached anew."""
    return f"celebration:{milestone}" + (f"#{times}" if times > 1 else "")


def kudos_key(kudos_id: int) -> str:
    """One message for each kudos."""
    return f"kudos:{kudos_id}"


def worksheet_key(pairing_id: int, reader: str, *, over: bool = False) -> str:
    """One worksheet for each pairing and reader, and one word that it is `over`."""
    return f"pairing:{pairing_id}:{reader}" + (":off" if over else "")


def experiment_key(experiment_id: int, manager: str) -> str:
    """One read-out for each experiment and manager."""
    return f"experiment:{experiment_id}:{manager}"


def notice_key(about: str, recipient: str, times: int) -> str:
    """One notice per trouble and reader; `times` counts how often the same trouble came up."""
    return f"notice:{about}:{recipient}" + (f"#{times}" if times > 1 else "")


def mend_key(delivery: str, number: int | str) -> str:
    """A correction of a sent message; `number` says which."""
    return f"mend:{delivery}:{number}"
