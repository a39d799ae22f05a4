"""From what Slack sends to request values; whatever is missing or malformed is refused kindly."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final
from zlib import crc32

from bot.domain.errors import Refusal
from bot.services.requests.callers import Caller
from bot.slack.actions import split_id
from handlers.payloads import INCOMPLETE, Body, chosen, first_action, id_at, is_id, part_at, text_at

_LONGEST_KEY: Final = 120
"""Of a dedupe key, which the database cuts at 200 and the number of a row is added to."""


@dataclass(frozen=True, slots=True)
class CommandRequest:
    """A slash command: `text` is as Slack escaped it."""

    command: str
    caller: Caller
    text: str
    trigger_id: str
    response_url: str


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """One pressed button, or one choice from a menu or a time picker.

    `name` is the action, `number` what its id ends in. The caller's key is the message's, the
    button's, its value's and the presser's: however often it is pressed, it is one request.
    `blocks` are the message's, empty for one that only the presser sees, which Slack doesn't send
    along. `view` is the modal or Home tab that it was pressed in, empty for a message.
    """

    name: str
    number: int
    value: str
    caller: Caller
    trigger_id: str
    response_url: str
    block_id: str
    is_ephemeral: bool
    text: str
    blocks: tuple[Body, ...]
    view: Body = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubmissionRequest:
    """A form that was sent; its key is the form's with what was filled in.

    So a double click is one request.
    """

    callback_id: str
    caller: Caller
    view: Body


@dataclass(frozen=True, slots=True)
class ShortcutRequest:
    """A shortcut; `message` is the one that it was used on, empty for a global one."""

    callback_id: str
    caller: Caller
    trigger_id: str
    response_url: str
    message: Body


@dataclass(frozen=True, slots=True)
class EventRequest:
    """What Slack told unasked; `event_id` is the same each time that it tells it.

    `organisation` is the E… that the workspace is part of, "" for none; `told_at` is when it
    happened, in whole seconds of Unix time (0 where Slack doesn't say).
    """

    type: str
    event_id: str
    workspace_id: str
    event: Body
    organisation: str = ""
    told_at: int = 0


def read_command(body: Body) -> CommandRequest:
    """A slash command's form fields. Raises Refusal for one without its who and where."""
    trigger_id, text = text_at(body, "trigger_id"), text_at(body, "text", needed=False)
    user = id_at(body, "user_id")
    key = _key("", f"{trigger_id}:{_said(user, text)}")
    return CommandRequest(
        command=text_at(body, "command"),
        caller=Caller(id_at(body, "team_id"), user, key),
        text=text,
        trigger_id=trigger_id,
        response_url=text_at(body, "response_url", needed=False),
    )


def read_action(body: Body) -> ActionRequest:
    """The one action of a `block_actions` payload. Raises Refusal for a malformed one."""
    pressed = first_action(body.get("actions"))
    container, message = part_at(body, "container"), part_at(body, "message")
    action_id = text_at(pressed, "action_id")
    name, number = split_id(action_id)
    trigger_id = text_at(body, "trigger_id", needed=False)
    ts, channel = container.get("message_ts"), container.get("channel_id")
    value = chosen(pressed)
    user = part_at(body, "user").get("id")
    pressed_once = f"press:{channel}:{ts}:{action_id}:{user}:{value}" if ts and channel else ""
    view, block_id = part_at(body, "view"), text_at(pressed, "block_id", needed=False)
    if view.get("type") == "home":
        # Until Home is drawn anew; then it has another hash, and the same button is another one.
        shown = f"{view.get('id')}:{view.get('hash')}:{block_id}"
        pressed_once = f"press:{shown}:{action_id}:{user}:{value}"
    return ActionRequest(
        name=name,
        number=number or 0,
        value=value,
        caller=_caller(body, _key(pressed_once, trigger_id)),
        trigger_id=trigger_id,
        response_url=text_at(body, "response_url", needed=False),
        block_id=block_id,
        is_ephemeral=bool(container.get("is_ephemeral")),
        text=text_at(message, "text", needed=False),
        blocks=tuple(message.get("blocks") or ()),
        view=view,
    )


def read_submission(body: Body) -> SubmissionRequest:
    """A `view_submission` payload. Raises Refusal for a malformed one."""
    view = part_at(body, "view")
    filled = _said(part_at(body, "user").get("id"), part_at(view, "state"))
    caller = _caller(body, _key("", f"view:{text_at(view, 'id')}:{filled}"))
    return SubmissionRequest(text_at(view, "callback_id", needed=False), caller, view)


def read_shortcut(body: Body) -> ShortcutRequest:
    """A `shortcut` or `message_action` payload. Raises Refusal for a malformed one."""
    trigger_id = text_at(body, "trigger_id")
    return ShortcutRequest(
        callback_id=text_at(body, "callback_id"),
        caller=_caller(body, _key("", trigger_id)),
        trigger_id=trigger_id,
        response_url=text_at(body, "response_url", needed=False),
        message=part_at(body, "message"),
    )


def read_event(body: Body) -> EventRequest:
    """An `event_callback`. Raises Refusal for a malformed one."""
    event = part_at(body, "event")
    told_at = body.get("event_time")
    return EventRequest(
        type=text_at(event, "type"),
        event_id=text_at(body, "event_id", needed=False),
        workspace_id=id_at(body, "team_id" if body.get("team_id") else "enterprise_id"),
        event=event,
        organisation=text_at(body, "enterprise_id", needed=False),
        told_at=told_at if isinstance(told_at, int) else 0,
    )


def workspace_of(body: Body) -> str | None:
    """The workspace that a request of any kind is about; None in a malformed one.

    In an organisation that has the app for all of its workspaces, requests may name the workspace
    through the user or the view alone, or only the organisation.
    """
    named = body.get("team_id") or _place(body).get("id") or body.get("enterprise_id")
    return named if isinstance(named, str) and is_id(named) else None


def presser(body: Body) -> tuple[str, str] | None:
    """The workspace and the user of an interaction; None in a malformed one."""
    try:
        who = _caller(body, "")
    except Refusal:
        return None
    return who.workspace_id, who.user_id


def _caller(body: Body, key: str) -> Caller:
    return Caller(id_at(_place(body), "id"), id_at(part_at(body, "user"), "id"), key)


def _place(body: Body) -> Body:
    """Where an interaction happened, as `{"id": …}`."""
    team, user, view = part_at(body, "team"), part_at(body, "user"), part_at(body, "view")
    if team.get("id"):
        return team
    whole = part_at(body, "enterprise").get("id")
    return {"id": user.get("team_id") or view.get("team_id") or whole}


def _key(preferred: str, trigger_id: str) -> str:
    key = preferred or trigger_id
    if not key:
        raise Refusal(INCOMPLETE)
    if len(key) <= _LONGEST_KEY and key.isprintable():
        return key
    return blake2b(key.encode(errors="replace"), digest_size=16).hexdigest()


def _said(*what: object) -> str:
    """Tells apart what came under one id of Slack's; a double click says the same again."""
    return f"{crc32(repr(what).encode()):x}"
