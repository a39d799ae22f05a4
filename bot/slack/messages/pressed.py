"""A message in which a button was pressed: the answer takes the button's place."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.slack.limits import MOST_BLOCKS, MOST_CHARACTERS, characters
from bot.slack.message import Message


def with_answer(
    blocks: Iterable[Mapping[str, Any]], block_id: str, answer: Message
) -> tuple[dict[str, Any], ...] | None:
    """The blocks with the answer's in the place of the block with this id.

    None where there is no such block, or the result would be too long for one message.
    """
    before = [dict(block) for block in blocks]
    places = [n for n, block in enumerate(before) if block.get("block_id") == block_id]
    if not places:
        return None
    inserted = [{**each, "block_id": f"{block_id}/{each['block_id']}"} for each in answer.blocks]
    after = (*before[: places[0]], *inserted, *before[places[0] + 1 :])
    fits = len(after) <= MOST_BLOCKS and characters(after) <= MOST_CHARACTERS
    return after if fits else None
