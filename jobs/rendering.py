"""From a delivery to what has to be done about it now: the one place that knows who writes what."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ledger.deliveries import beginning_of, expiry_reason, mended_key, part_payload
from bot.domain.ledger.occasions import Delivery, DeliveryState, Moot, OccasionKind, Payload
from bot.domain.teams import TeamPlaybook
from bot.services import ledger, workspaces
from bot.slack.answers import Posted
from bot.slack.message import Message
from bot.wiring import Session


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a writer wrote; `behaviours` are the names of those that a nudge is about."""

    message: Message
    behaviours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """What a mend's writer says where nothing true is left of the message: it goes."""


Writer = Callable[[Session, TeamPlaybook, Delivery, datetime], Rendered | Removal]
"""Writes the message of one kind of occasion as things stand at an instant.

Facts come from a service, blocks from `bot.slack.messages`. Raises `Moot` where the message has
lost its point. A mend's writer writes the whole message anew, or returns a `Removal`.
"""


@dataclass(frozen=True, slots=True)
class AboutWorkspace:
    """Writes what is about a workspace and no team of it. Raises `Moot` like any writer."""

    write: Callable[[Session, Delivery, datetime], Rendered]


Writers = Mapping[OccasionKind, Writer | AboutWorkspace]


@dataclass(frozen=True, slots=True)
class Post:
    """Send this, in a thread where `thread_ts` is given."""

    message: Message
    behaviours: tuple[str, ...] = ()
    thread_ts: str | None = None

    def parts(self, key: str) -> list[Payload]:
        """What goes on in the message's own thread, as payloads of deliveries."""
        return [_payload(key, part) for part in self.message.thread]


@dataclass(frozen=True, slots=True)
class Change:
    """Make a sent message say something else, or remove it where `message` is None."""

    posted: Posted
    message: Message | None


@dataclass(frozen=True, slots=True)
class Drop:
    """Don't send it (any more)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """What this belongs to is still on its way, or its channel can't be written to just now."""


Action = Post | Change | Drop
Order = Action | Wait


def render(session: Session, delivery: Delivery, now: datetime, writers: Writers) -> Order:
    """What to do about a delivery at `now`."""
    try:
        if (beginning := beginning_of(delivery)) is not None:
            return _part(session, delivery, beginning)
        if delivery.occasion.kind is OccasionKind.MEND:
            return _mend(session, delivery, now, writers)
        return _post(_written(session, delivery, now, writers))
    except Moot as moot:
        return Drop(moot.reason)
    except _NotNow:
        return Wait()


def text_of(order: Order) -> str:
    """The plain-text form of what goes out; empty where nothing does."""
    match order:
        case Post(message=message) | Change(message=Message() as message):
            return message.text
        case _:
            return ""


def _post(written: Rendered | Removal) -> Order:
    if isinstance(written, Removal):
        raise Moot("nothing to say")
    return Post(written.message, written.behaviours)


def _written(
    session: Session, delivery: Delivery, now: datetime, writers: Writers
) -> Rendered | Removal:
    if reason := expiry_reason(delivery, now):
        raise Moot(reason)
    writer, team_id = writers[delivery.occasion.kind], delivery.occasion.team_id
    if isinstance(writer, AboutWorkspace):
        return writer.write(session, delivery, now)
    playbook = None if team_id is None else workspaces.active_playbook(session, team_id)
    if playbook is None:
        raise Moot("the team was retired")
    _check_recipient(playbook, delivery.occasion.recipient)
    return writer(session, playbook, delivery, now)


class _NotNow(Exception):
    """It keeps its point, but can't be sent as things are."""


def _check_recipient(playbook: TeamPlaybook, recipient: str) -> None:
    """Nobody writes to who has left Slack; what is for a channel in trouble waits for its end."""
    team, person = playbook.team, playbook.person(recipient)
    if person is not None and person.is_deactivated:
        raise Moot("the account is deactivated")
    if recipient == team.channel and team.channel_trouble is not None:
        raise _NotNow


def _part(session: Session, part: Delivery, beginning: str) -> Order:
    """A part is sent as it was written with its beginning, and never too late: half is worse."""
    posted = _sent(session, part.occasion.workspace_id, beginning)
    if posted is None:
        return Wait()
    words = part.occasion.payload
    message = Message(str(words["text"]), tuple(json.loads(str(words["blocks"]))))
    return Post(message, thread_ts=posted.ts)


def _mend(session: Session, mend: Delivery, now: datetime, writers: Writers) -> Order:
    posted = _sent(session, mend.occasion.workspace_id, mended_key(mend))
    if posted is None:
        return Wait()
    written = _written(session, mend, now, writers)
    return Change(posted, written.message if isinstance(written, Rendered) else None)


def _sent(session: Session, workspace_id: str, key: str) -> Posted | None:
    """Where the message is that this belongs to; None while it is on its way."""
    first = ledger.find(session, workspace_id, key)
    if first is not None and first.state in (DeliveryState.PLANNED, DeliveryState.SENDING):
        return None
    if first is None or first.channel is None or first.ts is None:
        raise Moot("what it belongs to was never sent")
    return Posted(first.channel, first.ts)


def _payload(key: str, part: Message) -> Payload:
    return part_payload(key, part.text, json.dumps(part.blocks, ensure_ascii=False))
