"""The few blocks that the Home tab is made of, as the plain dicts that Slack takes."""

from collections.abc import Iterable
from typing import Any, Final

from bot.domain.indicators import Indicator
from bot.domain.quantities import plain
from bot.slack import actions
from bot.slack.quick_blocks import Plain, button, section
from bot.slack.rendering import shortened
from bot.slack.words.amounts import logged

HEADER: Final = 150
_ACCESSIBLE: Final = 75
_OPTIONS: Final = 100
_OPTION: Final = 75


def header(text: str, block_id: str) -> Plain:
    """A heading in plain text."""
    said = {"type": "plain_text", "text": shortened(text, HEADER), "emoji": True}
    return {"type": "header", "block_id": block_id, "text": said}


def divider(block_id: str) -> Plain:
    return {"type": "divider", "block_id": block_id}


def beside(text: str, block_id: str, accessory: Plain | None) -> Plain:
    """A section with a button or a menu at its right, if there is one."""
    shown = section(text, block_id)
    return shown if accessory is None else {**shown, "accessory": accessory}


def log_tap(indicator: Indicator, quantity: Any, label: str) -> Plain:
    """One tap that logs the amount; who hears it is told of what."""
    named = actions.with_id(actions.HOME_LOG, indicator.id)
    aloud = shortened(f"Log {logged(quantity, indicator)}", _ACCESSIBLE)
    return {**button(label, named, plain(quantity)), "accessibility_label": aloud}


def menu(action_id: str, placeholder: str, options: Iterable[tuple[str, str]]) -> Plain:
    """A menu of (value, label)."""
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": {"type": "plain_text", "text": placeholder, "emoji": True},
        "options": [_option(value, label) for value, label in options][:_OPTIONS],
    }


def _option(value: str, label: str) -> Plain:
    text = {"type": "plain_text", "text": shortened(label, _OPTION), "emoji": True}
    return {"text": text, "value": value}
