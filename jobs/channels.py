"""Looking again at channels in trouble: the event that all is well may never have come."""

from functools import partial

import structlog

from bot.services.troubles.channels import channel_found, channels_in_trouble
from bot.slack.errors import SlackFailure
from bot.wiring import Wired

log = structlog.get_logger(__name__)


async def recheck_channels(wired: Wired) -> None:
    """Asks Slack about each channel that something is wrong with; what waits for one that is fine
    again goes on."""
    for workspace_id, channel in await wired.transactions.everywhere.read(channels_in_trouble):
        if await _is_fine(wired, workspace_id, channel):
            work = partial(channel_found, workspace_id=workspace_id, channel=channel)
            await wired.transactions.of(workspace_id).write(work)
            log.info("channel_is_back", workspace=workspace_id, channel=channel)


async def _is_fine(wired: Wired, workspace_id: str, channel: str) -> bool:
    client = await wired.clients.client_for(workspace_id)
    if client is None:
        return False
    try:
        state = await client.channel_state(channel)
    except SlackFailure:
        return False
    return state.is_member and not state.is_archived
