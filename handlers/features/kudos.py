"""`/kudos`."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.message import Message
from bot.slack.messages import help as helping
from handlers.context import Context
from handlers.feature import Feature
from handlers.requests import CommandRequest


class Kudos:
    """Praise for a colleague."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(commands={"/kudos": self._command})

    async def _command(self, _request: CommandRequest, _client: AsyncWebClient) -> Message:
        return helping.kudos_help()
