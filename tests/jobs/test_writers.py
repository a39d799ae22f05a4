"""Every kind of occasion has its writer, and what it writes is fit to leave."""

from datetime import UTC, datetime

from bot.domain.ledger.occasions import OccasionKind
from jobs.tick import tick
from jobs.writers import all_writers
from sandbox import Sandbox
from tests.jobs.conftest import IMPATIENT, Outbox

MONDAY = datetime(2026, 11, 23, 17, tzinfo=UTC)


def test_every_kind_of_occasion_has_a_writer() -> None:
    assert set(all_writers()) == set(OccasionKind)


async def test_a_mondays_nudges_and_digest_pass_slacks_checks(
    outbox: Outbox, slack: Sandbox
) -> None:
    tuesday = MONDAY.replace(day=24)
    outcomes = await tick(tuesday, outbox.wired, all_writers(), IMPATIENT)
    assert {each.kind for each in outcomes} >= {"nudge", "digest"}
    assert {each.state for each in outcomes} == {"sent"}
    assert all(each.text for each in outcomes)
    [nudge] = [each for each in outcomes if each.recipient == "U02RILEY"]
    assert "Prospecting calls" in nudge.behaviours
