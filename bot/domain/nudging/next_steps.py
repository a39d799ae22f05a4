"""What now? One behaviour, one number, and why (method.md, belief 5)."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.nudging.nudges import all_gaps, cost_at_risk, is_done_today, shortfall
from bot.domain.progress.pace import Progress
from bot.domain.progress.scorecards import Scorecard
from bot.domain.quantities import ZERO


class NextKind(StrEnum):
    """Why this is what comes next."""

    CATCH_UP = "catch_up"
    """Something is behind; the worst of it."""
    KEEP_PACE = "keep_pace"
    """Nothing is behind; what today still asks for."""
    ENOUGH = "enough"
    """Nothing is behind, and all that today asked for is done."""
    DAY_OFF = "day_off"
    NO_TARGET = "no_target"
    """The team expects nothing of this rep in any period that is open."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next; `progress` has its numbers, None where there is nothing to do."""

    kind: NextKind
    progress: Progress | None = None


def next_step(scorecard: Scorecard) -> NextStep:
    """The one thing for the rest of the rep's day: of what is behind that with most at risk."""
    expected = [each for each in scorecard.behaviours if each.target is not None]
    if not expected:
        return NextStep(NextKind.NO_TARGET)
    if not any(each.days_left for each in expected):
        return NextStep(NextKind.DAY_OFF)
    behind = all_gaps(expected)
    if behind:
        return NextStep(NextKind.CATCH_UP, max(behind, key=cost_at_risk))
    asked = [each for each in expected if each.ask_today > ZERO and not is_done_today(each)]
    if not asked:
        return NextStep(NextKind.ENOUGH)
    return NextStep(NextKind.KEEP_PACE, max(asked, key=_urgency))


def _urgency(progress: Progress) -> tuple[bool, object, int]:
    """What has a target today comes first, then what lies furthest back, in the team's order."""
    has_today = progress.today_target is not None
    return has_today, shortfall(progress), -progress.indicator.position
