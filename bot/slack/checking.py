"""Whether Slack can be reached, knows our tokens and lets us do what we need."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.checks import Check, fine, problem, warning
from bot.slack.errors import PermissionMissing, SlackFailure, failure_of
from bot.slack.scopes import SCOPES

PATIENCE_S = 5
_SKEW_WORTH_A_WORD = timedelta(seconds=5)
_SKEW_THAT_BREAKS = timedelta(seconds=60)
_MOST_CHANNELS = 40
"""`conversations.info` may be called about 50 times a minute."""

Channel = tuple[str, str, str]
"""Workspace id, team, channel."""


class SlackChecks:
    """Looks at Slack with our tokens. `now` tells the time; no call waits longer than 5 s."""

    def __init__(self, api_url: str, now: Callable[[], datetime]) -> None:
        self._api_url = api_url
        self._now = now

    async def run(
        self, bot_token: str | None, app_token: str | None, channels: Sequence[Channel]
    ) -> AsyncIterator[Check]:
        """Reachability and clock, then what each token may do. Ends early where nobody answers."""
        try:
            asked = self._now()
            answer = await self._call(None, "api.test")
        except SlackFailure as failure:
            yield problem("slack", failure.reason, f"Check the network to {self._api_url}.")
            return
        yield fine("slack", f"{self._api_url} answers")
        yield self._clock(asked, answer.headers.get("Date"))
        if app_token is not None:
            yield await self._app_token(app_token)
        if bot_token is not None:
            async for check in self._bot(bot_token, channels):
                yield check

    def _clock(self, asked: datetime, date: str | None) -> Check:
        if date is None:
            return warning("clock", "Slack didn't tell the time", "Check the clock by hand.")
        answered = self._now()
        skew = abs(asked + (answered - asked) / 2 - parsedate_to_datetime(date))
        seconds = f"{skew.total_seconds():.0f} s from Slack's"
        if skew >= _SKEW_THAT_BREAKS:
            return problem("clock", seconds, "Set the machine's clock (NTP): requests are refused.")
        if skew >= _SKEW_WORTH_A_WORD:
            return warning("clock", seconds, "Let NTP keep the machine's clock.")
        return fine("clock", "agrees with Slack's")

    async def _app_token(self, token: str) -> Check:
        try:
            await self._call(token, "apps.connections.open")
        except SlackFailure as failure:
            advice = "Make a new app-level token with connections:write: SLACK_APP_TOKEN."
            return problem("socket mode", failure.reason, advice)
        return fine("socket mode", "Slack offers a connection")

    async def _bot(self, token: str, channels: Sequence[Channel]) -> AsyncIterator[Check]:
        try:
            answer = await self._call(token, "auth.test")
        except SlackFailure as failure:
            yield problem("bot token", failure.reason, "Copy the token from the app's page.")
            return
        workspace = str(answer["team_id"])
        yield fine("bot token", f"{answer.get('user')} in {answer.get('team')} ({workspace})")
        yield _scopes(answer.headers.get("X-OAuth-Scopes", ""))
        own = [each for each in channels if each[0] == workspace]
        for _, team, channel in own[:_MOST_CHANNELS]:
            yield await self._channel(token, team, channel)
        if len(own) > _MOST_CHANNELS:
            found = f"{len(own) - _MOST_CHANNELS} more were not looked at"
            yield warning("channel", found, "Slack's limits allow no more at once.")

    async def _channel(self, token: str, team: str, channel: str) -> Check:
        what = f"channel of {team}"
        try:
            answer = await self._call(token, "conversations.info", channel=channel)
        except PermissionMissing as missing:
            return problem(what, f"{channel} can't be read", _granting(missing.needed))
        except SlackFailure as failure:
            return problem(what, f"{channel}: {failure.reason}", "Invite the bot, or correct it.")
        about: dict[str, Any] = answer["channel"]
        name = f"#{about.get('name', channel)}"
        if about.get("is_archived"):
            return problem(what, f"{name} is archived", "Choose another in the playbook.")
        if not about.get("is_member"):
            return problem(what, f"the bot is not in {name}", "Type /invite @Pacesetter there.")
        return fine(what, f"the bot is in {name}")

    async def _call(self, token: str | None, method: str, **params: str) -> Any:
        timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
        async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as session:
            client = AsyncWebClient(
                token=token,
                base_url=self._api_url,
                session=session,
                timeout=PATIENCE_S,
                retry_handlers=[],
            )
            try:
                return await client.api_call(method, params=params)
            except (SlackApiError, aiohttp.ClientError, OSError) as error:
                raise failure_of(error) from error
            except AttributeError as error:  # the SDK's way to say that it was plain text
                raise SlackFailure("no_json", "Slack's answer made no sense.") from error


def _scopes(header: str) -> Check:
    return scopes_check("scopes", {scope.strip() for scope in header.split(",")})


def scopes_check(what: str, granted: Collection[str]) -> Check:
    """Whether every scope is granted; what each missing one is for, and how it is granted."""
    missing = [scope for scope in SCOPES if scope not in granted]
    if not missing:
        return fine(what, f"all {len(SCOPES)} are granted")
    why = "; ".join(f"{scope} ({SCOPES[scope]})" for scope in missing)
    return problem(what, f"missing: {why}", _granting(", ".join(missing)))


def _granting(scopes: str) -> str:
    which = scopes or "all of its scopes"
    return f"Paste `pacesetter manifest` into the app's settings, and reinstall to grant {which}."
