"""A message as one reads it, for golden files: everything that it shows, block by block."""

from collections.abc import Iterator
from typing import Any

from bot.slack.charts import CHART, in_words
from bot.slack.message import Message


def readable(message: Message) -> str:
    """The message and what goes on in its thread."""
    parts = [_shown(message), *(f"--- in the thread\n\n{_shown(part)}" for part in message.thread)]
    return "\n".join(parts)


def _shown(message: Message) -> str:
    return "".join(f"{line}\n" for block in message.blocks for line in (*_lines(block), ""))


def _lines(block: dict[str, Any]) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"# {block['text']['text']}"
        case "section":
            yield block["text"]["text"]
        case "actions":
            yield " ".join(f"[{_label(each)}]" for each in block["elements"])
        case "table":
            yield from (" | ".join(map(_cell, row)) for row in block["rows"])
        case kind if kind == CHART:
            yield f"(chart) {in_words(block)}"
        case _:
            yield f"({block['type']})"


def _label(element: dict[str, Any]) -> str:
    said = element.get("text") or element.get("placeholder") or {}
    return str(said.get("text", element["type"]))


def _cell(cell: dict[str, Any]) -> str:
    if cell["type"] == "raw_text":
        return str(cell["text"])
    return " ".join(f"@{each['user_id']}" for part in cell["elements"] for each in part["elements"])
