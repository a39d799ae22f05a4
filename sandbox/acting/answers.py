"""What the bot says in answer to a command or through a response URL, and where it appears."""

from dataclasses import replace
from typing import Any

from sandbox.api.arguments import Arguments
from sandbox.api.content import Content, content
from sandbox.errors import JsonObject, SlackError
from sandbox.message import Message
from sandbox.team import Team
from sandbox.tickets import ResponseUrl


def say(team: Team, ticket: ResponseUrl, body: Any) -> Message | None:
    """Shows, replaces or deletes a message as `body` asks. None when nothing new is shown.
    Raises SlackError (`no_text`, `invalid_blocks`, `invalid_payload`, …)."""
    if isinstance(body, str):
        body = {"text": body}
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    args = Arguments(body)
    if args.flag("delete_original"):
        _delete(team, ticket)
        return None
    said = content(args)
    if said.is_empty:
        raise SlackError("no_text")
    message = _placed(team, ticket, args, said)
    ticket.heard.append((message.channel, message.ts))
    return message


def _placed(team: Team, ticket: ResponseUrl, args: Arguments, said: Content) -> Message:
    before = _original(team, ticket)
    if args.flag("replace_original") and before is not None:
        new = before.with_content(team.new_ts(), said.text or "", said.blocks or ())
        return team.store(replace(new, metadata=said.metadata or before.metadata))
    kind = args.text("response_type") or "ephemeral"
    if kind not in {"ephemeral", "in_channel"}:
        raise SlackError("invalid_payload")
    if ticket.channel not in team.conversations:
        raise SlackError("channel_not_found")
    thread = args.text("thread_ts") or ticket.thread_ts
    return team.store(_new(team, ticket, said, thread, private=kind == "ephemeral"))


def _new(
    team: Team, ticket: ResponseUrl, said: Content, thread: str | None, *, private: bool
) -> Message:
    return Message(
        ts=team.new_ts(),
        channel=ticket.channel,
        user=team.seed.bot_user_id,
        text=said.text or "",
        blocks=said.blocks or (),
        attachments=said.attachments or (),
        metadata=said.metadata or None,
        thread_ts=thread,
        bot_id=team.seed.bot_id,
        app_id=team.seed.app_id,
        team=team.id,
        ephemeral_to=ticket.user if private else None,
    )


def _original(team: Team, ticket: ResponseUrl) -> Message | None:
    """The message that the interaction came from; for a command, what was last said about it."""
    ts = ticket.original or (ticket.heard[-1][1] if ticket.heard else None)
    if ts is None:
        return None
    return team.ephemeral(ticket.channel, ts) or _public(team, ticket.channel, ts)


def _public(team: Team, channel: str, ts: str) -> Message | None:
    place = team.conversations.get(channel)
    found = place.messages.get(ts) if place else None
    return None if found is None or found.deleted else found


def _delete(team: Team, ticket: ResponseUrl) -> None:
    before = _original(team, ticket)
    if before is not None:
        team.store(replace(before, deleted=team.new_ts()))


def submission_body(body: Any) -> JsonObject:
    """The answer to a view_submission. Raises `invalid_payload` when it is none."""
    if body in ("", None, {}):
        return {}
    if not isinstance(body, dict) or body.get("response_action") not in {
        "errors",
        "update",
        "push",
        "clear",
    }:
        raise SlackError("invalid_payload")
    return body
