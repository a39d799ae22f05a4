"""From slackblocks' objects to the plain dicts that are sent."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from slackblocks import Block, Text
from slackblocks.objects import TextType

from bot.slack.message import Blocks

SECTION: Final = 3000
"""Characters of a section (slack-facts, Block Kit)."""
BUTTON: Final = 75
"""Characters of a button's label."""


def rendered(*blocks: Block) -> Blocks:
    """The blocks as JSON takes them.

    By the library's inner method, because its public one (`MessageResponse.to_dict`) walks every
    block three times: 180 µs for a reply to `/log` instead of 50.
    """
    return tuple(verbatim(block._resolve()) for block in blocks)


def verbatim(part: dict[str, Any]) -> dict[str, Any]:
    """The block, in whose text Slack makes no link of what only looks like an address: somebody may
    have typed it. Mentions that we write ourselves stay live."""
    if part.get("type") == "mrkdwn":
        part["verbatim"] = True
        return part
    for value in part.values():
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, dict):
                verbatim(each)
    return part


def plain_text(text: str, most: int = BUTTON) -> Text:
    """Text in which nothing is markup, so nothing is escaped; cut where it is too long."""
    return Text(shortened(text, most), TextType.PLAINTEXT, emoji=True)


def shortened(text: str, most: int) -> str:
    """The text on one line, cut at a word where that costs little, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[: most - 1]
    words = head.rsplit(" ", 1)[0]
    return (words if len(words) > most * 2 // 3 else head).rstrip() + "…"


def full_stop(sentence: str) -> str:
    """The sentence with its full stop; one that ends in "Inc." or "…" has it."""
    return sentence if sentence.endswith((".", "…")) else f"{sentence}."


def paragraphs(lines: Iterable[str], most: int = SECTION) -> Iterator[str]:
    """The lines, as many together as a section holds."""
    held: list[str] = []
    length = 0
    for line in lines:
        if held and length + len(line) > most:
            yield "\n".join(held)
            held, length = [], 0
        held.append(line)
        length += len(line) + 1
    if held:
        yield "\n".join(held)
