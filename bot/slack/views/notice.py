"""A sentence in a modal of its own."""

from typing import Any

from bot.slack.message import Message


def notice_view(message: Message, title: str = "Not done") -> dict[str, Any]:
    """What there is to say to somebody who looks at a modal."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Back"},
        "blocks": list(message.blocks),
    }
