"""Good news in few words: of what one rep reached, what says most comes first."""

from collections.abc import Iterable
from typing import Final

from bot.domain.feats.celebrations import Cheer
from bot.domain.milestones import MilestoneKind

_ORDER: Final = (
    MilestoneKind.SWEEP,
    MilestoneKind.STREAK,
    MilestoneKind.BEST_WEEK,
    MilestoneKind.TEAM_TARGET,
    MilestoneKind.TARGET,
    MilestoneKind.FIRST_ENTRY,
    MilestoneKind.LIFETIME,
    MilestoneKind.RESULT,
    MilestoneKind.TEAM_RESULT,
)
"""What was done before what came of it (method.md), and what is rare before what is weekly."""


def highlights(cheers: Iterable[Cheer]) -> list[Cheer]:
    """One rep's news, what says most first, without what another piece of it says already.

    A clean sweep says every target of the week; a streak says its behaviour's target.
    """
    told = ranked(cheers)
    swept = any(cheer.milestone.kind is MilestoneKind.SWEEP for cheer in told)
    streaks = {
        cheer.milestone.indicator for cheer in told if cheer.milestone.kind is MilestoneKind.STREAK
    }
    return [
        cheer
        for cheer in told
        if cheer.milestone.kind is not MilestoneKind.TARGET
        or not (swept or cheer.milestone.indicator in streaks)
    ]


def ranked(cheers: Iterable[Cheer]) -> list[Cheer]:
    """Everybody's, what says most first."""
    return sorted(cheers, key=lambda cheer: _ORDER.index(cheer.milestone.kind))
