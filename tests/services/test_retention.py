"""What was sent and is forgotten is never planned anew, by whatever way it came to be planned."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.db.session import Session
from bot.db.tables import entries, kudos, milestones
from bot.services import pruning, recording
from bot.services.requests.giving_kudos import give
from tests.services.logging_entries import log
from tests.services.one_to_one_rows import agreed, caller
from tests.services.ticking import plan, planned, tick
from tests.teams import ALEX, RILEY, SAM, TeamRows

START = datetime(2026, 7, 6, 8, 45, tzinfo=UTC)
"""A Monday: digests and recaps are due."""
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
KINDS = {"nudge", "celebration", "roundup", "recap", "digest", "kudos", "mend", "agreed"}


def a_busy_month(session: Session, team: TeamRows) -> None:
    """Everything that a team's days bring, sent as it falls due."""
    for day in range(0, 29, 7):
        now = START + day * A_DAY
        tick(session, team, now)
        for user in (RILEY, SAM, ALEX):
            log(session, team, "First meetings", 5, now + AN_HOUR, user=user)
        log(session, team, "New customers", 30, now + AN_HOUR)
        give(session, caller(SAM), RILEY, "the Acme turnaround", now + AN_HOUR)
        agreed(session, due=(now + A_DAY).date(), held=now.date(), now=now + AN_HOUR)
        for later in (2, 10, 26, 34):
            tick(session, team, now + later * AN_HOUR)
        recording.undo_last(session, team.standing(session, RILEY), now + 35 * AN_HOUR)
        tick(session, team, now + 36 * AN_HOUR)


def first_of(session: Session, team: TeamRows, user: str) -> int:
    whose = entries.c.person_id == team.people[user]
    return session.connection.scalar(select(func.min(entries.c.id)).where(whose)) or 0


def rows(session: Session) -> list[int]:
    tables = (entries, milestones, kudos)
    return [
        session.connection.scalar(select(func.count()).select_from(each)) or 0 for each in tables
    ]


def test_nothing_that_was_forgotten_is_ever_planned_again(session: Session, west: TeamRows) -> None:
    a_busy_month(session, west)
    sent, kept = set(planned(session)), rows(session)
    assert {key.split(":")[0] for key in sent} >= KINDS

    later = START + 120 * A_DAY
    while pruning.forget_deliveries(session, later - 90 * A_DAY):
        pass
    assert not planned(session)
    assert rows(session) == kept

    for user in (RILEY, SAM, ALEX):  # what they reached then, they lose and reach anew
        recording.undo(session, west.standing(session, user), first_of(session, west, user), later)
        log(session, west, "First meetings", 5, later, user=user)
    again = {
        key for hours in range(0, 9 * 24, 3) for key in plan(session, west, later + hours * AN_HOUR)
    }
    assert again
    assert not (again | set(planned(session))) & sent
