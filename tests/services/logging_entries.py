"""Typing `/log` in a test: the service call that a line becomes."""

from datetime import date, datetime
from decimal import Decimal
from itertools import count

from bot.db.session import Session
from bot.domain.entries import Origin, Recorded
from bot.domain.grammar.requests import LoggedAmount, LogRequest
from bot.services import recording
from tests.teams import RILEY, TeamRows

_trigger = count(1)


def log(
    session: Session,
    west: TeamRows,
    name: str,
    quantity: int | str,
    now: datetime,
    *,
    user: str = RILEY,
    day: date | None = None,
) -> Recorded:
    """One entry, typed at `now`, for the rep's today unless said otherwise."""
    day = day or west.rep(session, user).today(now)
    amount = LoggedAmount(west.indicator(session, name), Decimal(quantity))
    request = LogRequest((amount,), day)
    origin = Origin("slack", f"trigger-{next(_trigger)}")
    return recording.record(session, west.standing(session, user), request, origin, now)
