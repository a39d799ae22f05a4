"""Some days of the same team while Slack misbehaves: nothing lost, nothing doubled."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.demo.play import Play
from bot.demo.scenario import local, steps
from bot.demo.team import CHANNEL, EVERYBODY, LONDON
from sandbox import Fault
from tests.end_to_end.staging import key_of, on_stage

# Whoever is behind catches up in the evening if at all, so that a nudge that is late all day long
# still has its point.
DAYS = """
Mon 23 Mar
16:30 Riley   /log 12 calls, 1 meeting
16:40 Priya   /log 10 calls

Tue 24 Mar
13:00 Maria   /log won 4200 with Bluewater
13:05 Maria   /log won 6800 with Acme
17:30 Riley   /log 12 calls, 1 meeting, 2 proposals

Wed 25 Mar
13:00 Maria   /log undo
17:30 Riley   /log 12 calls, 1 meeting
"""
OVER = local(LONDON, "Thu 26 Mar 19:30")
BY_CHANCE = 0.5
SHORTLY_S = 0.03
FAULTS = {
    "429": Fault.rate_limited(),
    "503 before": Fault.server_error(503),
    "503 after": Fault.server_error(503, accepted=True),
    "slow": Fault.slow(SHORTLY_S),
    "dropped before": Fault.drop_before(),
    "dropped after": Fault.drop_after(),
    "no answer, not done": Fault.timeout_before(SHORTLY_S),
    "no answer, done": Fault.timeout_after(SHORTLY_S),
    "internal_error, not done": Fault.internal_error(),
    "internal_error, done": Fault.internal_error(accepted=True),
    "fatal_error, not done": Fault.fatal_error(),
    "fatal_error, done": Fault.fatal_error(accepted=True),
}


@dataclass(frozen=True)
class Aftermath:
    """How often each message was posted, which are still there, and the ledger's rows."""

    posted: Counter[str | None]
    left: set[str | None]
    rows: dict[str, tuple[str, str | None]]
    entries: int

    def failed(self) -> dict[str, str | None]:
        return {key: reason for key, (state, reason) in self.rows.items() if state == "failed"}


async def days(database: Path, fault: Fault | None, method: str | None = None) -> Aftermath:
    """Plays them: `fault` hits half of all calls, or the first of `method`."""
    async with on_stage(database) as stage:
        slack = stage.slack
        if fault is not None and method is None:
            slack.chaos(7, {fault: BY_CHANCE})
        elif fault is not None and method is not None:
            slack.fail(method, fault)
        async for _ in Play(stage, steps(DAYS), OVER).scenes():
            pass
        places = [CHANNEL, *(each.user_id for each in EVERYBODY)]
        messages = [m for place in places for m in slack.messages(place, deleted=True)]
    with closing(sqlite3.connect(database)) as connection:
        found: list[Any] = connection.execute(
            "SELECT key, state, reason FROM deliveries"
        ).fetchall()
        (entries,) = connection.execute("SELECT count(*) FROM entries").fetchone()
    return Aftermath(
        Counter(map(key_of, messages)),
        {key_of(message) for message in messages if not message.deleted},
        {key: (state, reason) for key, state, reason in found},
        entries,
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    """The same days with a Slack that works."""
    return asyncio.run(days(tmp_path_factory.mktemp("undisturbed") / "bot.db", None))


def test_undisturbed_days_bring_what_the_others_are_compared_with(undisturbed: Aftermath) -> None:
    assert set(undisturbed.posted.values()) == {1}
    kinds = Counter(str(key).partition(":")[0] for key in undisturbed.posted)
    # All but Riley are behind: 7 on Tuesday, on Wednesday 6 (Tom is off), 7 on Thursday.
    assert kinds == {"nudge": 20, "roundup": 3, "celebration": 1}
    (celebrated,) = set(undisturbed.posted) - undisturbed.left
    assert str(celebrated).startswith("celebration:result:U07MARIA")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_half_of_all_calls_fail_and_everything_arrives_once(
    undisturbed: Aftermath, tmp_path: Path, fault: Fault
) -> None:
    disturbed = asyncio.run(days(tmp_path / "bot.db", fault))

    assert disturbed.posted == undisturbed.posted
    assert disturbed.left == undisturbed.left
    assert disturbed.entries == undisturbed.entries
    assert {state for state, _ in disturbed.rows.values()} == {"sent"}


@pytest.mark.parametrize(
    "method", ["chat.postMessage", "conversations.open"], ids=["posting", "opening"]
)
def test_what_slack_refuses_for_good_ends_with_a_reason_and_costs_nothing_else(
    undisturbed: Aftermath, tmp_path: Path, method: str
) -> None:
    disturbed = asyncio.run(days(tmp_path / "bot.db", Fault.revoked_token(), method))

    ((failed, reason),) = disturbed.failed().items()
    assert "token" in str(reason)
    assert disturbed.posted == undisturbed.posted - Counter([failed])
