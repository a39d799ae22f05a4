"""What the entries just recorded have reached, for two or three small queries (design §2.6).

One asks which of the thresholds in sight were crossed before, one sums up. Only what is newly
reached is worth a look at more of the history: that is the business of `consequences`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.db.queries.milestones import known, write
from bot.db.queries.totals import Span
from bot.db.session import Session
from bot.domain.indicators import Indicator
from bot.domain.milestones import Milestone
from bot.domain.periods import PeriodKind, period_of
from bot.services.entered import Entered
from bot.services.tallies import Tally
from bot.services.thresholds import in_sight


@dataclass(frozen=True, slots=True)
class Reached:
    """What is newly reached; and which daily behaviours have now done a day's target."""

    new: tuple[Milestone, ...]
    done_for_the_day: tuple[Indicator, ...]


def reach(session: Session, entered: Entered, tally: Tally) -> Reached:
    """Writes down which thresholds are newly crossed, and gives them back."""
    workspace_id = entered.playbook.team.workspace_id
    steps = {step.key(entered): step for step in in_sight(entered)}
    before = known(session.connection, workspace_id, steps)
    ahead = [step for key, step in steps.items() if key not in before or not before[key].holds]
    days = tuple(_days_of_daily(entered))
    tally.want({span for step in ahead for span in step.spans()})
    tally.want({Span(day, day) for _indicator, day in days})
    crossed = [step for step in ahead if step.is_crossed(session, entered, tally)]
    reached = [step.milestone(entered) for step in crossed]
    new = write(session.connection, workspace_id, reached, before) if reached else ()
    done = (each for each, day in days if _is_done(entered, each, day, tally))
    return Reached(new, tuple(done))


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
