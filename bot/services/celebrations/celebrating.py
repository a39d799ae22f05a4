"""Which milestones an entry reaches or takes back, and who hears of it (design §2.6)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from bot.db.queries.feats.milestones import write
from bot.db.session import Session
from bot.domain.indicators import Indicator
from bot.domain.milestones import Milestone, highest_steps
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.celebrations.announcing import announce, due_celebrations
from bot.services.celebrations.consequences import completed
from bot.services.celebrations.entered import Entered
from bot.services.celebrations.reaching import reach
from bot.services.celebrations.reconsidering import reconsider
from bot.services.celebrations.retrospect import celebrate_imported
from bot.services.tallies import Tally

__all__ = ["celebrate", "celebrate_imported", "due_celebrations", "reconsider"]


def celebrate(
    session: Session,
    playbook: TeamPlaybook,
    rep: Rep,
    indicators: Collection[Indicator],
    days: Collection[date],
    now: datetime,
    added: Mapping[int, Decimal] | None = None,
    tally: Tally | None = None,
) -> tuple[Milestone, ...]:
    """Writes down what the entries just recorded have reached, and plans the big ones' posts.

    `indicators` and `days` (the rep's local dates) are those of the entries, which are in the
    session's transaction already; `added` their amounts by indicator id, where the caller knows
    them: it saves looking at a streak that was long enough before. `tally` is where the caller
    takes sums of the same indicators from. Gives back what is newly reached, the highest step of
    each kind.
    """
    entered = Entered(playbook, rep, tuple(indicators), tuple(sorted(days)), now, added)
    reached = reach(session, entered, tally or Tally(session, rep, indicators, now))
    further = tuple(completed(session, entered, reached))
    if further:
        further = write(session.connection, playbook.team.workspace_id, further)
    new = highest_steps((*reached.new, *further))
    if new:
        announce(session, playbook, new, now)
    return new
