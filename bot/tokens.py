"""Tokens of the workspaces that have installed the app: remembered, and given up.

Neither Slack nor the database is asked on the hot path: what is known is good for `RECHECK_S`
seconds, after which another process's change is seen, and is forgotten when Slack tells of one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

import structlog
from cachetools import LRUCache, TTLCache

from bot.clock import Clock
from bot.db.session import Session
from bot.db.transactions import Transactions
from bot.domain.installations import Access, Quiet
from bot.renewals import Renewals
from bot.services.installing import installations
from bot.services.installing.keys import TokenKeys
from bot.services.installing.states import States
from bot.slack.oauth import OAuth

RECHECK_S: Final = 15.0
_KEPT: Final = 20_000
_NOT_HERE: Final = "team_access_not_granted"
"""What an organisation's token is told in a workspace that has lost the app."""
_GONE: Final = {
    "account_inactive": Quiet.UNINSTALLED,
    "token_revoked": Quiet.REVOKED,
    "invalid_auth": Quiet.REVOKED,
    _NOT_HERE: Quiet.UNINSTALLED,
}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Installing:
    """What it takes to be installed by any workspace."""

    tokens: "InstalledTokens"
    oauth: OAuth
    keys: TokenKeys
    states: States


class InstalledTokens:
    """Where workspaces' tokens come from, with OAuth.

    `single` is asked about a workspace that has no installation at all: SLACK_BOT_TOKEN beside
    OAuth serves its own workspace.
    """

    def __init__(
        self,
        transactions: Transactions,
        keys: TokenKeys,
        oauth: OAuth,
        clock: Clock,
        single: Callable[[str], Awaitable[str | None]],
        *,
        recheck_s: float = RECHECK_S,
    ) -> None:
        self._transactions = transactions
        self._keys = keys
        self._oauth = oauth
        self._clock = clock
        self._single = single
        self._kept: TTLCache[str, Access] = TTLCache(_KEPT, recheck_s)
        self._linked: LRUCache[str, str] = LRUCache(_KEPT)
        self._asked: dict[str, asyncio.Task[Access]] = {}
        self._renewals = Renewals(transactions, keys, oauth, clock, self._look, self.forget)

    async def token_for(self, workspace_id: str) -> str | None:
        """The token, None where the workspace is quiet: what is planned there stays planned."""
        return (await self.access(workspace_id)).token

    async def access(self, workspace_id: str, organisation: str | None = None) -> Access:
        """The token, or why there is none. `organisation` is the one that Slack has just named.

        Raises NotSaved where the database can't be asked.
        """
        kept = self._kept.get(workspace_id)
        if kept is not None and not self._renewals.is_wanted(kept) and not self._has_expired(kept):
            return kept
        asked = self._asked.get(workspace_id)
        if asked is None:
            asked = asyncio.create_task(self._ask(workspace_id, organisation))
            self._asked[workspace_id] = asked
            asked.add_done_callback(lambda _: self._asked.pop(workspace_id, None))
        return await asyncio.shield(asked)

    def forget(self) -> None:
        """Something has been installed or removed: every token is looked up anew."""
        self._kept.clear()

    async def refused(self, workspace_id: str, token: str, code: str) -> None:
        """Slack has refused a token: the workspace goes quiet, or the token is renewed.

        One that has been replaced meanwhile isn't meant.
        """
        self._kept.pop(workspace_id, None)
        now = self._clock.now()
        access = await self._look(workspace_id)
        if access.token != token:
            return
        if code == "token_expired" and access.is_renewed:
            await self._transactions.everywhere.write(
                lambda s: installations.expire(s, access.source, access.revision, now)
            )
        elif code == _NOT_HERE and access.source != workspace_id:
            await self.leave([workspace_id], access.source)
        elif code in _GONE or code == "token_expired":
            await self.go_quiet(access, _GONE.get(code, Quiet.EXPIRED))

    async def go_quiet(self, access: Access, because: Quiet) -> bool:
        """Stops using an installation; False where it has been installed anew since."""
        now = self._clock.now()
        went = await self._transactions.everywhere.write(
            lambda s: installations.go_quiet(s, access.source, access.revision, because, now)
        )
        self.forget()
        if went:
            log.warning("workspace_quiet", workspace=access.source, because=because.value)
        return went

    async def leave(self, workspace_ids: Sequence[str], organisation: str) -> None:
        """Workspaces lose their organisation's app, which the others keep."""
        now = self._clock.now()

        def work(session: Session) -> list[str]:
            left = partial(installations.leave, session, organisation=organisation, now=now)
            return [each for each in workspace_ids if left(each)]

        for workspace_id in await self._transactions.everywhere.write(work):
            log.warning("workspace_quiet", workspace=workspace_id, because="uninstalled")
        self.forget()

    async def rejoin(self, workspace_ids: Sequence[str], organisation: str) -> None:
        """Workspaces have their organisation's app (again)."""
        now = self._clock.now()
        await self._transactions.everywhere.write(
            lambda s: installations.rejoin(s, workspace_ids, organisation, now)
        )
        self.forget()

    async def renew_ahead(self, ahead: timedelta) -> None:
        """Renews each token that expires so soon."""
        before = self._clock.now() + ahead
        for source in await self._transactions.everywhere.read(
            lambda s: installations.expiring(s, before)
        ):
            access = await self._look(source)
            if access.quiet is None and access.source == source:
                await self._renewals.renew(access)

    async def close(self) -> None:
        """Waits for renewals under way: a refresh token that is used up must not be lost."""
        await self._renewals.close()

    async def _ask(self, workspace_id: str, organisation: str | None) -> Access:
        access = await self._look(workspace_id, organisation)
        if self._renewals.is_wanted(access):
            await self._renewals.renew(access)
            access = await self._look(workspace_id, organisation)
        if access.quiet is Quiet.NOT_INSTALLED:
            token = await self._single(workspace_id)
            access = access if token is None else Access(None, token)
        if access.quiet is None and self._has_expired(access):
            return Access(Quiet.EXPIRED)  # to be tried again with the next request
        self._kept[workspace_id] = access
        return access

    async def _look(self, workspace_id: str, organisation: str | None = None) -> Access:
        now = self._clock.now()

        def work(session: Session) -> Access:
            return installations.access_of(session, self._keys, workspace_id, organisation, now)

        access = await self._transactions.everywhere.read(work)
        is_served = access.quiet is None and access.source == organisation != workspace_id
        if is_served and self._linked.get(workspace_id) != organisation:
            await self._transactions.everywhere.write(
                lambda s: installations.belongs_to(s, workspace_id, access.source, now)
            )
            self._linked[workspace_id] = access.source
        return access

    def _has_expired(self, access: Access) -> bool:
        return access.has_expired(self._clock.now())
