"""files.*: the external upload in its three steps, and looking a file up."""

import secrets
from typing import Any

from sandbox.api.call import Call, Method
from sandbox.api.chat import check_may_post, from_bot
from sandbox.api.content import Content
from sandbox.errors import JsonObject, SlackError
from sandbox.files import File

LARGEST = 4_000_000
"""Bytes; Slack takes 1 GB, the sandbox keeps all in memory."""
LONGEST_NAME = 255


def upload_address(call: Call) -> JsonObject:
    """docs.slack.dev, files.getUploadURLExternal: where to post the bytes, and the file's id."""
    name = call.args.required("filename")
    call.args.required("length")
    length = call.args.integer("length", 0)
    if length <= 0 or len(name) > LONGEST_NAME:
        raise SlackError("invalid_arguments")
    if length > LARGEST:
        raise SlackError("file_upload_size_restricted")
    team = call.team
    created = int(team.clock.now().timestamp())
    file = File(
        team.new_id("F"), secrets.token_urlsafe(18), name, length, team.seed.bot_user_id, created
    )
    team.files[file.id] = file
    return {"upload_url": f"{call.base_url}/upload/{team.id}/{file.key}", "file_id": file.id}


def complete(call: Call) -> JsonObject:
    """docs.slack.dev, files.completeUploadExternal: titles, and shares in one conversation.

    `channel_id` is a conversation's id: a person's own id isn't taken for one here.
    """
    titles = _titles(call.args.document("files", "invalid_arguments"))
    files = [_uploaded(call, file_id) for file_id in titles]
    wanted = call.args.text("channel_id")
    channel = call.team.conversation(wanted) if wanted else None
    if channel is not None:
        check_may_post(call, channel)
        call.team.check_thread(channel, call.args.text("thread_ts"))
    for file in files:
        file.title = titles[file.id] or file.name
    shown = [file.as_api(call.base_url, call.team.id) for file in files]
    if channel is not None:
        said = Content(call.args.text("initial_comment"), None, None, None)
        message = from_bot(call, channel.id, said, call.args.text("thread_ts"), tuple(shown))
        call.team.store(message)
    return {"files": shown}


def info(call: Call) -> JsonObject:
    """docs.slack.dev, files.info."""
    found = call.team.files.get(call.args.required("file"))
    if found is None or found.title is None:
        raise SlackError("file_not_found")
    return {"file": found.as_api(call.base_url, call.team.id)}


def _titles(given: Any) -> dict[str, str]:
    if not isinstance(given, list) or not given:
        raise SlackError("invalid_arguments")
    if not all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in given):
        raise SlackError("invalid_arguments")
    return {row["id"]: str(row.get("title") or "") for row in given}


def _uploaded(call: Call, file_id: str) -> File:
    """A file whose bytes are there and that has not been completed before."""
    found = call.team.files.get(file_id)
    if found is None or found.content is None or found.title is not None:
        raise SlackError("file_not_found")
    return found


METHODS = (
    Method("files.getUploadURLExternal", upload_address, scope="files:write", tier=4),
    Method("files.completeUploadExternal", complete, scope="files:write", tier=4),
    Method("files.info", info, scope="files:read", tier=4),
)
