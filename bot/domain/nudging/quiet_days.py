"""Days without a nudge, drawn at random: what is done on them says whether nudges help.

The draw is a hash of rep and date: the same whenever it is asked, and nothing to do with how the
rep is doing. One day in eight is drawn, never two in a row, and nobody is drawn before having had
twenty nudges.
"""

from datetime import date
from hashlib import blake2b
from typing import Final

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import ONE_DAY
from bot.domain.indicators import Indicator

ONE_IN: Final = 8
NUDGES_BEFORE: Final = 20
"""Nudges of the last 60 days that a rep must have had: who is new to them gets every one."""
DRAWN: Final = "quiet day drawn at random"
"""Why the ledger says that such a nudge wasn't sent."""
_FURTHEST_BACK: Final = 14


def is_drawn(user_id: str, calendar: RepCalendar, day: date) -> bool:
    """Whether this day is drawn for the rep; not where the workday before was."""
    return _hits(user_id, day) and not _hits(user_id, _workday_before(calendar, day))


def is_rested(behaviour: Indicator, day: date) -> bool:
    """Whether a behaviour that doesn't respond to nudges is left out on a day: every other one."""
    return (day.toordinal() + behaviour.id) % 2 == 0


def _hits(user_id: str, day: date) -> bool:
    digest = blake2b(f"quiet:{user_id}:{day}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % ONE_IN == 0


def _workday_before(calendar: RepCalendar, day: date) -> date:
    """The rep's, as far as two weeks back; beyond a longer absence the day before will do."""
    before = (day - ONE_DAY * back for back in range(1, _FURTHEST_BACK + 1))
    return next((each for each in before if calendar.is_available(each)), day - ONE_DAY)
