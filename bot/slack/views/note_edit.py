"""The form in which whoever wrote a one-to-one down changes its day and the note."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.talks.one_to_one_forms import HELD, NOTE, FilledNote
from bot.domain.talks.one_to_ones import LONGEST_NOTE, NoteToEdit
from bot.slack import actions
from bot.slack.quick_blocks import section
from bot.slack.views.fields import Json, day, line, modal
from bot.slack.views.filled import filled
from bot.slack.views.one_to_one import NotesPlace, kept_place, place_kept

_LONGEST_ID: Final = 18


@dataclass(frozen=True, slots=True)
class NoteEdited:
    """What an open form is about: the one-to-one, as it was `seen`, and the form below it."""

    one_to_one_id: int
    seen: str
    below: NotesPlace


def note_edit_form(note: NoteToEdit, below: NotesPlace) -> Json:
    """With what stands there now."""
    held = note.held
    about = {"note": held.id, "seen": held.fingerprint, "below": kept_place(below)}
    return modal(
        "Change a note",
        [
            section(
                f"Your one-to-one with <@{below.user_id}>. What you agreed stays as it was told.",
                "whose",
            ),
            day(HELD, "Held on", held.held_on),
            line(
                NOTE, "Your note", most=LONGEST_NOTE, optional=True, multiline=True, typed=held.note
            ),
        ],
        callback_id=actions.NOTES_EDIT_FORM,
        metadata=json.dumps(about),
        submit="Save",
        close="Cancel",
    )


def read_note_edited(view: Mapping[str, Any]) -> NoteEdited:
    """What came back in the form's metadata; whatever is malformed is about nothing."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
        number, seen = str(kept["note"]), str(kept["seen"])
        below = place_kept(kept["below"])
    except (ValueError, TypeError, KeyError):
        return NoteEdited(0, "", NotesPlace(""))
    is_id = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_ID
    return NoteEdited(int(number) if is_id else 0, seen, below)


def filled_edit(view: Mapping[str, Any]) -> FilledNote:
    """What was typed."""
    given = filled(view)
    typed = given.chosen(NOTE)
    return FilledNote(given.day(HELD), typed.strip() if typed else None)
