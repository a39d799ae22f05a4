"""One call to Slack's Web API: made once, and its answer or a typed failure.

By aiohttp itself: the SDK's client takes as much processor time again for each call.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from json import dumps, loads
from typing import Any, Final

import aiohttp
from slack_sdk.proxy_env_variable_loader import load_http_proxy_from_env

from bot.slack.errors import answered, failure_of

_JSON: Final = {"Content-Type": "application/json;charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack said yes with; None is what it left out."""

    said: Mapping[str, Any]
    headers: Mapping[str, str]

    def __getitem__(self, name: str) -> Any:
        return self.said.get(name)

    def get(self, name: str, default: Any = None) -> Any:
        return self.said.get(name, default)


class Calls:
    """Calls Slack's methods with one token; through the proxy that the environment names."""

    def __init__(self, token: str, api_url: str, session: aiohttp.ClientSession) -> None:
        self._api_url = api_url.rstrip("/") + "/"
        self._session = session
        self._form_headers = {"Authorization": f"Bearer {token.strip()}"}
        self._json_headers = self._form_headers | _JSON
        self._proxy = load_http_proxy_from_env()

    async def call(
        self,
        method: str,
        *,
        json: Mapping[str, Any] | None = None,
        data: Mapping[str, str] | None = None,
    ) -> Answer:
        """What Slack answers to a body of JSON, or a form (`data`). Raises SlackFailure."""
        if json is None:
            return await self._asked(method, data, self._form_headers)
        return await self._asked(method, dumps(json).encode(), self._json_headers)

    async def _asked(
        self, method: str, body: Mapping[str, str] | bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        url = self._api_url + method
        try:
            async with self._session.post(
                url, data=body, headers=headers, proxy=self._proxy
            ) as response:
                said = _object(await response.read())
        except (aiohttp.ClientError, OSError) as error:
            raise failure_of(error) from error
        if response.status == HTTPStatus.OK and said is not None and said.get("ok"):
            return Answer(said, response.headers)
        raise answered(response.status, response.headers, said)


def _object(body: bytes) -> dict[str, Any] | None:
    """None where it is no JSON, or something else than an object."""
    try:
        said = loads(body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
