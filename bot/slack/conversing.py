"""Answers to somebody who waits: through a response URL, or by opening a modal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.errors import OutcomeUnknown, Refused, failure_of
from bot.slack.limits import check
from bot.slack.message import Message


def ephemeral(message: Message) -> dict[str, Any]:
    """The body that shows a message to one person: the answer to a command."""
    return {"response_type": "ephemeral", "text": message.text, "blocks": list(message.blocks)}


async def respond(
    http: aiohttp.ClientSession, url: str, message: Message, *, replace: bool = False
) -> None:
    """Says something through a response URL: five times within thirty minutes (slack-facts).

    `replace` puts it in the place of the message that a button was pressed in. Raises SlackFailure.
    """
    body = ephemeral(check(message)) | {"replace_original": replace}
    await _post(http, url, body)


async def open_view(web: AsyncWebClient, trigger_id: str, view: Mapping[str, Any]) -> None:
    """Opens a modal; within three seconds of the trigger, once. Raises SlackFailure."""
    with _slack_failures():
        await web.views_open(trigger_id=trigger_id, view=dict(view))


async def push_view(web: AsyncWebClient, trigger_id: str, view: Mapping[str, Any]) -> None:
    """Opens a modal on top of the one that the trigger came from: three at most. Raises
    SlackFailure."""
    with _slack_failures():
        await web.views_push(trigger_id=trigger_id, view=dict(view))


async def update_view(web: AsyncWebClient, view_id: str, view: Mapping[str, Any]) -> None:
    """Puts other contents into an open modal. Raises SlackFailure."""
    with _slack_failures():
        await web.views_update(view_id=view_id, view=dict(view))


@contextmanager
def _slack_failures() -> Iterator[None]:
    try:
        yield
    except SlackRequestError as error:  # the SDK's own, before it asks Slack: no view is named
        raise Refused("no_view", "The request named no view.") from error
    except (SlackApiError, aiohttp.ClientError, OSError) as error:
        raise failure_of(error) from error


async def _post(http: aiohttp.ClientSession, url: str, body: Mapping[str, Any]) -> None:
    try:
        async with http.post(url, json=body) as response:
            status = response.status
    except (aiohttp.ClientError, OSError) as error:
        raise failure_of(error) from error
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise OutcomeUnknown(f"http_{status}", "Slack had an accident of its own.")
    if status >= HTTPStatus.BAD_REQUEST:
        raise Refused(f"http_{status}", "The message to answer to is gone or too old.")
