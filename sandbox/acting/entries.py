"""What a person enters into an element, in Slack's notation, and what Slack's client lets pass."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.blocks import elements_of
from sandbox.errors import JsonObject, NotPossible
from sandbox.screens import Values


@dataclass(frozen=True, slots=True)
class Entry:
    """How an element type carries its value: the property, its initial value's, and its shape."""

    field: str
    initial: str
    shape: Literal["plain", "option", "options", "list"] = "plain"


ENTRIES = {
    "static_select": Entry("selected_option", "initial_option", "option"),
    "external_select": Entry("selected_option", "initial_option", "option"),
    "radio_buttons": Entry("selected_option", "initial_option", "option"),
    "overflow": Entry("selected_option", "", "option"),
    "checkboxes": Entry("selected_options", "initial_options", "options"),
    "multi_static_select": Entry("selected_options", "initial_options", "options"),
    "multi_external_select": Entry("selected_options", "initial_options", "options"),
    "users_select": Entry("selected_user", "initial_user"),
    "conversations_select": Entry("selected_conversation", "initial_conversation"),
    "channels_select": Entry("selected_channel", "initial_channel"),
    "multi_users_select": Entry("selected_users", "initial_users", "list"),
    "multi_conversations_select": Entry("selected_conversations", "initial_conversations", "list"),
    "multi_channels_select": Entry("selected_channels", "initial_channels", "list"),
    "datepicker": Entry("selected_date", "initial_date"),
    "timepicker": Entry("selected_time", "initial_time"),
    "datetimepicker": Entry("selected_date_time", "initial_date_time"),
    "plain_text_input": Entry("value", "initial_value"),
    "number_input": Entry("value", "initial_value"),
    "email_text_input": Entry("value", "initial_value"),
    "url_text_input": Entry("value", "initial_value"),
}
PATTERNS = {
    "datepicker": r"\d{4}-\d{2}-\d{2}",
    "timepicker": r"\d{2}:\d{2}",
    "number_input": r"-?\d+(\.\d+)?",
    "email_text_input": r"[^@\s]+@[^@\s]+",
    "url_text_input": r"https?://\S+",
}
LONGEST_INPUT = 3000


def entered(element: JsonObject, value: Any) -> JsonObject:
    """The state of an element after `value` was entered; None empties it. Raises NotPossible."""
    entry = ENTRIES[element["type"]]
    if value is None or value == "":
        empty: Any = [] if entry.shape in {"options", "list"} else None
        return {"type": element["type"], entry.field: empty}
    chosen: Any = value
    if entry.shape == "option":
        chosen = _option(element, value)
    elif entry.shape in {"options", "list"}:
        _check_count(element, value)
        plain = entry.shape == "list"
        chosen = list(value) if plain else [_option(element, one) for one in value]
    else:
        _check_typed(element, value)
    return {"type": element["type"], entry.field: chosen}


def initial(element: JsonObject) -> JsonObject:
    """The state of an element that nobody has touched."""
    entry = ENTRIES[element["type"]]
    empty: Any = [] if entry.shape in {"options", "list"} else None
    return {"type": element["type"], entry.field: element.get(entry.initial, empty)}


def initial_values(blocks: Iterable[JsonObject]) -> Values:
    """`state.values` of blocks as they are first shown: everything that can hold a value."""
    values: Values = {}
    for block in blocks:
        for _, element in elements_of(block):
            if element["type"] in ENTRIES and element["type"] != "overflow":
                values.setdefault(block["block_id"], {})[element["action_id"]] = initial(element)
    return values


def merged(first: Values, second: Values) -> Values:
    """Both states, the second one winning element by element."""
    blocks = {**first, **second}
    return {block: {**first.get(block, {}), **second.get(block, {})} for block in blocks}


def is_empty(state: JsonObject) -> bool:
    """Nothing has been entered."""
    return state[ENTRIES[state["type"]].field] in (None, "", [])


def offered(element: JsonObject) -> list[JsonObject]:
    """The options that an element shows."""
    groups = element.get("option_groups") or []
    return [*element.get("options", []), *(o for group in groups for o in group["options"])]


def _option(element: JsonObject, value: Any) -> JsonObject:
    if isinstance(value, dict):
        return value
    if "external" in element["type"]:
        return {"text": {"type": "plain_text", "text": value, "emoji": True}, "value": value}
    for option in offered(element):
        if option["value"] == value:
            return option
    known = ", ".join(option["value"] for option in offered(element))
    raise NotPossible(f"{element['action_id']} offers no {value!r} (but {known})")


def _check_count(element: JsonObject, chosen: Any) -> None:
    most = element.get("max_selected_items")
    if isinstance(chosen, str) or (most is not None and len(chosen) > most):
        raise NotPossible(f"{element['action_id']} takes a list of at most {most or 'any'} items")


def _check_typed(element: JsonObject, value: Any) -> None:
    kind = element["type"]
    if kind in PATTERNS and not re.fullmatch(PATTERNS[kind], str(value)):
        raise NotPossible(f"{value!r} is nothing to enter into a {kind}")
    if kind != "plain_text_input":
        return
    least, most = element.get("min_length", 0), element.get("max_length", LONGEST_INPUT)
    if not least <= len(value) <= most:
        raise NotPossible(f"{element['action_id']} takes {least} to {most} characters")
