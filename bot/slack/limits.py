"""The last look at a message where it leaves: limits that no single block knows of."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.slack.message import Blocks, Message

MOST_BLOCKS = 50
MOST_CHARACTERS = 12_000
"""Of all texts in all blocks; Slack refuses more as `msg_blocks_too_long` (slack-facts)."""
_MOST_OF = {"table": 1, "data_visualization": 2}


class MalformedMessage(Exception):
    """A message that Slack would refuse: a mistake in our own code, never a user's."""


def check(message: Message) -> Message:
    """The message itself, fit to leave. Raises `MalformedMessage`."""
    for problem in _problems(message):
        raise MalformedMessage(problem)
    return message


def characters(blocks: Blocks) -> int:
    """The length of all that the blocks say."""
    return sum(len(text) for text in _texts(list(blocks)))


def _problems(message: Message) -> Iterator[str]:
    blocks = message.blocks
    if not message.text.strip():
        yield "a message needs its text: notifications and screen readers have nothing else"
    if len(blocks) > MOST_BLOCKS:
        yield f"{len(blocks)} blocks in one message, {MOST_BLOCKS} at most"
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    yield from (f"block_id {name!r} is there twice" for name, times in ids.items() if times > 1)
    kinds = Counter(block.get("type") for block in blocks)
    for kind, most in _MOST_OF.items():
        if kinds[kind] > most:
            yield f"{kinds[kind]} blocks of type {kind}, {most} at most"
    if (length := max(characters(blocks), len(message.text))) > MOST_CHARACTERS:
        yield f"{length} characters in one message, {MOST_CHARACTERS} at most"


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _texts(each)
