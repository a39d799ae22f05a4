"""What a feature takes of what Slack sends: a handle for each command, button, form and event.

`handlers/features/every.py` lists them; the dispatchers (`commands`, `pressed`, `submissions`,
`shortcuts`, `events`) know them by name alone.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.grammar.coach import Coach, CoachTopic
from bot.slack import actions
from bot.slack.message import Message
from handlers.requests import (
    ActionRequest,
    CommandRequest,
    EventRequest,
    ShortcutRequest,
    SubmissionRequest,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: nothing, a message, or (`blocks`) the pressed message changed.

    `replace` where the message takes the place of the pressed one.
    """

    message: Message | None = None
    replace: bool = False
    blocks: tuple[dict[str, Any], ...] | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A form was taken and closes. `message` is shown through `url`, where there are both.

    `replace` where it takes the place of the message that the form was opened from.
    """

    message: Message | None = None
    url: str = ""
    replace: bool = False


@dataclass(frozen=True, slots=True)
class NextView:
    """A form was taken, and this view takes its place (or, `on_top`, opens on top of it)."""

    view: Mapping[str, Any]
    on_top: bool = False


CommandHandle = Callable[[CommandRequest, AsyncWebClient], Awaitable[Message | None]]
"""Answers a command; None where a form has opened instead."""
CoachHandle = Callable[[CommandRequest, Coach, AsyncWebClient], Awaitable[Message | None]]
"""Answers `/coach` about one topic; None where a form has opened instead."""
Press = Callable[[ActionRequest, AsyncWebClient], Awaitable[Shown]]
Submit = Callable[[SubmissionRequest, AsyncWebClient], Awaitable[Saved | NextView]]
"""Takes a form. Raises `FormRefused` for what is wrong at its fields."""
Shortcut = Callable[[ShortcutRequest, AsyncWebClient], Awaitable[None]]
Heard = Callable[[EventRequest, AsyncWebClient], Awaitable[None]]
"""Takes an event. Slack may tell one several times, under one id."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Handles by name: `/kudos`, a topic of `/coach`, an action, a form's or shortcut's callback
    id, an event's type. Failures are turned into sentences by the dispatchers.

    `choices` says, for a command, what a corrected line's button does.
    """

    commands: Mapping[str, CommandHandle] = field(default_factory=dict)
    topics: Mapping[CoachTopic, CoachHandle] = field(default_factory=dict)
    presses: Mapping[str, Press] = field(default_factory=dict)
    forms: Mapping[str, Submit] = field(default_factory=dict)
    shortcuts: Mapping[str, Shortcut] = field(default_factory=dict)
    events: Mapping[str, Heard] = field(default_factory=dict)
    choices: str = actions.LINE
