"""From what Slack sends to request values; whatever is missing or malformed is refused kindly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final
from zlib import crc32

from bot.domain.errors import Refusal
from bot.services.requests.callers import Caller
from bot.slack.actions import split_id

Body = Mapping[str, Any]

_LONGEST_KEY: Final = 120
"""Of a dedupe key, which the database cuts at 200 and the number of a row is added to."""
_LONGEST_ID: Final = 32
_PICKED: Final = ("time", "date", "user", "conversation", "channel")
_INCOMPLETE: Final = "Slack sent that without saying who and where. Please try it once more."


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
    trigger_id, text = _text(body, "trigger_id"), _text(body, "text", needed=False)
    user = _id(body, "user_id")
    key = _key("", f"{trigger_id}:{_said(user, text)}")
    return CommandRequest(
        command=_text(body, "command"),
        caller=Caller(_id(body, "team_id"), user, key),
        text=text,
        trigger_id=trigger_id,
        response_url=_text(body, "response_url", needed=False),
    )


def read_action(body: Body) -> ActionRequest:
    """The one action of a `block_actions` payload. Raises Refusal for a malformed one."""
    pressed = _first(body.get("actions"))
    container, message = _part(body, "container"), _part(body, "message")
    action_id = _text(pressed, "action_id")
    name, number = split_id(action_id)
    trigger_id = _text(body, "trigger_id", needed=False)
    ts, channel = container.get("message_ts"), container.get("channel_id")
    value = _chosen(pressed)
    user = _part(body, "user").get("id")
    pressed_once = f"press:{channel}:{ts}:{action_id}:{user}:{value}" if ts and channel else ""
    view, block_id = _part(body, "view"), _text(pressed, "block_id", needed=False)
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
        response_url=_text(body, "response_url", needed=False),
        block_id=block_id,
        is_ephemeral=bool(container.get("is_ephemeral")),
        text=_text(message, "text", needed=False),
        blocks=tuple(message.get("blocks") or ()),
        view=view,
    )


def read_submission(body: Body) -> SubmissionRequest:
    """A `view_submission` payload. Raises Refusal for a malformed one."""
    view = _part(body, "view")
    filled = _said(_part(body, "user").get("id"), _part(view, "state"))
    caller = _caller(body, _key("", f"view:{_text(view, 'id')}:{filled}"))
    return SubmissionRequest(_text(view, "callback_id", needed=False), caller, view)


def read_shortcut(body: Body) -> ShortcutRequest:
    """A `shortcut` or `message_action` payload. Raises Refusal for a malformed one."""
    trigger_id = _text(body, "trigger_id")
    return ShortcutRequest(
        callback_id=_text(body, "callback_id"),
        caller=_caller(body, _key("", trigger_id)),
        trigger_id=trigger_id,
        response_url=_text(body, "response_url", needed=False),
        message=_part(body, "message"),
    )


def read_event(body: Body) -> EventRequest:
    """An `event_callback`. Raises Refusal for a malformed one."""
    event = _part(body, "event")
    told_at = body.get("event_time")
    return EventRequest(
        type=_text(event, "type"),
        event_id=_text(body, "event_id", needed=False),
        workspace_id=_id(body, "team_id" if body.get("team_id") else "enterprise_id"),
        event=event,
        organisation=_text(body, "enterprise_id", needed=False),
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
    return Caller(_id(_place(body), "id"), _id(_part(body, "user"), "id"), key)


def _place(body: Body) -> Body:
    """Where an interaction happened, as `{"id": …}`."""
    team, user, view = _part(body, "team"), _part(body, "user"), _part(body, "view")
    if team.get("id"):
        return team
    whole = _part(body, "enterprise").get("id")
    return {"id": user.get("team_id") or view.get("team_id") or whole}


def _key(preferred: str, trigger_id: str) -> str:
    key = preferred or trigger_id
    if not key:
        raise Refusal(_INCOMPLETE)
    if len(key) <= _LONGEST_KEY and key.isprintable():
        return key
    return blake2b(key.encode(errors="replace"), digest_size=16).hexdigest()


def _said(*what: object) -> str:
    """Tells apart what came under one id of Slack's; a double click says the same again."""
    return f"{crc32(repr(what).encode()):x}"


def _id(part: Body, name: str) -> str:
    value = _text(part, name)
    if not is_id(value):
        raise Refusal(_INCOMPLETE)
    return value


def is_id(value: str) -> bool:
    """Whether it has the form of an id of Slack's."""
    return len(value) <= _LONGEST_ID and value.isalnum()


def _text(part: Body, name: str, *, needed: bool = True) -> str:
    value = part.get(name)
    if isinstance(value, str) and (value or not needed):
        return value
    if needed:
        raise Refusal(_INCOMPLETE)
    return ""


def _part(body: Body, name: str) -> Body:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def _first(actions: Any) -> Body:
    if isinstance(actions, list) and actions and isinstance(actions[0], Mapping):
        return actions[0]
    raise Refusal(_INCOMPLETE)


def _chosen(pressed: Body) -> str:
    """A button's value, a menu's option, a picker's time, a person or a channel."""
    option = _part(pressed, "selected_option").get("value")
    picked = (pressed.get(f"selected_{what}") for what in _PICKED)
    chosen = next((each for each in (option, *picked) if each), pressed.get("value"))
    return chosen if isinstance(chosen, str) else ""
