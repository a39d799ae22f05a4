"""The app is removed from a workspace, or its token taken back: it goes quiet at once.

Nothing that is planned or recorded is lost; with the next installation it goes on.
"""

import asyncio
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.installations import Access, Quiet
from bot.slack.errors import Refused, SlackFailure
from handlers.context import Context
from handlers.feature import Feature
from handlers.payloads import is_id
from handlers.requests import EventRequest

_PATIENCE_S: Final = 1.5
"""For Slack to say how things are now; it waits for our answer three seconds."""


_MOST: Final = 1000
"""Workspaces that one event may name; an organisation has some hundreds."""


class Leaving:
    """Hears of removals.

    Events come late and several times: where Slack still takes the token, the app has been
    installed again since. One that is older than the present installation isn't
    about it.
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    def feature(self) -> Feature:
        return Feature(
            events={
                "app_uninstalled": self._gone,
                "tokens_revoked": self._revoked,
                "team_access_revoked": self._taken_out,
                "team_access_granted": self._let_in,
            }
        )

    async def _gone(self, request: EventRequest, _client: AsyncWebClient) -> None:
        await self._left(request, Quiet.UNINSTALLED)

    async def _revoked(self, request: EventRequest, _client: AsyncWebClient) -> None:
        tokens = request.event.get("tokens")
        if isinstance(tokens, dict) and tokens.get("bot"):  # else it was a person's own token
            await self._left(request, Quiet.REVOKED)

    async def _taken_out(self, request: EventRequest, _client: AsyncWebClient) -> None:
        """Some workspaces of an organisation lose the app: where Slack says so by mistake, or late,
        `team_access_granted` or the next installation mends it."""
        installing = self._context.bot.installing
        if installing is not None and request.organisation:
            await installing.tokens.leave(_workspaces(request), request.organisation)

    async def _let_in(self, request: EventRequest, _client: AsyncWebClient) -> None:
        installing = self._context.bot.installing
        if installing is None or not request.organisation:
            return
        await installing.tokens.rejoin(_workspaces(request), request.organisation)
        for workspace_id in _workspaces(request):
            self._context.wake(workspace_id)

    async def _left(self, request: EventRequest, because: Quiet) -> None:
        installing = self._context.bot.installing
        if installing is None:
            return
        tokens = installing.tokens
        tokens.forget()
        access = await tokens.access(request.workspace_id, request.organisation or None)
        if access.token is None or not access.source or _is_older(request, access):
            return
        is_shared = access.source == request.organisation
        if await self._still_works(access, or_not_said=is_shared):
            return
        await tokens.go_quiet(access, because)

    async def _still_works(self, access: Access, *, or_not_said: bool) -> bool:
        """What Slack says of the token; `or_not_said` where it says nothing just now.

        Then a workspace's event is believed, but not an organisation's: it would silence all its
        workspaces, which the first call that Slack refuses does anyway.
        """
        client = self._context.bot.clients.client_with(access.token or "")
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await client.auth_test()
        except Refused:
            return False
        except (SlackFailure, TimeoutError):
            return or_not_said
        return True


def _workspaces(request: EventRequest) -> list[str]:
    named = request.event.get("team_ids")
    ids = named[:_MOST] if isinstance(named, list) else ()
    return [each for each in ids if isinstance(each, str) and is_id(each)]


def _is_older(request: EventRequest, access: Access) -> bool:
    """Slack tells whole seconds."""
    installed = access.installed_at
    return bool(request.told_at and installed and request.told_at < int(installed.timestamp()))
