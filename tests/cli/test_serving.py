"""`pacesetter run`: the whole bot in a process of its own, as an operator starts it."""

import json
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.db.engine import for_writing, make_engine
from sandbox import Channel, Fault, Sandbox, User, Workspace
from tests.cli.commands import command, environment, pacesetter
from tests.patience import PATIENCE_S, wait_until
from tests.teams import WORKSPACE, a_team

SECRET, TOKEN = "sandbox-signing-secret", f"xoxb-{WORKSPACE}-sandbox"
MAPPED = Path("/proc/self/maps")
PEOPLE = tuple(User(f"U0{n}", n) for n in ("1MORGAN", "2RILEY", "3SAM", "4ALEX"))


@pytest.fixture
def slack() -> Iterator[Any]:
    members = tuple(user.id for user in PEOPLE)
    workspace = Workspace(WORKSPACE, users=PEOPLE, channels=(Channel("C01WEST", "west", members),))
    with Sandbox([workspace]).patient(PATIENCE_S).in_thread() as sandbox:
        yield sandbox


@pytest.fixture
def variables(database_url: str, slack: Any) -> dict[str, str]:
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        a_team(connection)
    engine.dispose()
    return {
        "DATABASE_URL": database_url,
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "PORT": str(_free_port()),
    }


@contextmanager
def running(tmp_path: Path, variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The bot, from its first answer until it is told to stop."""
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command("run"), cwd=tmp_path, env=environment(**variables), stderr=log
        )
        try:
            wait_until(lambda: process.poll() is None and _get(variables, "/healthz")[0] == 200)
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def _get(variables: dict[str, str], path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{variables['PORT']}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_it_answers_over_http_is_ready_and_stops_gracefully(
    tmp_path: Path, variables: dict[str, str], slack: Any
) -> None:
    slack.request_url = f"http://127.0.0.1:{variables['PORT']}/slack/events"
    with running(tmp_path, variables) as process:
        reply = slack.person("U02RILEY").command("/log", "5 calls", "C01WEST")
        assert "5" in reply.message.text
        wait_until(lambda: _get(variables, "/readyz")[0] == 200)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
    events = [json.loads(line)["event"] for line in (tmp_path / "log").read_text().splitlines()]
    assert events[-1] == "stopped"
    assert TOKEN not in (tmp_path / "log").read_text()


@pytest.mark.may_skip("the system doesn't say what a process has loaded")
@pytest.mark.skipif(not MAPPED.exists(), reason="no /proc")
def test_what_only_chances_need_is_loaded_once_something_else_than_log_is_asked(
    tmp_path: Path, variables: dict[str, str], slack: Any
) -> None:
    slack.request_url = f"http://127.0.0.1:{variables['PORT']}/slack/events"
    with running(tmp_path, variables) as process:
        slack.person("U02RILEY").command("/pace", "help", "C01WEST")
        wait_until(lambda: "scipy" in Path(f"/proc/{process.pid}/maps").read_text())


def test_a_celebration_is_in_the_channel_by_itself(
    tmp_path: Path, variables: dict[str, str], slack: Any
) -> None:
    slack.request_url = f"http://127.0.0.1:{variables['PORT']}/slack/events"
    with running(tmp_path, variables):
        slack.person("U02RILEY").command("/log", "300 calls", "C01WEST")
        wait_until(lambda: bool(slack.messages("C01WEST")))


def test_it_answers_over_socket_mode(tmp_path: Path, variables: dict[str, str], slack: Any) -> None:
    app_token = slack.team(WORKSPACE).seed.app_token
    del variables["SLACK_SIGNING_SECRET"]
    with running(tmp_path, variables | {"SLACK_APP_TOKEN": app_token}) as process:
        wait_until(slack.is_socket_connected)
        reply = slack.person("U02RILEY").command("/log", "5 calls", "C01WEST")
        assert "5" in reply.message.text
        wait_until(lambda: _get(variables, "/readyz")[0] == 200)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0


def test_it_starts_while_slack_is_away_and_says_that_it_is_not_ready(
    tmp_path: Path, variables: dict[str, str], slack: Any
) -> None:
    slack.fail("auth.test", Fault.server_error(), None)
    with running(tmp_path, variables):
        status, checks = _get(variables, "/readyz")
    assert status == 503
    assert not json.loads(checks)["slack"]["ok"]


def test_a_port_that_is_taken_is_said_in_one_sentence(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    with socket.create_server(("127.0.0.1", int(variables["PORT"]))):
        refused = pacesetter("run", cwd=tmp_path, **variables).refused()
    assert "PORT" in refused


def test_what_is_missing_is_named_and_exit_code_2(tmp_path: Path) -> None:
    ended = pacesetter("run", cwd=tmp_path)
    assert ended.code == 2
    assert [line.split()[0] for line in ended.err.splitlines()] == [
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
    ]


def test_a_postgresql_that_is_behind_is_refused(tmp_path: Path, empty_postgresql_url: str) -> None:
    variables = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET}
    ended = pacesetter("run", cwd=tmp_path, DATABASE_URL=empty_postgresql_url, **variables)
    assert "pacesetter migrate" in ended.refused()
