"""A rep's own settings, changed as the rep's form does it."""

from dataclasses import replace
from datetime import datetime

from bot.db.session import Session
from bot.domain.own_settings import IN_PUBLIC, ON, PAUSED, TAKES_PART, FilledSettings
from bot.services.own_settings import save_settings, settings_shown
from bot.services.requests.callers import Caller
from tests.teams import RILEY, WORKSPACE


def pause(session: Session, now: datetime, user: str = RILEY) -> None:
    """No nudges until further notice."""
    caller = Caller(WORKSPACE, user, f"pause:{now}")
    save_settings(session, caller, replace(_as_shown(session, caller, now), nudges=PAUSED), now)


def _as_shown(session: Session, caller: Caller, now: datetime) -> FilledSettings:
    """The form of a rep who has never changed anything."""
    shown = settings_shown(session, caller, now)
    return FilledSettings(
        nudge_at=f"{shown.team.nudge_at:%H:%M}",
        nudges=ON,
        snoozed=None,
        quiet=(),
        celebrate=IN_PUBLIC,
        leaderboard=TAKES_PART,
        shown=shown.settings.as_text(),
    )
