"""Events: to the features that listen for them."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import NotSaved, Refusal
from handlers.boundary import log_failure
from handlers.feature import Heard
from handlers.requests import read_event


class Events:
    """What Slack tells unasked. Each is taken with 200, so that Slack doesn't tell it again.

    But one that the database couldn't take: then Slack is to tell it again.
    """

    def __init__(self, heard: Mapping[str, Sequence[Heard]]) -> None:
        self._heard = heard

    async def any(self, body: dict[str, Any], client: AsyncWebClient) -> None:
        """One event of whatever type; those that mean nothing to us are left alone."""
        event = body.get("event")
        kind = event.get("type") if isinstance(event, dict) else None
        for hear in self._heard.get(str(kind), ()):
            try:
                await hear(read_event(body), client)
            except NotSaved as failure:
                log_failure("event not saved", failure, kind=kind)
                raise
            except Refusal as failure:
                log_failure("event not taken", failure, kind=kind)
