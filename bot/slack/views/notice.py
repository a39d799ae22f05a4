"""A sentence in a modal of its own."""

from typing import Any, Final

from bot.slack.message import Message

ANSWER: Final = "answer"
"""Callback id of a modal that shows an answer."""
_MOST_BLOCKS: Final = 100
_IN_MODAL: Final = {"section", "context", "actions", "divider", "header", "image", "rich_text"}


def notice_view(message: Message, title: str = "Not done") -> dict[str, Any]:
    """What there is to say to somebody who looks at a modal."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Back"},
        "blocks": list(message.blocks),
    }


def answer_view(message: Message) -> dict[str, Any]:
    """An answer to somebody who looks at Home, or at such an answer."""
    return {
        "type": "modal",
        "callback_id": ANSWER,
        "title": {"type": "plain_text", "text": "Pacesetter"},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": list(message.blocks),
    }


def fits_in_modal(message: Message) -> bool:
    """Whether a modal can show it: no tables and charts, and not so long that it has a thread."""
    kinds = {block.get("type") for block in message.blocks}
    return len(message.blocks) <= _MOST_BLOCKS and not message.thread and kinds <= _IN_MODAL
