"""A message as it will look, shown in a modal: Slack has no tables there, and nothing to press."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.quick_blocks import Plain, context, section
from bot.slack.rendering import paragraphs, shortened

_MOST_BLOCKS: Final = 40
"""Of each message, so that a modal's hundred are never reached."""
_KEPT: Final = frozenset({"section", "header", "context", "divider", "rich_text"})
_LONGEST_LABEL: Final = 60


def as_shown(message: Message, prefix: str) -> list[Plain]:
    """The message's blocks, `prefix` before their ids; its buttons in words, tables as lines."""
    whole = [block for each in (message, *message.thread) for block in each.blocks]
    shown = [each for number, block in enumerate(whole) for each in _shown(block, f"{number}")]
    ids = (f"{prefix}:{number}" for number in range(len(shown)))
    named = [{**block, "block_id": name} for block, name in zip(shown, ids, strict=True)]
    return named[:_MOST_BLOCKS]


def _shown(block: Mapping[str, Any], name: str) -> Iterator[Plain]:
    if block["type"] in _KEPT:
        yield {key: value for key, value in block.items() if key != "accessory"}
    elif block["type"] == "actions":
        yield context(" ".join(_labels(block["elements"])), name)
    elif block["type"] == "table":
        lines = (_line(row, block["rows"][0]) for row in block["rows"][1:])
        yield from (section(text, name) for text in paragraphs(lines))


def _labels(elements: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """ "[ Log 5 × Calls ]" for each button or menu."""
    for element in elements:
        label = (element.get("text") or element.get("placeholder") or {}).get("text", "")
        yield f"`{escaped(shortened(label, _LONGEST_LABEL)).replace('`', '’')}`"


def _line(row: Iterable[Mapping[str, Any]], headings: Iterable[Mapping[str, Any]]) -> str:
    """ "@Riley: First meetings 🟠 3/5 · Demos ✅ 3/3"."""
    who, *cells = map(_words, row)
    _, *names = map(_words, headings)
    told = (f"{name} {cell}" for name, cell in zip(names, cells, strict=True))
    return f"{who}: {' · '.join(told)}"


def _words(cell: Any) -> str:
    """A cell as mrkdwn: its text, or the people that it mentions."""
    if isinstance(cell, list):
        return "".join(map(_words, cell))
    if not isinstance(cell, Mapping):
        return ""
    if cell.get("type") == "user":
        return f"<@{cell['user_id']}>"
    if "elements" in cell:
        return _words(cell["elements"])
    return escaped(str(cell.get("text", "")))
