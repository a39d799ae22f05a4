"""The inputs that forms are made of, and modals around them, as the plain dicts that Slack takes.

A field is known by its block's id, which stays the same whatever the form shows, so that Slack
keeps what was typed when a view changes; every element's action id is `VALUE`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any, Final

from bot.slack.rendering import BUTTON, shortened

Json = dict[str, Any]
Choices = Sequence[tuple[str, str]]
"""(value, label) of each option."""

VALUE: Final = "value"
TITLE: Final = 24
"""Characters of a modal's title and of its buttons (slack-facts, Block Kit)."""
MOST_OPTIONS: Final = 100
_LONGEST_PLACEHOLDER: Final = 150


def plain(text: str, most: int = BUTTON) -> Json:
    """Text in which nothing is markup."""
    return {"type": "plain_text", "text": shortened(text, most), "emoji": True}


def modal(
    title: str,
    blocks: Iterable[Json],
    *,
    callback_id: str,
    metadata: str,
    submit: str | None = None,
    close: str = "Close",
) -> Json:
    """A modal; without `submit` it has nothing to send."""
    view: Json = {
        "type": "modal",
        "title": plain(title, TITLE),
        "callback_id": callback_id,
        "private_metadata": metadata,
        "close": plain(close, TITLE),
        "blocks": list(blocks),
    }
    return view if submit is None else view | {"submit": plain(submit, TITLE)}


def line(
    name: str,
    label: str,
    typed: str | None = None,
    *,
    most: int = 80,
    optional: bool = False,
    hint: str = "",
    placeholder: str = "",
    multiline: bool = False,
) -> Json:
    """One line of text, or several."""
    element: Json = {"type": "plain_text_input", "max_length": most, "multiline": multiline}
    return _input(name, label, element, "initial_value", typed or None, optional, hint, placeholder)


def choice(
    name: str,
    label: str,
    options: Choices,
    chosen: str | None = None,
    *,
    optional: bool = False,
    hint: str = "",
    placeholder: str = "",
) -> Json:
    """One of several; `chosen` is a value, left out where it isn't offered."""
    listed = [option(*each) for each in options[:MOST_OPTIONS]]
    first = next((each for each in listed if each["value"] == chosen), None)
    element: Json = {"type": "static_select", "options": listed}
    return _input(name, label, element, "initial_option", first, optional, hint, placeholder)


def grouped_choice(
    name: str,
    label: str,
    groups: Iterable[tuple[str, Choices]],
    chosen: str | None = None,
    *,
    optional: bool = False,
    hint: str = "",
    placeholder: str = "",
) -> Json:
    """One of many, which stand under headings."""
    named = [(heading, [option(*each) for each in options]) for heading, options in groups]
    listed = [{"label": plain(heading), "options": options} for heading, options in named]
    every = (each for _, options in named for each in options)
    first = next((each for each in every if each["value"] == chosen), None)
    element: Json = {"type": "static_select", "option_groups": listed}
    return _input(name, label, element, "initial_option", first, optional, hint, placeholder)


def ticks(
    name: str,
    label: str,
    options: Choices,
    chosen: Iterable[str] = (),
    *,
    optional: bool = True,
    hint: str = "",
) -> Json:
    """Any of at most ten; none is an answer too, unless it isn't `optional`."""
    listed, wanted = [option(*each) for each in options], frozenset(chosen)
    ticked = [each for each in listed if each["value"] in wanted]
    element: Json = {"type": "checkboxes", "options": listed}
    return _input(name, label, element, "initial_options", ticked or None, optional, hint)


def person(
    name: str, label: str, chosen: str | None = None, *, optional: bool = False, hint: str = ""
) -> Json:
    """Somebody of the workspace."""
    return _input(name, label, {"type": "users_select"}, "initial_user", chosen, optional, hint)


def people(
    name: str,
    label: str,
    chosen: Sequence[str] = (),
    *,
    optional: bool = False,
    hint: str = "",
    most: int | None = None,
) -> Json:
    """Several people of the workspace."""
    element: Json = {"type": "multi_users_select"}
    if most is not None:
        element["max_selected_items"] = most
    return _input(name, label, element, "initial_users", list(chosen) or None, optional, hint)


def channel(name: str, label: str, chosen: str | None = None, *, hint: str = "") -> Json:
    """A channel, public or private, or none."""
    only = {"include": ["public", "private"], "exclude_bot_users": True}
    element: Json = {"type": "conversations_select", "filter": only}
    return _input(name, label, element, "initial_conversation", chosen, True, hint)


def day(
    name: str, label: str, chosen: date | None = None, *, optional: bool = False, hint: str = ""
) -> Json:
    """A date."""
    first = chosen and chosen.isoformat()
    return _input(name, label, {"type": "datepicker"}, "initial_date", first, optional, hint)


def clock(
    name: str, label: str, chosen: time | None = None, *, optional: bool = False, hint: str = ""
) -> Json:
    """A local time."""
    first = chosen and f"{chosen:%H:%M}"
    return _input(name, label, {"type": "timepicker"}, "initial_time", first, optional, hint)


def option(value: str, label: str) -> Json:
    """One of several to choose from."""
    return {"text": plain(label), "value": value}


def _input(
    name: str,
    label: str,
    element: Json,
    initial: str,
    value: Any,
    optional: bool,
    hint: str = "",
    placeholder: str = "",
) -> Json:
    element = element | {"action_id": VALUE}
    if value is not None:
        element[initial] = value
    if placeholder:
        element["placeholder"] = plain(placeholder, _LONGEST_PLACEHOLDER)
    block: Json = {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": element,
        "optional": optional,
    }
    return block if not hint else block | {"hint": plain(hint, 2000)}
