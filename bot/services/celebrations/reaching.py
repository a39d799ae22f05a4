"""What the entries just recorded have reached, for two or three small queries (design §2.6).

They sum up, and ask which of the thresholds that the sums have come to were crossed before. Only
what is newly reached is worth a look at more of the history: that is the business of
`consequences`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.db.queries.entries.totals import Span
from bot.db.queries.feats.milestones import write
from bot.db.session import Session
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.indicators import Indicator
from bot.domain.milestones import Milestone, MilestoneKind
from bot.services.celebrations.entered import Entered
from bot.services.celebrations.thresholds import Sight, Step, in_sight, may_be_first
from bot.services.tallies import Tally


@dataclass(frozen=True, slots=True)
class Reached:
    """What is newly reached; and which daily behaviours have now done a day's target."""

    new: tuple[Milestone, ...]
    done_for_the_day: tuple[Indicator, ...]


def reach(session: Session, entered: Entered, tally: Tally) -> Reached:
    """Writes down which thresholds are newly crossed, and gives them back."""
    sights = in_sight(entered)
    days = tuple(_days_of_daily(entered))
    for sight in sights:
        sight.announce(entered, tally)
    tally.want({Span(day, day) for _indicator, day in days})
    steps = tuple(_come_to(entered, sights, tally))
    done = (each for each, day in days if _is_done(entered, each, day, tally))
    return Reached(_written(session, entered, steps) if steps else (), tuple(done))


def _come_to(entered: Entered, sights: tuple[Sight, ...], tally: Tally) -> Iterator[Step]:
    if may_be_first(entered, sights, tally):
        yield Step(MilestoneKind.FIRST_ENTRY, entered.days[0])
    for sight in sights:
        yield from sight.steps(entered, tally)


def _written(session: Session, entered: Entered, steps: tuple[Step, ...]) -> tuple[Milestone, ...]:
    """Those of the steps that are new, on record now."""
    reached = [each for step in steps for each in step.milestones(session, entered)]
    if not reached:
        return ()
    return write(session.connection, entered.playbook.team.workspace_id, reached)


def _days_of_daily(entered: Entered) -> Iterator[tuple[Indicator, date]]:
    for indicator in entered.indicators:
        if not indicator.is_result:
            days = (day for day in entered.days if entered.is_daily(indicator, day))
            yield from ((indicator, day) for day in days)


def _is_done(entered: Entered, indicator: Indicator, day: date, tally: Tally) -> bool:
    """Whether the day's target is reached, and wasn't yet without what was added, if known."""
    target = entered.target(indicator, period_of(PeriodKind.DAY, day))
    if target is None:
        return False
    total = tally.of(entered.rep.id, indicator.id, Span(day, day))
    before = total - (entered.added or {}).get(indicator.id, total)
    return before < target <= total
