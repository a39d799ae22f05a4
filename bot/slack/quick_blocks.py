"""The three blocks of the reply to `/log`, as the plain dicts that slackblocks would make.

slackblocks walks every block it renders, which is half of what drawing that reply takes; its checks
are done by the tests of Slack's limits, on every message that there is.
"""

from collections.abc import Iterable
from typing import Any

from bot.slack.rendering import BUTTON, shortened

Plain = dict[str, Any]


def section(text: str, block_id: str) -> Plain:
    """A section of mrkdwn."""
    return {"type": "section", "block_id": block_id, "text": _mrkdwn(text)}


def context(text: str, block_id: str) -> Plain:
    """Small print: one element of mrkdwn."""
    return {"type": "context", "elements": [_mrkdwn(text)], "block_id": block_id}


def button(label: str, action_id: str, value: str) -> Plain:
    """A button; its label is cut where it is too long."""
    text = {"type": "plain_text", "text": shortened(label, BUTTON), "emoji": True}
    return {"type": "button", "text": text, "action_id": action_id, "value": value}


def row(buttons: Iterable[Plain], block_id: str) -> Plain:
    """Buttons side by side."""
    return {"type": "actions", "block_id": block_id, "elements": list(buttons)}


def _mrkdwn(text: str) -> Plain:
    return {"type": "mrkdwn", "text": text, "verbatim": True}
