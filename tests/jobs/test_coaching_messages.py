"""Worksheets and read-outs leave once, at their time, and pass Slack's checks."""

from datetime import UTC, date, datetime, timedelta

from bot.db.session import Session
from bot.domain.experiments.agreed import Plan
from bot.services.requests.callers import Caller
from bot.services.requests.pairing_people import Asked, propose
from bot.services.requests.planning_experiments import create
from jobs.tick import tick
from jobs.writers import all_writers
from sandbox import Sandbox
from tests.jobs.conftest import IMPATIENT, Outbox
from tests.services.months_of_entries import add_entries, weekly
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE, RepRow, TeamRows, a_team

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 22)
PLANNED_AT = datetime(2026, 10, 30, 12, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
CALLER = Caller(WORKSPACE, MORGAN, "k")
NORTH = ("U0N0", "U0N1", "U0N2", "U0N3")


async def sent(outbox: Outbox, now: datetime, kind: str) -> list[tuple[str, str | None]]:
    outcomes = await tick(now, outbox.wired, all_writers(), IMPATIENT)
    return [(each.recipient, each.state) for each in outcomes if each.kind == kind]


async def test_both_get_their_worksheet_once(outbox: Outbox, slack: Sandbox) -> None:
    def written(session: Session) -> None:
        for user, amount in ((RILEY, 2), (SAM, 7), (ALEX, 6)):
            rows = weekly(outbox.west, user, "First meetings", amount, date(2026, 11, 16), 8)
            add_entries(session, rows)
        asked = Asked(RILEY, SAM, outbox.west.indicators["First meetings"], for_skill=False)
        propose(session, CALLER, asked, MORNING)

    await outbox.wired.transactions.of(WORKSPACE).write(written)
    told = await sent(outbox, MORNING, "worksheet")
    assert sorted(told) == [(RILEY, "sent"), (SAM, "sent")]
    assert await sent(outbox, MORNING + timedelta(hours=1), "worksheet") == []


async def test_the_read_out_leaves_on_the_morning_after_the_last_day(
    outbox: Outbox, slack: Sandbox
) -> None:
    def written(session: Session) -> TeamRows:
        reps = [RepRow(user, user) for user in NORTH]
        north = a_team(session.connection, "North", reps=reps)
        for user in NORTH:
            add_entries(session, weekly(north, user, "First meetings", 5, LAST, 10))
        what = north.indicators["First meetings"]
        plan = Plan(north.team_id, "Does it work?", "Asks", what, None, FIRST, LAST)
        create(session, CALLER, plan, NORTH[:2], NORTH[2:], PLANNED_AT)
        return north

    await outbox.wired.transactions.of(WORKSPACE).write(written)
    assert await sent(outbox, MORNING - timedelta(minutes=10), "experiment") == []
    assert await sent(outbox, MORNING, "experiment") == [(MORGAN, "sent")]
    assert await sent(outbox, MORNING + timedelta(days=1), "experiment") == []
