"""Ids of blocks and elements: unique where Slack wants it, filled in where the app gave none."""

from collections.abc import Iterator, Sequence
from typing import Any

from sandbox.blocks.places import at
from sandbox.errors import JsonObject

ACTS = frozenset(
    """button overflow datepicker timepicker datetimepicker checkboxes radio_buttons
    plain_text_input number_input email_text_input url_text_input static_select external_select
    users_select conversations_select channels_select multi_static_select multi_external_select
    multi_users_select multi_conversations_select multi_channels_select feedback_buttons
    icon_button""".split()
)


def elements_of(block: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    """Everything in a block that a person can use, each with its pointer below the block."""
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict) and block[key].get("type") in ACTS:
            yield f"/{key}", block[key]
    if block.get("type") in {"actions", "context_actions"}:
        yield from ((f"/elements/{i}", element) for i, element in enumerate(block["elements"]))


def duplicates(blocks: Sequence[JsonObject], root: str) -> list[str]:
    """Ids that stand twice: `block_id` on a surface, `action_id` in a block."""
    return [*_double_blocks(blocks, root), *_double_actions(blocks, root)]


def _double_blocks(blocks: Sequence[JsonObject], root: str) -> Iterator[str]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        name = block.get("block_id")
        if name in seen:
            yield at(f"{root}/{index}/block_id", f'`block_id` "{name}" already exists')
        seen.update([name] if name else [])


def _double_actions(blocks: Sequence[JsonObject], root: str) -> Iterator[str]:
    for index, block in enumerate(blocks):
        seen: set[str] = set()
        for place, element in elements_of(block):
            name = element.get("action_id")
            if name in seen:
                pointer = f"{root}/{index}{place}/action_id"
                yield at(pointer, f'`action_id` "{name}" already exists')
            seen.update([name] if name else [])


def with_ids(blocks: Sequence[JsonObject]) -> tuple[JsonObject, ...]:
    """The blocks as Slack keeps them: each with a `block_id`, each element with an `action_id`."""
    taken = {block.get("block_id") for block in blocks}
    free = (name for number in range(10_000) if (name := f"b{number}") not in taken)
    return tuple(_named(block, block.get("block_id") or next(free)) for block in blocks)


def _named(block: JsonObject, name: str) -> JsonObject:
    named: JsonObject = {**block, "block_id": name}
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict):
            named[key] = _with_action(block[key], "a0")
    if block["type"] in {"actions", "context_actions"}:
        named["elements"] = [_with_action(e, f"a{i}") for i, e in enumerate(block["elements"])]
    return named


def _with_action(element: dict[str, Any], fallback: str) -> dict[str, Any]:
    if element["type"] not in ACTS or element.get("action_id"):
        return element
    return {**element, "action_id": fallback}
