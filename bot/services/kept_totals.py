"""What a team had in all of people who have been erased, for whatever shows the team's totals."""

from datetime import datetime

from bot.db.queries.entries.totals import Span
from bot.db.queries.privacy.kept_totals import kept_within
from bot.db.session import Session
from bot.domain.days.zones import local_date_in
from bot.domain.progress.kept_totals import NOTHING_KEPT, KeptTotals
from bot.domain.teams import TeamPlaybook


def kept_totals(
    session: Session, playbook: TeamPlaybook, days: Span, now: datetime | None = None
) -> KeptTotals:
    """What is kept for these dates; with `now`, as far as they had begun then where the team is.

    One query; none for a team of which nothing is kept.
    """
    if not playbook.keeps_totals:
        return NOTHING_KEPT
    last = days.last if now is None else min(days.last, local_date_in(playbook.team.zone, now))
    return kept_within(session.connection, playbook.team.id, Span(days.first, last))
