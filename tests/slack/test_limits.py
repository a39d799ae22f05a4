"""The last look at a message before it leaves."""

from typing import Any

import pytest

from bot.slack.limits import MalformedMessage, check
from bot.slack.message import Message


def section(text: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def table() -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}


def test_a_message_within_all_limits_passes() -> None:
    message = Message("Hi", (*(section(block_id=str(n)) for n in range(49)), table()))
    assert check(message) is message


@pytest.mark.parametrize(
    "blocks, says",
    [
        ((section(),) * 51, "51 blocks"),
        ((section(block_id="a"), section(block_id="a")), "twice"),
        ((table(), table()), "2 blocks of type table"),
        ((section("x" * 2500),) * 5, "12500 characters"),
    ],
)
def test_what_slack_would_refuse_is_our_mistake(blocks: Any, says: str) -> None:
    with pytest.raises(MalformedMessage, match=says):
        check(Message("Hi", blocks))


def test_a_message_without_text_is_silent_for_screen_readers() -> None:
    with pytest.raises(MalformedMessage, match="text"):
        check(Message(" ", (section(),)))
