"""`pacesetter web` and `worker` as processes of their own: the bot in halves, on PostgreSQL."""

import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.team import CHANNEL, workspace
from sandbox import Fault, Sandbox
from tests.cli.commands import pacesetter
from tests.end_to_end.halves import celebrate, in_halves, surroundings_on
from tests.end_to_end.running import RunningBot, Surroundings, running_bot
from tests.end_to_end.test_running import wait_for_news
from tests.patience import PATIENCE_S, wait_until

NAMED = (
    "pacesetter_acknowledgement_seconds",
    "pacesetter_entries_total",
    "pacesetter_deliveries_total",
    "pacesetter_oldest_due_seconds",
    "pacesetter_queued_jobs",
    "pacesetter_rate_limit_wait_seconds_total",
    "pacesetter_reconciliations_total",
)
"""What an operator is promised (docs/scaling.md)."""
SENT = 'pacesetter_deliveries_total{kind="celebration",outcome="sent"} 1.0'
PEOPLE_AND_PLACES = ("T01HARBOUR", "U07MARIA", CHANNEL)


@pytest.fixture
def slack() -> Iterator[Any]:
    with Sandbox([workspace()]).patient(PATIENCE_S).in_thread() as running:
        yield running


@pytest.fixture
def surroundings(slack: Any, tmp_path: Path, postgresql_url: str) -> Surroundings:
    return surroundings_on(postgresql_url, slack, tmp_path)


def stopped(bot: RunningBot) -> None:
    """In order."""
    assert bot.stop() == 0, bot.written()
    assert "stopped" in bot.written()


def test_what_a_web_records_a_worker_celebrates(slack: Any, surroundings: Surroundings) -> None:
    with in_halves(slack, surroundings, workers=2) as halves:
        celebrate(slack)
        assert "100 % of the month" in wait_for_news(slack)
        # It counts once it is recorded, a moment after it is there.
        wait_until(lambda: any(SENT in scrape(half) for half in halves))
        scraped = [scrape(half) for half in halves]
        for half in halves:
            stopped(half)
    assert len(slack.messages(CHANNEL)) == 1
    for name in NAMED:
        assert all(f"# TYPE {name} " in text for text in scraped), name
    assert "pacesetter_acknowledgement_seconds_count" in scraped[0]
    assert 'pacesetter_entries_total{source="slack"}' in scraped[0]
    assert [SENT in text for text in scraped].count(True) == 1
    for label in PEOPLE_AND_PLACES:
        assert not any(label in text for text in scraped), "a label for each would never end"


def scrape(bot: RunningBot) -> str:
    """What Prometheus would read."""
    url = f"http://127.0.0.1:{bot.port}/metrics"
    with urllib.request.urlopen(url, timeout=PATIENCE_S) as shown:
        return str(shown.read().decode())


def test_a_worker_told_to_stop_finishes_its_send_and_another_goes_on(
    slack: Any, surroundings: Surroundings
) -> None:
    with in_halves(slack, surroundings, workers=1) as (_, worker):
        slack.fail("chat.postMessage", Fault.slow(1.0))
        celebrate(slack)
        wait_for_news(slack)  # Slack has it, and hasn't said so yet
        stopped(worker)
        celebrate(slack)
        with running_bot(surroundings, command="worker"):
            assert "120 % of the month" in wait_for_news(slack, 2)
            time.sleep(0.5)
    assert len(slack.messages(CHANNEL)) == 2


@pytest.mark.parametrize("half", ["web", "worker"])
def test_on_sqlite_there_is_one_process_for_all(half: str, tmp_path: Path) -> None:
    needed = {"SLACK_BOT_TOKEN": "xoxb-1-sandbox", "SLACK_SIGNING_SECRET": "secret"}
    ended = pacesetter(half, cwd=tmp_path, DATABASE_URL="sqlite:///bot.db", **needed)
    assert (ended.code, ended.out) == (2, "")
    assert "pacesetter run" in ended.err


@pytest.mark.parametrize("half", ["web", "worker"])
def test_a_schema_that_is_behind_is_refused(
    half: str, tmp_path: Path, empty_postgresql_url: str
) -> None:
    needed = {"SLACK_BOT_TOKEN": "xoxb-1-sandbox", "SLACK_SIGNING_SECRET": "secret"}
    ended = pacesetter(half, cwd=tmp_path, DATABASE_URL=empty_postgresql_url, **needed)
    assert "pacesetter migrate" in ended.refused()
