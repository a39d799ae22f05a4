"""`/coach notes`: what was said and agreed, and what was noted earlier."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.db.queries.coaching import one_to_ones as stored
from bot.db.session import Session
from bot.domain.days.zones import local_date_in
from bot.domain.errors import NotPermitted, Refusal
from bot.domain.ledger.occasions import Occasion, OccasionKind
from bot.domain.talks.one_to_one_forms import FilledNote, Note, checked
from bot.domain.talks.one_to_ones import Noted, Notes, NoteToEdit, agreed_key
from bot.services import auditing, ledger
from bot.services.agreements import ONE_TO_ONE
from bot.services.one_to_ones.permitting import Pair, pair
from bot.services.requests.callers import Caller

READ: Final = "notes.read"
WRITTEN: Final = "notes.written"
EDITED: Final = "notes.edited"
"""The audit log's names; it keeps who and about whom, never what."""
NOTES_A_PAGE: Final = 3
_GONE: Final = "That note isn’t there any more: `/coach notes @rep` shows what there is."
_WORTH_TELLING: Final = timedelta(hours=72)


def notes_asked(session: Session, caller: Caller, user_id: str, page: int, now: datetime) -> Notes:
    """What was noted about a rep, for who leads the rep's team; reading is written down.

    Raises NotPermitted, UnknownPerson.
    """
    both = pair(session, caller, user_id)
    page = max(page, 0)
    found = stored.notes_of(
        session.connection,
        caller.workspace_id,
        both.rep.id,
        page * NOTES_A_PAGE,
        NOTES_A_PAGE + 1,
    )
    if found:
        _audit(session, both, caller, READ, now)
    return Notes(
        reader=caller.user_id,
        user_id=user_id,
        name=both.rep.person.name,
        today=local_date_in(both.asking.person.zone, now),
        notes=found[:NOTES_A_PAGE],
        page=page,
        has_older=len(found) > NOTES_A_PAGE,
    )


def note_down(
    session: Session, caller: Caller, user_id: str, filled: FilledNote, now: datetime
) -> Noted:
    """Writes a one-to-one with its commitments, once for the caller's key; the rep hears of these.

    Raises NotPermitted, UnknownPerson, and FormRefused for what is wrong at its fields.
    """
    both = pair(session, caller, user_id)
    today = local_date_in(both.asking.person.zone, now)
    note = checked(filled, today)
    written = stored.insert_new(
        session.connection,
        workspace_id=caller.workspace_id,
        person_id=both.rep.id,
        manager_id=both.asking.person.id,
        held_on=note.held_on,
        note=note.note,
        dedupe_key=caller.key,
        created_at=now,
    )
    if written is not None:
        _agree(session, both, written, note, now)
        _audit(session, both, caller, WRITTEN, now)
    return Noted(user_id, note.held_on, today, len(note.commitments), repeated=written is None)


def note_to_edit(session: Session, caller: Caller, one_to_one_id: int, now: datetime) -> NoteToEdit:
    """A note of the caller's own, to be changed; reading it is written down.

    Raises NotPermitted, UnknownPerson, Refusal.
    """
    note, both = _own_note(session, caller, one_to_one_id)
    _audit(session, both, caller, READ, now)
    return note


def edit_note(
    session: Session,
    caller: Caller,
    one_to_one_id: int,
    filled: FilledNote,
    seen: str,
    now: datetime,
) -> NoteToEdit:
    """Another day and note for a one-to-one that the caller wrote down; `seen` is its fingerprint
    when the form was opened. What was agreed stays.

    Raises NotPermitted, UnknownPerson, Refusal, and FormRefused for what is wrong at its fields.
    """
    was, both = _own_note(session, caller, one_to_one_id)
    new = checked(filled, local_date_in(both.asking.person.zone, now))
    note = replace(was, held=replace(was.held, held_on=new.held_on, note=new.note))
    if note.held == was.held:  # the same form a second time, too
        return was
    if was.held.fingerprint != seen:
        raise Refusal("You have changed this note elsewhere since: close this and open it again.")
    stored.change_held(
        session.connection, caller.workspace_id, one_to_one_id, new.held_on, new.note
    )
    _audit(session, both, caller, EDITED, now)
    return note


def _own_note(session: Session, caller: Caller, one_to_one_id: int) -> tuple[NoteToEdit, Pair]:
    found = stored.find_held(session.connection, caller.workspace_id, one_to_one_id)
    if found is None:
        raise Refusal(_GONE)
    held, user_id = found
    both = pair(session, caller, user_id)
    if held.manager != caller.user_id:
        raise NotPermitted("Only whoever wrote a note may change it: write one of your own.")
    return NoteToEdit(held, user_id), both


def _agree(session: Session, both: Pair, one_to_one_id: int, note: Note, now: datetime) -> None:
    team = both.playbook.team
    for each in note.commitments:
        stored.add_commitment(
            session.connection,
            each,
            both.rep.id if each.by_rep else both.asking.person.id,
            workspace_id=team.workspace_id,
            person_id=both.rep.id,
            one_to_one_id=one_to_one_id,
            created_at=now,
        )
    if note.commitments:
        ledger.add(session, [_told(both, one_to_one_id, now)], now)


def _told(both: Pair, one_to_one_id: int, now: datetime) -> Occasion:
    return Occasion(
        key=agreed_key(one_to_one_id),
        kind=OccasionKind.COMMITMENT,
        workspace_id=both.playbook.team.workspace_id,
        team_id=both.playbook.team.id,
        recipient=both.rep.user_id,
        due_at=now,
        expires_at=now + _WORTH_TELLING,
        person_id=both.rep.id,
        payload={ONE_TO_ONE: one_to_one_id},
    )


def _audit(session: Session, both: Pair, caller: Caller, action: str, now: datetime) -> None:
    auditing.note(
        session,
        caller.workspace_id,
        caller.user_id,
        action,
        now,
        subject=both.rep.user_id,
        team_id=both.playbook.team.id,
    )
