"""PostgreSQL dies under `pacesetter web` and `worker`; they go on by themselves when it is back."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.team import CHANNEL, workspace
from bot.wiring import migrate
from sandbox import Sandbox
from tests.end_to_end.halves import MARIA, in_halves, surroundings_on
from tests.end_to_end.running import RunningBot
from tests.end_to_end.test_running import wait_for_news
from tests.patience import PATIENCE_S, wait_until
from tests.postgresql import Cluster, NoServerError, running_cluster


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """One of our own, to be killed."""
    try:
        with running_cluster(is_durable=True) as running:
            yield running
    except NoServerError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def slack() -> Iterator[Any]:
    with Sandbox([workspace()]).patient(PATIENCE_S).in_thread() as running:
        yield running


def recorded_in_the_end(slack: Any, line: str) -> int:
    """How often it was said in vain before it was recorded; no answer ever claims too much."""
    until = time.monotonic() + PATIENCE_S
    for tries in range(1_000):
        reply = slack.person(MARIA).command("/log", line)
        if reply.ok and "Recorded" in reply.text:
            return tries
        assert "nothing was recorded" in reply.text
        assert time.monotonic() < until, "the web didn't come back"
        time.sleep(0.1)
    raise AssertionError


def is_ready(bot: RunningBot) -> bool:
    try:
        url = f"http://127.0.0.1:{bot.port}/readyz"
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False


def test_web_and_worker_go_on_when_postgresql_is_back(
    cluster: Cluster, slack: Any, tmp_path: Path
) -> None:
    url = cluster.create("restarted")
    migrate(url)
    where = surroundings_on(url, slack, tmp_path)
    with in_halves(slack, where, workers=1) as halves:
        for _ in range(2):
            recorded_in_the_end(slack, "won 4200 with Acme")
        assert "100 % of the month" in wait_for_news(slack)
        cluster.restart()
        for _ in range(2):
            recorded_in_the_end(slack, "won 4200 with Acme")
        assert "120 % of the month" in wait_for_news(slack, 2)
        wait_until(lambda: all(map(is_ready, halves)))
        assert [half.stop() for half in halves] == [0, 0]
    assert len(slack.messages(CHANNEL)) == 2
