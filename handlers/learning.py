"""People's names and time zones from Slack, learnt while nobody waits (design §2.1)."""

from datetime import UTC, datetime, timedelta
from typing import Final

from cachetools import LRUCache

from bot.domain.errors import NotSaved
from bot.services.people import keep_profile_of, lacks_zone
from bot.slack.errors import SlackFailure
from handlers.boundary import log_failure
from handlers.context import Context
from handlers.payloads import Body

_PEOPLE_MET: Final = 50_000
_QUIET: Final = timedelta(minutes=1)
"""For how long nobody is asked about after Slack, or our database, was in trouble."""


class Learner:
    """Asks Slack about each person who shows up without a known zone, once per process."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._met: LRUCache[tuple[str, str], bool] = LRUCache(_PEOPLE_MET)
        self._quiet_until = datetime.min.replace(tzinfo=UTC)

    def meet(self, body: Body) -> None:
        """Somebody has just used a command; looks closer at people not met before."""
        who = body.get("team_id"), body.get("user_id")
        if not (isinstance(who[0], str) and isinstance(who[1], str)) or who in self._met:
            return
        if self._context.now() >= self._quiet_until:
            self._met[who[0], who[1]] = True
            self._context.background.start(self._look(who[0], who[1]))

    async def _look(self, workspace_id: str, user_id: str) -> None:
        transactions = self._context.bot.transactions
        try:
            if not await transactions.of(workspace_id).read(
                lambda s: lacks_zone(s, workspace_id, user_id)
            ):
                return
            client = await self._context.bot.clients.client_for(workspace_id)
            if client is None:
                return
            told = await client.users_info(user_id)
            await transactions.of(workspace_id).write(
                lambda s: keep_profile_of(s, workspace_id, user_id, told.name, told.zone)
            )
        except (SlackFailure, NotSaved) as failure:
            self._met.pop((workspace_id, user_id), None)  # a later command tries again
            self._quiet_until = self._context.now() + _QUIET
            log_failure("zone not learnt", failure)
