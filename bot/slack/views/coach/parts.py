"""What pages are drawn from: rows with something to press, a way back, what has just been saved."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.quick_blocks import context, section
from bot.slack.rendering import BUTTON, shortened
from bot.slack.views.coach.place import Kept, Place
from bot.slack.views.fields import Json, modal, option, plain

MOST_ROWS: Final = 20
"""Of a list, before it goes on on the next page."""
_TOLD: Final = 110
_TOLD_LINES: Final = 5
_NAME: Final = 80


def safe(typed: str, most: int = _NAME) -> str:
    """What a user typed, on one line and harmless as mrkdwn."""
    return escaped(shortened(typed, most))


def page(title: str, kept: Kept, blocks: Iterable[Json]) -> Json:
    """A view to look at and to choose from, with nothing to send."""
    return modal(title, blocks, callback_id=actions.COACH_PAGE, metadata=kept.metadata)


def form(title: str, kept: Kept, blocks: Iterable[Json], submit: str = "Save") -> Json:
    """A view with something to send."""
    return modal(
        title,
        blocks,
        callback_id=actions.COACH_FORM,
        metadata=kept.metadata,
        submit=submit,
        close="Cancel" if kept.back is None else "Back",
    )


def told(said: str) -> list[Json]:
    """What has just been saved, a line each, plain; "👉" begins one that asks for something."""
    lines = said.split("\n") if said else []
    if not lines:
        return []
    shown = [f"{_mark(line)}{safe(line, _TOLD)}" for line in lines[:_TOLD_LINES]]
    more = len(lines) - len(shown)
    return [section("\n".join([*shown, *([f"and {more} more"] if more else [])]), "told")]


def _mark(line: str) -> str:
    return "" if line.startswith("👉") else "✅  "


def text(said: str, block_id: str) -> Json:
    """Mrkdwn, escaped already."""
    return section(said, block_id)


def small(said: str, block_id: str) -> Json:
    """Small print; mrkdwn, escaped already."""
    return context(said, block_id)


def heading(words: str, block_id: str) -> Json:
    """Large plain text."""
    return {"type": "header", "block_id": block_id, "text": plain(words, 150)}


def divider(block_id: str) -> Json:
    return {"type": "divider", "block_id": block_id}


def opening(said: str, place: Place, block_id: str, label: str = "Open") -> Json:
    """A row with a button that leads somewhere; whoever hears the page hears which row it is."""
    named = re.search(r"\*(.+?)\*", said)
    spoken = f"{label}: {named[1]}" if named else label
    labelled = button(label, place) | {"accessibility_label": shortened(spoken, BUTTON)}
    return section(said, block_id) | {"accessory": labelled}


def choosing(said: str, options: Sequence[tuple[str, Place]], block_id: str) -> Json:
    """A row with a menu of at most five things to do, as (label, place)."""
    menu = {
        "type": "overflow",
        "action_id": actions.COACH_GO,
        "options": [option(place.code, label) for label, place in options],
    }
    return section(said, block_id) | {"accessory": menu}


def button(label: str, place: Place, number: int = 0, style: str | None = None) -> Json:
    """A button that leads somewhere; `number` tells those of one row apart."""
    made: Json = {
        "type": "button",
        "text": plain(label),
        "action_id": actions.with_id(actions.COACH_GO, number) if number else actions.COACH_GO,
        "value": place.code,
    }
    return made if style is None else made | {"style": style}


def buttons(labelled: Sequence[tuple[str, Place]], block_id: str, *, first: bool = True) -> Json:
    """Buttons side by side; the first one stands out where `first` says so."""
    elements = [
        button(label, place, number, "primary" if first and number == 1 else None)
        for number, (label, place) in enumerate(labelled, start=1)
    ]
    return {"type": "actions", "block_id": block_id, "elements": elements}


def turning(place: Place, total: int) -> list[Json]:
    """Where one is in a list of more than one page, and the ways on."""
    if total <= MOST_ROWS:
        return []
    number = shown_page(place, total)
    first = number * MOST_ROWS
    last = min(first + MOST_ROWS, total)
    ways = [("‹ Previous", number - 1)] if number else []
    ways += [("Next ›", number + 1)] if last < total else []
    listed = [(label, place.to(place.page, place.subject, to)) for label, to in ways]
    counted = small(f"{first + 1}–{last} of {total}", "counted")
    return [counted, buttons(listed, "turning", first=False)]


def shown_page(place: Place, total: int) -> int:
    """The page of the list that is shown; the last one where there aren't so many any more."""
    return max(0, min(place.number, (total - 1) // MOST_ROWS))
