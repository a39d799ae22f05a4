"""SIGTERM while Slack hangs: `run`, `web` and `worker` end in order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.demo.team import CHANNEL, workspace
from sandbox import Fault, Sandbox
from tests.end_to_end.halves import celebrate, surroundings_on, wait_for_answers
from tests.end_to_end.running import RunningBot, free_port, running_bot
from tests.end_to_end.staging import key_of
from tests.patience import PATIENCE_S, wait_until

HANGS_S = 300.0


@pytest.fixture
def slack() -> Iterator[Any]:
    with Sandbox([workspace()]).patient(PATIENCE_S).in_thread() as running:
        yield running


def stopped(bot: RunningBot) -> None:
    """In order, and while Slack still hangs."""
    assert bot.stop() == 0, bot.written()
    assert "stopped" in bot.written()


def wait_for_posts(slack: Any) -> None:
    """Until one hangs: the sandbox's fault is used up by the call that it holds."""
    wait_until(lambda: not slack.world.faults.planned[0].times)


def test_run_ends_while_a_send_hangs_and_sends_it_once_with_the_next_start(
    slack: Any, tmp_path: Path
) -> None:
    where = surroundings_on(f"sqlite:///{tmp_path / 'bot.db'}", slack, tmp_path)
    with running_bot(where, port := free_port()) as bot:
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        wait_for_answers(slack)
        slack.fail("chat.postMessage", Fault.timeout_after(HANGS_S))
        celebrate(slack)
        wait_for_posts(slack)
        stopped(bot)
    assert len(slack.messages(CHANNEL)) == 1
    with running_bot(where, port):
        celebrate(slack)
        wait_until(lambda: len(slack.messages(CHANNEL)) == 2)
    assert len({key_of(message) for message in slack.messages(CHANNEL)}) == 2


@pytest.mark.parametrize("half", ["web", "worker"])
def test_a_half_ends_while_slack_hangs(
    half: str, slack: Any, tmp_path: Path, postgresql_url: str
) -> None:
    where = surroundings_on(postgresql_url, slack, tmp_path)
    with (
        running_bot(where, port := free_port(), "web") as web,
        running_bot(where, command="worker") as worker,
    ):
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        wait_for_answers(slack)
        slack.fail("chat.postMessage", Fault.timeout_after(HANGS_S))
        slack.fail("views.publish", Fault.timeout_after(HANGS_S), times=None)
        celebrate(slack)
        wait_for_posts(slack)
        stopped(web if half == "web" else worker)


@pytest.mark.parametrize("fault", [Fault.timeout_before(HANGS_S), Fault.timeout_after(HANGS_S)])
def test_what_a_killed_worker_was_about_to_send_is_there_once(
    fault: Fault, slack: Any, tmp_path: Path, postgresql_url: str
) -> None:
    """At the default settings; whether it was in Slack already or not."""
    where = surroundings_on(postgresql_url, slack, tmp_path)
    with (
        running_bot(where, port := free_port(), "web"),
        running_bot(where, command="worker") as doomed,
    ):
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        wait_for_answers(slack)
        slack.fail("chat.postMessage", fault)
        celebrate(slack)
        wait_for_posts(slack)
        with running_bot(where, command="worker"):
            assert len(slack.messages(CHANNEL)) == int(fault.accepted)
            doomed.kill()
            wait_until(lambda: celebrations(postgresql_url) == ["sent"])
    assert len(slack.messages(CHANNEL)) == 1


def celebrations(url: str) -> list[str]:
    """How their sending stands."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT state FROM deliveries WHERE kind = 'celebration'")
        return [row[0] for row in rows]
