"""Files for a conversation, in Slack's three steps: announced, uploaded, shared."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.slack.errors import Refused, failure_of

Call = Callable[..., Awaitable[Any]]
"""Calls a method of Slack's; raises SlackFailure."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be."""

    name: str
    content: bytes


async def share(
    call: Call, session: aiohttp.ClientSession, where: tuple[str, str], files: Sequence[Upload]
) -> None:
    """One message with all the files; `where` is a conversation's id and what the message says.

    What fails before the last step leaves nothing that anybody sees. Raises SlackFailure.
    """
    shared = [{"id": await _uploaded(call, session, each), "title": each.name} for each in files]
    channel, comment = where
    body = {"files": shared, "channel_id": channel, "initial_comment": comment}
    await call("files.completeUploadExternal", json=body)


async def _uploaded(call: Call, session: aiohttp.ClientSession, file: Upload) -> str:
    asked = {"filename": file.name, "length": str(len(file.content))}
    place = await call("files.getUploadURLExternal", data=asked)
    await _post(session, str(place["upload_url"]), file.content)
    return str(place["file_id"])


async def _post(session: aiohttp.ClientSession, url: str, content: bytes) -> None:
    try:
        async with session.post(url, data=content) as response:
            status = response.status
    except (aiohttp.ClientError, OSError) as error:
        raise failure_of(error) from error
    if status != HTTPStatus.OK:
        raise Refused(f"upload_{status}", "Slack didn't take the file.")
