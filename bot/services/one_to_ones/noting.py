"""`/coach notes`: what was said and agreed, and what was noted earlier."""

from datetime import datetime, timedelta
from typing import Final

from bot.db.queries import one_to_ones as stored
from bot.db.session import Session
from bot.domain.days.zones import local_date_in
from bot.domain.ledger.occasions import Occasion, OccasionKind
from bot.domain.talks.one_to_one_forms import FilledNote, Note, checked
from bot.domain.talks.one_to_ones import Noted, Notes, agreed_key
from bot.services import auditing, ledger
from bot.services.agreements import ONE_TO_ONE
from bot.services.one_to_ones.permitting import Pair, pair
from bot.services.requests.callers import Caller

READ: Final = "notes.read"
WRITTEN: Final = "notes.written"
"""The audit log's names; it keeps who and about whom, never what."""
NOTES_A_PAGE: Final = 3
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
