"""`tick --dry-run` shows what a tick then does, with the real writers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.db.tables import metadata
from bot.wiring import Session
from jobs.tick import dry_run, tick
from jobs.writers import all_writers
from sandbox import Sandbox
from tests.jobs.conftest import IMPATIENT, Outbox
from tests.services.logging_entries import log
from tests.teams import RILEY, SAM, WORKSPACE

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 15, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


def everything(session: Session) -> dict[str, list[object]]:
    """Every row of every table."""
    return {
        table.name: [tuple(row) for row in session.connection.execute(select(table))]
        for table in metadata.sorted_tables
    }


@pytest.mark.parametrize("at", [MONDAY, WEDNESDAY, WEDNESDAY + timedelta(hours=3)], ids=str)
async def test_a_dry_run_changes_nothing_and_lists_what_a_tick_then_sends(
    outbox: Outbox, slack: Sandbox, at: datetime
) -> None:
    def week(session: Session) -> None:
        log(session, outbox.west, "First meetings", 5, FRIDAY)
        log(session, outbox.west, "New customers", 12, FRIDAY, user=SAM)
        log(session, outbox.west, "Opportunities", 3, WEDNESDAY, user=RILEY)

    await outbox.wired.transactions.of(WORKSPACE).write(week)
    before = await outbox.wired.transactions.of(WORKSPACE).read(everything)
    listed = await dry_run(at, outbox.wired, all_writers())
    assert await outbox.wired.transactions.of(WORKSPACE).read(everything) == before
    assert slack.journal == []
    sent = await tick(at, outbox.wired, all_writers(), IMPATIENT)
    assert {each.state for each in sent} == {"sent"}
    assert listed == [replace(each, state=None) for each in sent]
    assert listed
    assert await dry_run(at, outbox.wired, all_writers()) == []
