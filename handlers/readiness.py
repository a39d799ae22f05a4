"""Whether the bot can do its work: database, migrations, Slack, clock, each with its reason."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.domain.errors import Refusal
from bot.slack.answers import Identity
from bot.slack.errors import SlackFailure
from bot.wiring import Wired, schema_problem

if TYPE_CHECKING:
    from bot.tokens import Installing

ASK_EVERY_S = 60.0
ASK_AGAIN_S = 10.0
MOST_SKEW = timedelta(seconds=60)
"""Slack's signatures are refused from 300 s on (slack-facts); this is early enough to say so."""
_DATABASE_S = 2.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold, and what is the matter or why all is well."""

    ok: bool
    reason: str


class Readiness:
    """Answers at once: Slack is asked in the background, the database within two seconds.

    `connected` tells whether Socket Mode is connected, where it is used.
    """

    def __init__(self, bot: Wired, connected: Callable[[], Awaitable[bool]] | None = None) -> None:
        self._bot = bot
        self._connected = connected
        self._slack = Check(False, "Slack has not been asked yet")
        self._clock = Check(True, "not compared with Slack's clock yet")

    async def report(self) -> dict[str, Check]:
        """Every check by name."""
        database, migrations = await self._database()
        checks = {
            "database": database,
            "migrations": migrations,
            "slack": self._slack,
            "clock": self._clock,
        }
        if self._connected is not None:
            is_connected = await self._connected()
            said = "connected" if is_connected else "not connected; reconnecting"
            checks["socket_mode"] = Check(is_connected, said)
        return checks

    async def watch(self) -> None:
        """Asks Slack again and again, until cancelled."""
        while True:
            await self.ask_slack()
            await asyncio.sleep(ASK_EVERY_S if self._slack.ok else ASK_AGAIN_S)

    async def ask_slack(self) -> None:
        """Asks Slack once whom the token speaks for, and compares the clocks."""
        token = self._bot.bot_token
        if token is None and self._bot.installing is not None:
            await self._ask_without_token(self._bot.installing)
            return
        if token is None:
            self._slack = Check(False, "SLACK_BOT_TOKEN is missing")
            return
        try:
            identity = await self._bot.clients.client_with(token).auth_test()
        except SlackFailure as failure:
            _log.warning("slack_not_ready", code=failure.code)
            self._slack = Check(False, failure.reason)
            return
        self._slack = Check(True, f"the token speaks for {identity.workspace_id}")
        self._clock = self._compared(identity)

    async def _ask_without_token(self, installing: "Installing") -> None:
        """With OAuth no token is more ours than another: whether Slack answers is what counts."""
        try:
            await installing.oauth.reach()
        except SlackFailure as failure:
            _log.warning("slack_not_ready", code=failure.code)
            self._slack = Check(False, failure.reason)
            return
        self._slack = Check(True, "it answers; workspaces install by OAuth")

    def _compared(self, identity: Identity) -> Check:
        if identity.answered_at is None:
            return Check(True, "Slack did not tell the time")
        skew = self._bot.clock.now() - identity.answered_at
        seconds = abs(round(skew.total_seconds()))
        if abs(skew) > MOST_SKEW:
            way = "ahead of" if skew > timedelta(0) else "behind"
            return Check(False, f"{seconds} s {way} Slack's clock: set this machine's clock")
        return Check(True, f"within {max(seconds, 1)} s of Slack's")

    async def _database(self) -> tuple[Check, Check]:
        try:
            async with asyncio.timeout(_DATABASE_S):
                problem = await asyncio.to_thread(schema_problem, self._bot.engine)
        except (Refusal, TimeoutError) as failure:
            said = failure.sentence if isinstance(failure, Refusal) else "no answer within 2 s"
            return Check(False, said), Check(False, "the database can't be asked")
        migrations = Check(problem is None, problem or "up to date")
        return Check(True, "reachable"), migrations
