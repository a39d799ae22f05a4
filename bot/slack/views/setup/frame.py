"""What the places of a set-up have in common: the frame around them, and how they are read."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.domain.setups.drafts import Draft, caps, places
from bot.domain.setups.filling import Fields
from bot.slack import actions
from bot.slack.quick_blocks import Plain, button, context, row, section
from bot.slack.views.filled import states

VALUE: Final = "value"
"""The action id of every field; the block's id says which one it is."""
LONGEST_LABEL: Final = 75
LONGEST_INPUT: Final = 150
TITLE: Final = "Set up a team"
_AGAIN: Final = "Set the team up again"


def modal(
    draft: Draft, place: str, said: str, blocks: Iterable[Plain], submit: str = "Next"
) -> Plain:
    """A place: what it is for, its fields, a way back and how far one has come."""
    listed = places(draft)
    number = listed.index(place) if place in listed else 0
    back = [row([button("Back", actions.SETUP_BACK, place)], "back")] if number else []
    of_all = f" of {len(listed)}" if draft.results else ""  # how many, the results decide
    step = f"Step {number + 1}{of_all} · {caps(draft)}"
    resumed = "Closing loses nothing: `/coach setup` goes on here."
    return {
        "type": "modal",
        "title": plain(_AGAIN if draft.team else TITLE),
        "submit": plain(submit),
        "close": plain("Close"),
        "callback_id": actions.SETUP_FORM,
        "private_metadata": metadata(draft.nonce, place),
        "blocks": [
            context(step, "step"),
            section(said, "said"),
            *blocks,
            *back,
            context(resumed, "resumed"),
        ],
    }


def plain(text: str) -> Plain:
    """Text of a view's frame, in which nothing is markup."""
    return {"type": "plain_text", "text": text, "emoji": True}


def metadata(nonce: str, place: str) -> str:
    """Which set-up and which place a form is about."""
    return json.dumps({"nonce": nonce, "place": place})


def place_of(view: Mapping[str, Any]) -> tuple[str, str]:
    """The nonce and the place that a form is about; empty where it doesn't say."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
        return str(kept.get("nonce", "")), str(kept.get("place", ""))
    except (ValueError, TypeError, AttributeError):
        return "", ""


def fields_of(view: Mapping[str, Any]) -> Fields:
    """What was filled in, from Slack's `view`."""
    return {field: _entered(state) for field, state in states(view).items()}


def _entered(state: Mapping[str, Any]) -> str | tuple[str, ...] | None:
    for name in ("selected_users", "selected_options"):
        if isinstance(chosen := state.get(name), list):
            return tuple(map(_value, chosen))
    for name in ("selected_option", "selected_time", "selected_conversation", "value"):
        if name in state:
            return None if state[name] is None else _value(state[name])
    return None


def _value(chosen: Any) -> str:
    return str(chosen.get("value", "")) if isinstance(chosen, Mapping) else str(chosen)
