"""One page before a one-to-one: what went well, the one gap, what to ask, what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.days.periods import Period
from bot.domain.feats.celebrations import Cheer
from bot.domain.progress.pace import Progress
from bot.domain.reports.digests import Gap, RepWeek
from bot.domain.talks.coaching_questions import Situation, situation_of
from bot.domain.talks.one_to_ones import Commitment

LOOKING_BACK: Final = timedelta(weeks=4)
"""What went well is told of the time since the last one-to-one, or of so much."""


@dataclass(frozen=True, slots=True)
class Prep:
    """What a manager should know before talking with one rep.

    `week` is the last full one, which the gap is about; `last` the day of the last one-to-one, and
    `since` the day from which on the rest is told. `standing` is how the gap's behaviour stands in
    the period that is open now (where there is no gap: the least steady one's). `today` is the
    manager's local date.
    """

    person_id: int
    user_id: str
    team: str
    week: Period
    last: date | None
    since: date
    today: date
    situation: Situation
    gap: Gap | None
    standing: Progress | None
    questions: tuple[str, ...]
    cheers: tuple[Cheer, ...] = ()
    kudos: int = 0
    open: tuple[Commitment, ...] = ()
    done: tuple[Commitment, ...] = ()


def look_back(last: date | None, today: date) -> date:
    """From which day on it is told what went well."""
    return today - LOOKING_BACK if last is None else last


def the_situation(week: RepWeek | None, gaps: Sequence[Gap]) -> tuple[Situation, Gap | None]:
    """What to talk about: that nothing was logged, else the worst gap, if there is one."""
    if week is None or not (week.was_available or week.entries):
        return Situation.AWAY, None
    if week.is_silent:
        return Situation.SILENT, None
    if not gaps:
        return Situation.NO_GAP, None
    return situation_of(gaps[0].diagnosis), gaps[0]


def least_steady(standing: Sequence[Progress]) -> Progress | None:
    """The behaviour with the fewest periods on target, of those of which that is known."""
    known = [each for each in standing if each.consistency is not None and each.consistency.of]
    return min(known, key=_share, default=None)


def _share(progress: Progress) -> float:
    assert progress.consistency is not None  # `least_steady` has left the others out
    return progress.consistency.share
