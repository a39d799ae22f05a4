"""The form behind `/coach notes`: what was typed becomes a note and commitments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.forms import FormRefused
from bot.domain.talks.one_to_ones import (
    LONGEST_COMMITMENT,
    LONGEST_NOTE,
    MOST_COMMITMENTS,
    NewCommitment,
)

HELD: Final = "held_on"
NOTE: Final = "note"
BY_REP: Final = "rep"
BY_MANAGER: Final = "manager"
_A_YEAR: Final = timedelta(days=366)


def what_field(row: int) -> str:
    return f"what_{row}"


def who_field(row: int) -> str:
    return f"who_{row}"


def due_field(row: int) -> str:
    return f"due_{row}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the form: what, who (`BY_REP`, `BY_MANAGER`) and by when, as it was filled in."""

    what: str | None = None
    who: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class FilledNote:
    """What came back, nothing checked yet."""

    held_on: date | None
    note: str | None
    rows: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A one-to-one that may be written down."""

    held_on: date
    note: str | None
    commitments: tuple[NewCommitment, ...]


def checked(filled: FilledNote, today: date) -> Note:
    """`today` is the manager's local date. Raises FormRefused at each wrong field."""
    errors: dict[str, str] = {}
    held = filled.held_on or today
    if held > today:
        errors[HELD] = "That day is still to come. Note it once you have spoken."
    elif today - held > _A_YEAR:
        errors[HELD] = "That is more than a year ago."
    if filled.note and len(filled.note) > LONGEST_NOTE:
        errors[NOTE] = f"That’s {len(filled.note):,} characters: keep it to {LONGEST_NOTE:,}."
    agreed = [
        _commitment(number, row, held, today, errors)
        for number, row in enumerate(filled.rows[:MOST_COMMITMENTS], start=1)
    ]
    if errors:
        raise FormRefused(errors)
    return Note(held, filled.note or None, tuple(each for each in agreed if each is not None))


def _commitment(
    number: int, row: Row, held: date, today: date, errors: dict[str, str]
) -> NewCommitment | None:
    if row.what is None:
        if row.due is not None:
            errors[what_field(number)] = "Say what was agreed, or clear its day."
        return None
    if len(row.what) > LONGEST_COMMITMENT:
        errors[what_field(number)] = f"Keep it to {LONGEST_COMMITMENT} characters."
    if row.due is not None and row.due < held:
        errors[due_field(number)] = "That is before the one-to-one."
    elif row.due is not None and row.due - today > _A_YEAR:
        errors[due_field(number)] = "That is more than a year ahead."
    return NewCommitment(row.what, row.who != BY_MANAGER, row.due)
