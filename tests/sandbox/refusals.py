"""How tests read a refusal of the Web API."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


async def refusal(call: Awaitable[Any]) -> dict[str, Any]:
    """The body of the refusal that a call must meet."""
    with pytest.raises(SlackApiError) as caught:
        await call
    data: dict[str, Any] = caught.value.response.data
    return data


async def error(call: Awaitable[Any]) -> str:
    """Its error name alone."""
    return str((await refusal(call))["error"])
