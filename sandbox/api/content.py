"""What a message says: text, blocks, metadata, each held against Slack's limits."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox.api.arguments import Arguments
from sandbox.blocks import message_blocks
from sandbox.errors import JsonObject, SlackError

TEXT_CHARACTERS = 40_000
MARKDOWN_CHARACTERS = 12_000
METADATA_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class Content:
    """`None` where nothing was given, which an update takes as "as before"."""

    text: str | None
    blocks: tuple[JsonObject, ...] | None
    attachments: tuple[JsonObject, ...] | None
    metadata: JsonObject | None

    @property
    def is_empty(self) -> bool:
        return not ((self.text or "").strip() or self.blocks or self.attachments)


def content(args: Arguments) -> Content:
    """Reads and checks it. Raises `msg_too_long`, `invalid_blocks`, `invalid_metadata_format`, …"""
    blocks = args.document("blocks", "invalid_blocks_format")
    return Content(
        _text(args, blocks),
        None if blocks is None else message_blocks(blocks),
        _attachments(args.document("attachments", "invalid_attachments")),
        metadata(args.document("metadata", "invalid_metadata_format")),
    )


def metadata(value: Any) -> JsonObject | None:
    """`{event_type, event_payload}`; an empty object removes what was there."""
    if value is None or value == {}:
        return None if value is None else {}
    if not isinstance(value, dict) or set(value) - {"event_type", "event_payload", "entities"}:
        raise SlackError("invalid_metadata_format")
    if not isinstance(value.get("event_type"), str) or not value["event_type"]:
        raise SlackError("invalid_metadata_format")
    if not isinstance(value.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(value).encode()) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return value


def _text(args: Arguments, blocks: Any) -> str | None:
    markdown = args.text("markdown_text")
    if markdown is not None:
        if blocks or args.text("text"):
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MARKDOWN_CHARACTERS:
            raise SlackError("msg_too_long")
        return markdown
    text = args.text("text")
    if text is not None and len(text) > TEXT_CHARACTERS:
        raise SlackError("msg_too_long")
    return text


def _attachments(value: Any) -> tuple[JsonObject, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise SlackError("invalid_attachments")
    if len(value) > 100:
        raise SlackError("too_many_attachments")
    return tuple(value)
