"""SIGTERM while Slack hangs: `run`, `web` and `worker` end in order, in less than ten seconds."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.team import CHANNEL, workspace
from sandbox import Fault, Sandbox
from tests.end_to_end.halves import celebrate, surroundings_on, wait_for_answers
from tests.end_to_end.running import RunningBot, free_port, running_bot

STOPS_WITHIN_S = 10.0
HANGS_S = 30.0
PATIENCE_S = 15.0


@pytest.fixture
def slack() -> Iterator[Any]:
    with Sandbox([workspace()]).in_thread() as running:
        yield running


def stopped_in_time(bot: RunningBot) -> None:
    began = time.monotonic()
    assert bot.stop() == 0, bot.written()
    assert time.monotonic() - began < STOPS_WITHIN_S
    assert "stopped" in bot.written()


def wait_for_posts(slack: Any) -> None:
    """Until one hangs: the sandbox's fault is used up by the call that it holds."""
    until = time.monotonic() + PATIENCE_S
    while slack.world.faults.planned[0].times:
        assert time.monotonic() < until, "nothing was posted"
        time.sleep(0.02)


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
        stopped_in_time(bot)
    assert len(slack.messages(CHANNEL)) == 1


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
        stopped_in_time(web if half == "web" else worker)


def test_what_a_stopped_worker_left_hanging_is_looked_for_and_not_sent_again(
    slack: Any, tmp_path: Path, postgresql_url: str
) -> None:
    """At the default settings: in less than 30 s, the next message too."""
    where = surroundings_on(postgresql_url, slack, tmp_path)
    with running_bot(where, port := free_port(), "web"):
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        wait_for_answers(slack)
        slack.fail("chat.postMessage", Fault.timeout_after(HANGS_S))
        with running_bot(where, command="worker") as worker:
            celebrate(slack)
            wait_for_posts(slack)
            worker.kill()
        killed = time.monotonic()
        with running_bot(where, command="worker"):
            celebrate(slack)
            wait_for_news_of(slack, 2)
    assert time.monotonic() - killed < 30.0
    assert len(slack.messages(CHANNEL)) == 2


def wait_for_news_of(slack: Any, many: int) -> None:
    until = time.monotonic() + 2 * PATIENCE_S
    while len(slack.messages(CHANNEL)) < many:
        assert time.monotonic() < until, "no news"
        time.sleep(0.05)
