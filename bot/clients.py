"""A Slack client for each workspace, with the token that is that workspace's."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

import aiohttp
from cachetools import LRUCache

from bot.db.transactions import Transactions
from bot.services import workspaces
from bot.slack.answers import Identity
from bot.slack.client import OnRefusal, SlackClient
from bot.slack.errors import SlackFailure

if TYPE_CHECKING:
    from bot.tokens import InstalledTokens

_CLIENTS_KEPT = 500


class Tokens(Protocol):
    """Where a workspace's bot token comes from."""

    async def token_for(self, workspace_id: str) -> str | None:
        """The token, None where the app isn't installed: what is planned there stays planned."""
        ...


class SingleToken:
    """SLACK_BOT_TOKEN: it serves the one workspace in the database.

    Where there are several, or `beside_others` (OAuth), the one that Slack says it belongs to;
    `identify` asks Slack, once.
    """

    def __init__(
        self,
        token: str | None,
        transactions: Transactions,
        identify: Callable[[str], Awaitable[Identity]],
        *,
        beside_others: bool = False,
    ) -> None:
        self._token = token
        self._transactions = transactions
        self._identify = identify
        self._beside_others = beside_others
        self._identity: Identity | None = None

    async def token_for(self, workspace_id: str) -> str | None:
        if self._token is None:
            return None
        known: list[str] = []
        if not self._beside_others:
            known = await self._transactions.everywhere.read(workspaces.workspace_ids)
        owner = known[0] if len(known) == 1 else await self._owner(self._token)
        return self._token if owner == workspace_id else None

    async def _owner(self, token: str) -> str | None:
        if self._identity is None:
            try:
                self._identity = await self._identify(token)
            except SlackFailure:  # asked again next time; /readyz says what is wrong
                return None
        return self._identity.workspace_id


class Clients:
    """One Slack client per workspace and token, all on one HTTP session.

    `installed` is told of each token that Slack refuses, and in which workspace: an organisation's
    may be refused in one of many.
    """

    def __init__(
        self,
        tokens: Tokens,
        api_url: str,
        session: aiohttp.ClientSession,
        installed: "InstalledTokens | None" = None,
    ) -> None:
        self._tokens = tokens
        self._api_url = api_url
        self._session = session
        self._installed = installed
        self._by_token: LRUCache[tuple[str, str], SlackClient] = LRUCache(_CLIENTS_KEPT)

    async def client_for(self, workspace_id: str) -> SlackClient | None:
        """The workspace's client; None where there is no token for it."""
        token = await self._tokens.token_for(workspace_id)
        if token is None:
            return None
        client: SlackClient | None = self._by_token.get((workspace_id, token))
        if client is None:
            client = SlackClient(
                token, self._api_url, self._session, self._told(workspace_id, token)
            )
            self._by_token[workspace_id, token] = client
        return client

    def client_with(self, token: str) -> SlackClient:
        """A client that speaks with this token, whosever it is."""
        return SlackClient(token, self._api_url, self._session)

    def _told(self, workspace_id: str, token: str) -> OnRefusal | None:
        installed = self._installed
        return None if installed is None else partial(installed.refused, workspace_id, token)

    async def may_come_back(self, workspace_id: str) -> bool:
        """Whether a workspace whose token was refused waits for being installed again."""
        if self._installed is None:
            return False
        return bool((await self._installed.access(workspace_id)).source)
