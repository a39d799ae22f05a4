"""Messages on their way: what waits, who has taken it up, and what holds it back (design §4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ledger.occasions import Delivery, DeliveryState, OccasionKind, Payload

_PART = "#part"
_PART_OF = "part_of"
_TOO_LATE = "too late"
_EXPIRED: Mapping[OccasionKind, str] = {OccasionKind.NUDGE: "the day was over"}


@dataclass(frozen=True, slots=True)
class Pending:
    """A delivery that waits. `channel` is where it goes, None for a person never written to yet.

    `since` is the earliest instant at which its message can be in Slack.
    """

    delivery: Delivery
    channel: str | None
    since: datetime

    @property
    def in_doubt(self) -> bool:
        """Somebody took it up and never said what came of it: it may be there already."""
        return self.delivery.state is DeliveryState.SENDING


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one delivery until `lease_until`; `attempt` tells it from later claims."""

    delivery_id: int
    attempt: int
    lease_until: datetime
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """That a delivery is in Slack: in which conversation, under which timestamp, since when."""

    delivery_id: int
    channel: str
    ts: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """What may be sent now, recipient by recipient, each one's in order; news before the rest.

    Not always everything; `is_all` tells.
    """

    waiting: tuple[Pending, ...]
    is_all: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A due delivery that nobody may take up before `until`: another's lease, or Slack's wish."""

    state: DeliveryState
    until: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due and not sent yet in one workspace."""

    workspace_id: str
    count: int
    oldest_due_at: datetime


def expiry_reason(delivery: Delivery, now: datetime) -> str | None:
    """Why it is too late to send this at `now`; None where it isn't."""
    expires = delivery.occasion.expires_at
    if expires is None or now < expires:
        return None
    return _EXPIRED.get(delivery.occasion.kind, _TOO_LATE)


def part_key(key: str, number: int) -> str:
    """The key of what goes on in a message's thread; its beginning is number 1."""
    return f"{key}{_PART}{number}"


def part_payload(key: str, text: str, blocks: str) -> Payload:
    """The payload of a part: its words as they were when its beginning was (`blocks` is JSON)."""
    return {_PART_OF: key, "text": text, "blocks": blocks}


def beginning_of(delivery: Delivery) -> str | None:
    """The key of the message in whose thread this goes on; None where it stands by itself."""
    key = delivery.occasion.payload.get(_PART_OF)
    return key if isinstance(key, str) else None


def mended_key(delivery: Delivery) -> str:
    """The key of the sent message that a mend corrects: the inverse of `mend_key`."""
    return delivery.occasion.key.removeprefix("mend:").rpartition(":")[0]
