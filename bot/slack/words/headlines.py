"""A milestone in one clause behind a name: "reached the week's target for First meetings: 5 of 5".

Plain text, in which nothing is escaped yet: for the channel, the digest and its JSON alike.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bot.domain.days.periods import Period
from bot.domain.feats.celebrations import Cheer
from bot.domain.milestones import LOUD_PERCENT, MilestoneKind
from bot.domain.quantities import Measure
from bot.slack.rendering import shortened
from bot.slack.words.amounts import LONGEST_NAME, amount, figure, number, streak_unit

WHOLE_TEAM: Final = "The whole team"
"""Who has done it where no single rep has."""
_MOST_CLAUSES: Final = 5
_RESULTS: Final = frozenset({MilestoneKind.RESULT, MilestoneKind.TEAM_RESULT})


def headline(cheer: Cheer) -> str:
    """What the rep (or, for a team's milestone, the team) has done."""
    return _CLAUSES[cheer.milestone.kind](cheer)


def behaviours_first(cheers: Iterable[Cheer]) -> list[Cheer]:
    """Results can only be monitored: what was done comes before what came of it (method.md)."""
    return sorted(cheers, key=lambda cheer: cheer.milestone.kind in _RESULTS)


def clauses(cheers: Sequence[Cheer], safe: Callable[[str], str], most: int = _MOST_CLAUSES) -> str:
    """What one rep has done, in one line; `safe` is what is done to what users typed."""
    said = [safe(headline(cheer)) for cheer in cheers[:most]]
    if (left := len(cheers) - most) > 0:
        said.append(f"and {left} more")
    return "; ".join(said)


def _first_entry(_: Cheer) -> str:
    return "logged for the first time"


def _target(cheer: Cheer) -> str:
    return f"reached {_the_period(cheer.period)} target for {_what(cheer)}{_numbers(cheer)}"


def _sweep(_: Cheer) -> str:
    return "made a clean sweep: every behaviour of the week on target"


def _streak(cheer: Cheer) -> str:
    indicator = cheer.milestone.indicator
    unit = "period" if indicator is None else streak_unit(indicator)
    return f"has been on target for {_what(cheer)} {cheer.milestone.threshold} {unit}s in a row"


def _best_week(cheer: Cheer) -> str:
    indicator, done = cheer.milestone.indicator, ""
    if cheer.actual is not None and indicator is not None:
        done = f": {figure(cheer.actual, indicator.unit)}"
    return f"had a personal best week of {_what(cheer)}{done}"


def _lifetime(cheer: Cheer) -> str:
    indicator = cheer.milestone.indicator
    hours = indicator is not None and indicator.unit.measure is Measure.HOURS
    joint = "hours of" if hours else "×"
    return f"has now logged {cheer.milestone.threshold or 0:,} {joint} {_what(cheer)} in all"


def _result(cheer: Cheer) -> str:
    percent = cheer.milestone.threshold or 0
    verb = "reached" if percent == LOUD_PERCENT else "is at" if percent < LOUD_PERCENT else "passed"
    return (
        f"{verb} {percent} % of {_the_period(cheer.period)} target for {_what(cheer)}"
        f"{_numbers(cheer)}"
    )


def _team_target(cheer: Cheer) -> str:
    together = " together" if (numbers := _numbers(cheer)) else ""
    return f"is on target for {_what(cheer)}{numbers}{together}"


def _what(cheer: Cheer) -> str:
    indicator = cheer.milestone.indicator
    return "it" if indicator is None else shortened(indicator.name, LONGEST_NAME)


def _the_period(period: Period | None) -> str:
    return "the" if period is None else f"the {period.kind.value}’s"


def _numbers(cheer: Cheer) -> str:
    """ ": 5 of 5"; nothing where there is no target left to compare with."""
    indicator = cheer.milestone.indicator
    if cheer.actual is None or cheer.target is None or indicator is None:
        return ""
    is_money = indicator.unit.measure is Measure.MONEY
    actual = amount(cheer.actual, indicator.unit) if is_money else number(cheer.actual)
    return f": {actual} of {figure(cheer.target, indicator.unit)}"


_CLAUSES = {
    MilestoneKind.FIRST_ENTRY: _first_entry,
    MilestoneKind.TARGET: _target,
    MilestoneKind.SWEEP: _sweep,
    MilestoneKind.STREAK: _streak,
    MilestoneKind.BEST_WEEK: _best_week,
    MilestoneKind.LIFETIME: _lifetime,
    MilestoneKind.RESULT: _result,
    MilestoneKind.TEAM_TARGET: _team_target,
    MilestoneKind.TEAM_RESULT: _result,
}
