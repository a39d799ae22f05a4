"""Tokens that expire: each renewed once, however many processes want it.

The right to renew is committed before Slack is asked; whoever doesn't have it uses the present
token or, where that has expired, waits for the new one.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog
from cachetools import TTLCache

from bot.clock import Clock
from bot.db.session import Session
from bot.db.transactions import Transactions
from bot.domain.errors import NotSaved
from bot.domain.installations import Access, Renewal, Renewed
from bot.services.installing import installations
from bot.services.installing.keys import LostKey, TokenKeys
from bot.slack.errors import Refused, SlackFailure
from bot.slack.oauth import OAuth

RENEW_AHEAD: Final = timedelta(minutes=30)
"""When a token is renewed by whoever needs it. A job does so earlier: nobody waits for that."""
_TRIED_KEPT: Final = 20_000
_TRY_AGAIN_S: Final = 20.0
_TURNS, _TURN_S = 100, 0.1
"""How long a process waits for another one that is renewing a token that has expired."""
_WRITES, _WRITE_AGAIN_S = 10, 1.0
_USED_UP: Final = frozenset({"invalid_refresh_token", "token_revoked", "token_expired", "no_token"})

log = structlog.get_logger(__name__)


class Renewals:
    """Renews installations' tokens. `look` reads one's access; `forget` is told of each change."""

    def __init__(
        self,
        transactions: Transactions,
        keys: TokenKeys,
        oauth: OAuth,
        clock: Clock,
        look: Callable[[str], Awaitable[Access]],
        forget: Callable[[], None],
    ) -> None:
        self._transactions = transactions
        self._keys = keys
        self._oauth = oauth
        self._clock = clock
        self._look = look
        self._forget = forget
        self._tried: TTLCache[str, bool] = TTLCache(_TRIED_KEPT, _TRY_AGAIN_S)
        self._under_way: set[asyncio.Task[None]] = set()

    def is_wanted(self, access: Access) -> bool:
        """Whether the token has expired, or soon will and this wasn't tried a moment ago."""
        if access.quiet is not None or access.expires_at is None or not access.is_renewed:
            return False
        now = self._clock.now()
        if access.has_expired(now):
            return True
        return access.expires_at - RENEW_AHEAD <= now and access.source not in self._tried

    async def renew(self, access: Access) -> None:
        """Renews a token, or waits for whoever does, where the present one has expired."""
        now = self._clock.now()
        self._tried[access.source] = True
        try:
            renewal = await self._transactions.everywhere.write(
                lambda s: installations.begin_renewal(
                    s, self._keys, access.source, access.revision, now
                )
            )
        except LostKey:
            log.warning("refresh_token_locked", workspace=access.source)
            return
        if renewal is None:
            await self._wait_for(access)
            return
        task = asyncio.create_task(self._renewed(renewal))  # goes on where who waits is cancelled
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.shield(task)

    async def close(self) -> None:
        """Waits for renewals under way: a refresh token that is used up must not be lost."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_WRITES * _WRITE_AGAIN_S)

    async def _wait_for(self, access: Access) -> None:
        for _ in range(_TURNS):
            if not access.has_expired(self._clock.now()):
                return
            await asyncio.sleep(_TURN_S)
            found = await self._look(access.source)
            if found.revision != access.revision:
                return

    async def _renewed(self, renewal: Renewal) -> None:
        try:
            new = await self._oauth.renew(renewal.refresh_token, self._clock.now())
        except SlackFailure as failure:
            log.warning("token_not_renewed", workspace=renewal.workspace_id, code=failure.code)
            if isinstance(failure, Refused) and failure.code in _USED_UP:
                await self._written(lambda s: installations.not_renewed(s, renewal))
            return  # else tried again when the right to renew has run out
        await self._written(lambda s: self._keep(s, renewal, new))
        log.info("token_renewed", workspace=renewal.workspace_id)

    def _keep(self, session: Session, renewal: Renewal, new: Renewed) -> None:
        installations.renewed(session, self._keys, renewal, new)

    async def _written(self, work: Callable[[Session], None]) -> None:
        """Written however long the database needs: the old refresh token is good no more."""
        for turn in range(_WRITES):
            try:
                await self._transactions.everywhere.write(work)
            except NotSaved:
                log.warning("renewal_not_saved", turn=turn)
                await asyncio.sleep(_WRITE_AGAIN_S)
            else:
                break
        self._forget()
