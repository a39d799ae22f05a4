"""A team's channel is archived, deleted, without the bot; or it is fine again."""

from datetime import datetime

from bot.db.queries.playbooks import channels
from bot.db.session import Session
from bot.domain.troubles import ChannelTrouble
from bot.services import workspaces
from bot.services.troubles.noticing import CHANNEL, TROUBLE, plan_notices


def is_spoken_in(session: Session, workspace_id: str, channel: str) -> bool:
    """Whether any team of ours has this channel."""
    return bool(channels.teams_in(session.connection, workspace_id, channel))


def channel_lost(
    session: Session,
    workspace_id: str,
    channel: str,
    trouble: ChannelTrouble,
    now: datetime,
    *,
    by_failure: bool = False,
) -> bool:
    """Notes the trouble for each team that has the channel, and has its managers told, once.

    What failed to be sent (`by_failure`) only says that something is wrong: an event that said
    what it is knows better. False where it was known.
    """
    told = False
    for team_id in channels.teams_in(session.connection, workspace_id, channel):
        if not channels.set_trouble(session.connection, team_id, trouble, only_if_fine=by_failure):
            continue
        playbook = workspaces.active_playbook(session, team_id)
        if playbook is not None:
            about, payload = f"channel:{channel}:{trouble}", {CHANNEL: channel, TROUBLE: trouble}
            told = plan_notices(session, playbook, about, payload, now) or told
    return told


def channels_in_trouble(session: Session) -> list[tuple[str, str]]:
    """The channels of active teams that something is wrong with, each with its workspace."""
    return channels.in_trouble(session.connection)


def channel_found(session: Session, workspace_id: str, channel: str) -> bool:
    """The channel can be written to again, and what waits goes on; False where it always could."""
    return channels.clear_trouble(session.connection, workspace_id, channel)
