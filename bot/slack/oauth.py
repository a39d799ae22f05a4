"""Slack's OAuth: the address that asks for permission, and the exchange of codes and tokens."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.installations import Grant, Renewed
from bot.slack.errors import OutcomeUnknown, Refused, failure_of
from bot.slack.scopes import SCOPES

TIMEOUT_S = 10


class OAuth:
    """One app's OAuth. Methods that call Slack raise `SlackFailure`s and nothing else.

    `redirect_uri` is never sent: Slack then uses the one that the app's page has, so that no
    request can name another.
    """

    def __init__(
        self, client_id: str, client_secret: str, api_url: str, session: aiohttp.ClientSession
    ) -> None:
        self._client_id = client_id
        known_by = b64encode(f"{client_id}:{client_secret}".encode()).decode()
        self._credentials = {"Authorization": f"Basic {known_by}"}
        self._authorize_url = f"{api_url.removesuffix('api/')}oauth/v2/authorize"
        self._web = AsyncWebClient(
            base_url=api_url, session=session, timeout=TIMEOUT_S, retry_handlers=[]
        )

    def address(self, state: str) -> str:
        """Where somebody is asked whether the app may be installed."""
        asked = {"client_id": self._client_id, "scope": ",".join(SCOPES), "state": state}
        return f"{self._authorize_url}?{urlencode(asked)}"

    async def exchange(self, code: str, now: datetime) -> Grant:
        """What a code stands for; each is good once."""
        return _grant(await self._access(code=code), now)

    async def renew(self, refresh_token: str, now: datetime) -> Renewed:
        """A new token. A refresh token is good once: after `OutcomeUnknown` it may be used up."""
        answer = await self._access(grant_type="refresh_token", refresh_token=refresh_token)
        if not answer.get("access_token") or not answer.get("refresh_token"):
            raise Refused("no_token", "Slack renewed the token without giving a new one.")
        return Renewed(answer["access_token"], answer["refresh_token"], _expiry(answer, now) or now)

    async def reach(self) -> None:
        """Asks whether Slack answers; no token is needed."""
        with _slack_failures():
            await self._web.api_call("api.test")

    async def _access(self, **asked: str) -> Mapping[str, Any]:
        with _slack_failures():
            # Not by the SDK's oauth_v2_access: it signs in a way that aiohttp gives up.
            answer = await self._web.api_call(
                "oauth.v2.access", data=asked, headers=self._credentials
            )
        found = answer.data
        return found if isinstance(found, dict) else {}


@contextmanager
def _slack_failures() -> Iterator[None]:
    try:
        yield
    except (SlackApiError, aiohttp.ClientError, OSError) as error:
        raise failure_of(error) from error
    except AttributeError as error:  # the SDK's way to say that a 200 was plain text
        raise OutcomeUnknown("no_json", "Slack's answer made no sense.") from error


def _grant(answer: Mapping[str, Any], now: datetime) -> Grant:
    """Org-wide installations have no team (slack-facts): their id is the organisation's."""
    team, organisation = answer.get("team") or {}, answer.get("enterprise") or {}
    is_org_wide = bool(answer.get("is_enterprise_install"))
    whose, token = (organisation if is_org_wide else team), answer.get("access_token")
    if not whose.get("id") or not token:
        raise Refused("no_bot_token", "Slack granted no bot token.")
    return Grant(
        workspace_id=whose["id"],
        organisation=organisation.get("id"),
        is_org_wide=is_org_wide,
        name=whose.get("name"),
        app_id=str(answer.get("app_id") or ""),
        bot_user_id=str(answer.get("bot_user_id") or ""),
        installer=str((answer.get("authed_user") or {}).get("id") or ""),
        scopes=frozenset(str(answer.get("scope") or "").split(",")) - {""},
        token=token,
        refresh_token=answer.get("refresh_token"),
        expires_at=_expiry(answer, now),
    )


def _expiry(answer: Mapping[str, Any], now: datetime) -> datetime | None:
    seconds = answer.get("expires_in")
    return None if seconds is None else now + timedelta(seconds=int(seconds))
