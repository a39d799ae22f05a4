"""One-to-ones for tests: what a manager types, as a service call."""

from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy import select

from bot.db.session import Session
from bot.db.tables import commitments
from bot.domain.talks.one_to_one_forms import BY_REP, FilledNote, Row
from bot.domain.talks.one_to_ones import Noted
from bot.services.one_to_ones.noting import note_down
from bot.services.requests.callers import Caller
from tests.teams import MORGAN, RILEY, WORKSPACE

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
"""A Wednesday."""
TODAY = NOON.date()
_key = count(1)


def caller(user: str, key: str = "") -> Caller:
    return Caller(WORKSPACE, user, key or f"view-{next(_key)}")


def agreed(
    session: Session,
    what: str = "Send Acme the offer",
    due: date | None = None,
    *,
    who: str = BY_REP,
    rep: str = RILEY,
    manager: str = MORGAN,
    held: date | None = None,
    now: datetime = NOON,
) -> int:
    """One commitment of a one-to-one; its id."""
    noted(session, Row(what, who, due), rep=rep, manager=manager, held=held, now=now)
    newest = select(commitments.c.id).order_by(commitments.c.id.desc()).limit(1)
    return int(session.connection.execute(newest).scalar_one())


def noted(
    session: Session,
    *rows: Row,
    note: str | None = "Calls in the morning",
    rep: str = RILEY,
    manager: str = MORGAN,
    held: date | None = None,
    now: datetime = NOON,
    key: str = "",
) -> Noted:
    filled = FilledNote(held or now.date(), note, rows)
    return note_down(session, caller(manager, key), rep, filled, now)
