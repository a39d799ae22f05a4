"""Which milestones an entry reaches or takes back, and who hears of it (design §2.6)."""

from collections.abc import Collection
from datetime import date, datetime

from bot.db.session import Session
from bot.domain.indicators import Indicator
from bot.domain.milestones import Milestone
from bot.domain.occasions import Occasion
from bot.domain.teams import Rep, TeamPlaybook


def celebrate(
    session: Session,
    playbook: TeamPlaybook,
    rep: Rep,
    indicators: Collection[Indicator],
    days: Collection[date],
    now: datetime,
) -> tuple[Milestone, ...]:
    """Writes down what the entries just recorded have reached, and plans the big ones' posts.

    `indicators` and `days` (the rep's local dates) are those of the entries, which are in the
    session's transaction already. Gives back what is newly reached, the highest step of each kind.
    """
    return ()


def reconsider(
    session: Session,
    playbook: TeamPlaybook,
    rep: Rep,
    indicators: Collection[Indicator],
    days: Collection[date],
    now: datetime,
) -> None:
    """Takes back what is no longer true after an undo or an edit, and mends what was said of it."""


def celebrate_imported(
    session: Session, playbook: TeamPlaybook, people: Collection[int], now: datetime
) -> int:
    """Writes down every milestone in the histories of these reps; returns how many are new.

    For the importer, once a team, after its rows are in. Plans nothing: `due_celebrations` finds
    what is recent enough to be posted.
    """
    return 0


def due_celebrations(
    session: Session, playbook: TeamPlaybook, now: datetime
) -> tuple[Occasion, ...]:
    """The posts about milestones that nobody has heard of yet: big ones, and the day's round-up."""
    return ()
