"""`pacesetter run` and `demo` as processes: they serve, send, end; what was run comes back."""

import json
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.demo.team import CHANNEL, PLAYBOOK, workspace
from sandbox import Sandbox
from tests.end_to_end.running import RunningBot, Surroundings, free_port, running_bot
from tests.patience import PATIENCE_S, wait_until

RILEY, MARIA = "U02RILEY", "U07MARIA"


@pytest.fixture
def slack() -> Iterator[Any]:
    """The demo's workspace, on real time."""
    with Sandbox([workspace()]).patient(PATIENCE_S).in_thread() as running:
        yield running


@pytest.fixture
def surroundings(slack: Any, tmp_path: Path) -> Surroundings:
    """The bot's environment, with the demo's team applied."""
    seed = slack.team().seed
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": seed.bot_token,
        "SLACK_SIGNING_SECRET": seed.signing_secret,
    }
    where = Surroundings(tmp_path, environment)
    playbook = tmp_path / "harbour.yaml"
    playbook.write_text(PLAYBOOK, encoding="utf-8")
    where.pacesetter("playbook", "apply", str(playbook))
    return where


@contextmanager
def listening(slack: Any, where: Surroundings) -> Iterator[RunningBot]:
    """The bot runs, and Slack knows where."""
    with running_bot(where, port := free_port()) as bot:
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        yield bot


def test_an_entry_outlives_a_kill_and_good_news_goes_out_by_itself(
    slack: Any, surroundings: Surroundings
) -> None:
    with listening(slack, surroundings) as bot:
        logged = slack.person(RILEY).command("/log", "5 calls")
        assert "Recorded 5 × Prospecting calls" in logged.text
        bot.kill()

    with listening(slack, surroundings) as bot:
        pace = slack.person(RILEY).command("/pace")
        assert "5 of" in pace.text
        for _ in range(2):
            slack.person(MARIA).command("/log", "won 4200 with Acme")
        celebrated = wait_for_news(slack)
        assert bot.stop() == 0

    assert "100 % of the month" in celebrated
    assert [message.text for message in slack.messages(CHANNEL)] == [celebrated]


def wait_for_news(slack: Any, many: int = 1) -> str:
    """The last of so many messages in the channel."""
    wait_until(lambda: len(slack.messages(CHANNEL)) >= many)
    return str(slack.messages(CHANNEL)[many - 1].text)


def test_the_play_prints_a_fortnight_and_ends_by_itself(tmp_path: Path) -> None:
    told = Surroundings(tmp_path, {}).pacesetter("demo", "--play")

    assert "http://127.0.0.1:" in told
    for words in (
        "Monday 23 March",
        "nudge to Priya",
        "Riley made a clean sweep",
        "digest to Morgan",
        "The bot is down for the night",
        "Thursday 2 April",
    ):
        assert words in told


def test_the_demo_serves_its_page_answers_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    where = Surroundings(tmp_path, {"SLACK_BOT_TOKEN": "not a token", "PORT": "none"})
    with opened_demo(where) as (demo, page):
        assert "<!doctype html>" in fetched(page).lower()
        asked = {"user": RILEY, "command": "/log", "text": "5 calls"}
        reply = json.loads(fetched(f"{page}_sandbox/command", json.dumps(asked)))
        assert "Recorded 5 × Prospecting calls" in reply["messages"][0]["text"]

        demo.send_signal(signal.SIGINT)
        assert demo.wait(PATIENCE_S) == 0
    assert [path.name for path in tmp_path.iterdir()] == []


@contextmanager
def opened_demo(where: Surroundings) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The demo as a process, and its page's address."""
    command = where.command("demo", "--no-browser", "--port", "0")
    with subprocess.Popen(
        command, cwd=where.folder, env=where.variables(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            told = next(line for line in process.stdout if "http://127.0.0.1:" in line)
            yield process, told.split()[-1]
        finally:
            process.kill()


def fetched(url: str, body: str | None = None) -> str:
    """What a page, or an endpoint of the sandbox, answers."""
    data = None if body is None else body.encode()
    with urllib.request.urlopen(url, data, timeout=PATIENCE_S) as answer:
        text: str = answer.read().decode()
        return text
