"""What is too long for one message goes on in its thread."""

from collections.abc import Iterable, Iterator, Sequence

from slackblocks import Block, SectionBlock

from bot.slack.limits import MOST_BLOCKS, MOST_CHARACTERS, characters
from bot.slack.message import Blocks, Message
from bot.slack.rendering import SECTION, paragraphs, rendered, shortened

_TABLE = "table"
_SPOKEN = 3000
"""Characters of the plain text: enough to hear what the message says."""


def sections(title: str, lines: Iterable[str], block_id: str) -> Iterator[Block]:
    """A title and lines of mrkdwn below it, in as many sections as they need."""
    cut = (line if len(line) <= SECTION else f"{line[: SECTION - 1]}…" for line in (title, *lines))
    for number, text in enumerate(paragraphs(cut), start=1):
        yield SectionBlock(text=text, block_id=f"{block_id}:{number}")


def paged(text: str, blocks: Iterable[Block], continued: str) -> Message:
    """One message, with what doesn't fit below it: 50 blocks, 12,000 characters, one table each.

    `continued` is the plain text of what goes on in the thread.
    """
    first, *rest = _pages(rendered(*blocks)) or [()]
    thread = tuple(
        Message(f"{continued} ({number})", page) for number, page in enumerate(rest, start=2)
    )
    return Message(shortened(text, _SPOKEN), first, thread)


def _pages(blocks: Sequence[dict[str, object]]) -> list[Blocks]:
    pages: list[Blocks] = []
    page: Blocks = ()
    for block in blocks:
        if page and not _fits((*page, block)):
            pages.append(page)
            page = ()
        page = (*page, block)
    return [*pages, page] if page else pages


def _fits(page: Blocks) -> bool:
    tables = sum(block["type"] == _TABLE for block in page)
    return len(page) <= MOST_BLOCKS and tables <= 1 and characters(page) <= MOST_CHARACTERS
