"""Reading a payload of Slack's, whatever shape it has; what is needed and missing is refused."""

from collections.abc import Mapping
from typing import Any, Final

from bot.domain.errors import Refusal

Body = Mapping[str, Any]

INCOMPLETE: Final = "Slack sent that without saying who and where. Please try it once more."
_LONGEST_ID: Final = 32
_PICKED: Final = ("time", "date", "user", "conversation", "channel")


def text_at(body: Body, name: str, *, needed: bool = True) -> str:
    """The text under a name; "" where there is none. Raises Refusal where it is `needed`."""
    value = body.get(name)
    if isinstance(value, str) and (value or not needed):
        return value
    if needed:
        raise Refusal(INCOMPLETE)
    return ""


def part_at(body: Body, name: str) -> Body:
    """The object under a name; an empty one where there is none."""
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def id_at(body: Body, name: str) -> str:
    """The id under a name. Raises Refusal where there is none."""
    value = text_at(body, name)
    if not is_id(value):
        raise Refusal(INCOMPLETE)
    return value


def is_id(value: str) -> bool:
    """Whether it has the form of an id of Slack's."""
    return len(value) <= _LONGEST_ID and value.isalnum()


def first_action(actions: Any) -> Body:
    """What was pressed. Raises Refusal where nothing was."""
    if isinstance(actions, list) and actions and isinstance(actions[0], Mapping):
        return actions[0]
    raise Refusal(INCOMPLETE)


def chosen(pressed: Body) -> str:
    """A button's value, a menu's option, a picker's time, a person or a channel."""
    option = part_at(pressed, "selected_option").get("value")
    picked = (pressed.get(f"selected_{what}") for what in _PICKED)
    found = next((each for each in (option, *picked) if each), pressed.get("value"))
    return found if isinstance(found, str) else ""
