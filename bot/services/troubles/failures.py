"""What a message that Slack refused for good says about its recipient."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.db.session import Session
from bot.domain.ledger.deliveries import beginning_of
from bot.domain.ledger.occasions import Delivery
from bot.domain.troubles import ChannelTrouble
from bot.services import workspaces
from bot.services.troubles.accounts import deactivate
from bot.services.troubles.channels import channel_lost
from bot.services.troubles.noticing import CODE, PERSON, plan_notices

_CHANNELS: Final[Mapping[str, ChannelTrouble]] = {
    "is_archived": ChannelTrouble.ARCHIVED,
    "not_in_channel": ChannelTrouble.NOT_IN_CHANNEL,
    "channel_not_found": ChannelTrouble.NOT_IN_CHANNEL,
}
"""Slack doesn't say whether a private channel is gone or only closed to the bot."""
_SWITCHED_OFF: Final = "user_disabled"
_UNKNOWN: Final = frozenset(
    {
        "user_not_found",
        "users_not_found",
        "user_not_visible",
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
    }
)


def learn_from(session: Session, delivery: Delivery, code: str, now: datetime) -> bool:
    """Has those who can mend it told, once: a channel is gone, or a person can't be reached.

    `code` is Slack's own. What concerns the whole installation is not for a team's managers. True
    where the message waits until its channel is mended, as all that comes after it does.
    """
    occasion = delivery.occasion
    if occasion.recipient.startswith(("C", "G")):
        trouble = _CHANNELS.get(code)
        if trouble is not None:
            where = occasion.workspace_id, occasion.recipient
            channel_lost(session, *where, trouble, now, by_failure=True)
            return _waits(session, delivery)
    elif code == _SWITCHED_OFF:
        deactivate(session, occasion.workspace_id, occasion.recipient, now)
    elif code in _UNKNOWN and occasion.team_id is not None:
        _unreachable(session, occasion.team_id, occasion.recipient, code, now)
    return False


def _waits(session: Session, delivery: Delivery) -> bool:
    """Whether it is for its team's own channel; what goes on in a thread has begun already."""
    team_id, recipient = delivery.occasion.team_id, delivery.occasion.recipient
    playbook = None if team_id is None else workspaces.active_playbook(session, team_id)
    return (
        playbook is not None
        and playbook.team.channel == recipient
        and beginning_of(delivery) is None
    )


def _unreachable(session: Session, team_id: int, user_id: str, code: str, now: datetime) -> None:
    playbook = workspaces.active_playbook(session, team_id)
    person = None if playbook is None else playbook.person(user_id)
    if playbook is not None and person is not None:
        payload = {PERSON: user_id, CODE: code}
        about = f"unreachable:{user_id}"
        plan_notices(session, playbook, about, payload, now, person=person, again=False)
