"""The form behind `/coach notes`: the day, a note, what was agreed; earlier notes below."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.talks.one_to_one_forms import (
    BY_MANAGER,
    BY_REP,
    HELD,
    NOTE,
    FilledNote,
    Row,
    due_field,
    what_field,
    who_field,
)
from bot.domain.talks.one_to_ones import (
    LONGEST_COMMITMENT,
    LONGEST_NOTE,
    MOST_COMMITMENTS,
    Noted,
    Notes,
    OneToOne,
)
from bot.slack import actions
from bot.slack.escaping import characters
from bot.slack.message import Message
from bot.slack.quick_blocks import button, context, row, section
from bot.slack.rendering import SECTION, shortened
from bot.slack.views.fields import Json, choice, day, line, modal
from bot.slack.views.filled import filled
from bot.slack.words.amounts import day_words

FIRST_ROWS: Final = 2
"""Lines for commitments that the form begins with."""
_WHO: Final = ((BY_REP, "The rep"), (BY_MANAGER, "I do it"))
_LONGEST_NAME: Final = 14


@dataclass(frozen=True, slots=True)
class NotesPlace:
    """What an open form is about: the rep, where its answer goes, how many lines it has, and
    which page of earlier notes it shows."""

    user_id: str
    url: str = ""
    rows: int = FIRST_ROWS
    page: int = 0


def notes_form(notes: Notes, place: NotesPlace) -> Json:
    """The form; the rep's own name in its title."""
    blocks = [
        section(
            f"<@{place.user_id}> sees what you agree, never your note: that is for whoever leads "
            "the team.",
            "whose",
        ),
        day(HELD, "Held on", notes.today),
        line(
            NOTE,
            "Your note",
            most=LONGEST_NOTE,
            optional=True,
            multiline=True,
            placeholder="What was said, in your own words",
        ),
        *_rows(place),
        *_earlier(notes),
    ]
    who = shortened(notes.name, _LONGEST_NAME) if notes.name else ""
    return modal(
        f"1:1 with {who}" if who else "One-to-one",
        blocks,
        callback_id=actions.NOTES_FORM,
        metadata=json.dumps(kept_place(place)),
        submit="Save",
        close="Cancel",
    )


def read_notes_place(view: Mapping[str, Any]) -> NotesPlace:
    """What came back in the form's metadata; whatever is malformed names nobody."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, TypeError):
        kept = {}
    return place_kept(kept)


def kept_place(place: NotesPlace) -> Json:
    """The same as metadata."""
    return {"user": place.user_id, "url": place.url, "rows": place.rows, "page": place.page}


def place_kept(kept: Any) -> NotesPlace:
    """And back."""
    if not isinstance(kept, dict):
        kept = {}
    return NotesPlace(
        user_id=_text(kept.get("user")),
        url=_text(kept.get("url")),
        rows=_number(kept.get("rows"), FIRST_ROWS, MOST_COMMITMENTS),
        page=_number(kept.get("page"), 0, _MOST_PAGES),
    )


_MOST_PAGES: Final = 1000


def filled_note(view: Mapping[str, Any]) -> FilledNote:
    """What was typed."""
    given = filled(view)
    typed = given.chosen(NOTE)
    rows = [
        Row(given.text(what_field(n)), given.chosen(who_field(n)), given.day(due_field(n)))
        for n in range(1, MOST_COMMITMENTS + 1)
    ]
    return FilledNote(given.day(HELD), typed.strip() if typed else None, rows)


def noted_message(noted: Noted) -> Message:
    """What is on record now."""
    who = f"<@{noted.user_id}>"
    when = day_words(noted.held_on, noted.today)
    text = f"Noted: your one-to-one with {who} of {when}."
    if noted.commitments:
        count = noted.commitments
        told = "commitment, which" if count == 1 else f"{count} commitments, which"
        told = f"1 {told}" if count == 1 else told
        text += f" {told} {who} gets as a direct message."
    return Message(text, (section(text, "noted"),))


def _rows(place: NotesPlace) -> Iterator[Json]:
    for number in range(1, place.rows + 1):
        yield line(
            what_field(number),
            f"Agreed, {number}",
            most=LONGEST_COMMITMENT,
            optional=True,
            placeholder="Send Acme the offer",
        )
        yield choice(who_field(number), "Who does it", _WHO, BY_REP)
        yield day(due_field(number), "By when", optional=True, hint="There is a reminder that day.")
    if place.rows < MOST_COMMITMENTS:
        yield row([button("One more", actions.NOTES_ROW, "more")], "more")


def _earlier(notes: Notes) -> Iterator[Json]:
    if not notes.notes:
        return
    yield {"type": "divider", "block_id": "earlier"}
    yield section("*Earlier one-to-ones*", "earlier:title")
    for each in notes.notes:
        yield from _note(each, notes)
    turning = []
    if notes.page:
        turning.append(_turn("Newer", notes.page - 1))
    if notes.has_older:
        turning.append(_turn("Older", notes.page + 1))
    if turning:
        yield row(turning, f"turn:{notes.page}")


def _note(held: OneToOne, notes: Notes) -> Iterator[Json]:
    when = day_words(held.held_on, notes.today)
    yield context(f"*{when}* · noted by <@{held.manager}>", f"note:{held.id}")
    for number, part in enumerate(_parts(held.note or "No note.")):
        shown = section(part, f"note:{held.id}:{number}")
        yield shown if number or held.manager != notes.reader else shown | _edit(held)


def _edit(held: OneToOne) -> Json:
    """For whoever wrote it."""
    action = actions.with_id(actions.NOTES_EDIT, held.id)
    return {"accessory": button("Change", action, str(held.id))}


def _parts(typed: str) -> Iterator[str]:
    """The note, escaped, in as many sections as it needs; cut between characters as typed."""
    held = ""
    for safe in characters(typed):
        if len(held) + len(safe) > SECTION:
            yield held
            held = ""
        held += safe
    if held.strip():
        yield held


def _turn(label: str, page: int) -> Json:
    return button(label, actions.with_id(actions.NOTES_PAGE, page), str(page))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any, least: int, most: int) -> int:
    return min(max(value, least), most) if isinstance(value, int) else least
