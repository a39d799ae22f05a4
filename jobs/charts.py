"""Slacks that draw no charts: they get them in words, and aren't asked again for a day."""

from bot.services import workspaces
from bot.slack.charts import has_charts, without_charts
from bot.slack.errors import Refused
from bot.slack.message import Message
from bot.wiring import Wired

_NOT_DRAWN = frozenset({"invalid_blocks", "invalid_arguments"})
"""What such a Slack answers (slack-facts): surely nothing was posted then."""


async def drawable(wired: Wired, workspace_id: str, message: Message) -> Message:
    """The message as this Slack will take it."""
    if not has_charts(message):
        return message
    wall = wired.clock.now()
    draws = await wired.transactions.of(workspace_id).read(
        lambda session: workspaces.draws_charts(session, workspace_id, wall)
    )
    return message if draws else without_charts(message)


def is_about_charts(refused: Refused, message: Message) -> bool:
    """Whether the message may be taken once its charts are words."""
    return refused.code in _NOT_DRAWN and has_charts(message)


async def remember_refusal(wired: Wired, workspace_id: str) -> None:
    """To be called before the message is sent again: whoever has to take it up then knows."""
    wall = wired.clock.now()
    await wired.transactions.of(workspace_id).write(
        lambda session: workspaces.keep_charts_refused(session, workspace_id, wall)
    )
