"""The command line as a whole: exit codes, a sentence for whatever goes wrong, quick help."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.__main__ import COMMANDS
from bot.cli.failures import told
from bot.domain.errors import NotSaved
from tests.cli.commands import Here, command, environment, pacesetter
from tests.patience import PATIENCE_S

PROMISED = set(
    "run web worker migrate move demo playbook import export tick scorecard digest doctor manifest "
    "forget".split()
)
SECRET = "hush-hush"
HEAVY = {"sqlalchemy", "pydantic", "alembic", "aiohttp", "slack_bolt", "ruamel.yaml", "holidays"}
NOT_FOR_A_START = {
    *("alembic", "psycopg", "procrastinate"),  # PostgreSQL, migrations
    *("cryptography", "bot.tokens", "bot.slack.oauth", "handlers.installing"),  # OAuth
    *("numpy", "scipy", "ruamel.yaml", "bot.files.playbook", "holidays.countries"),
    *("sandbox", "bot.demo"),
}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env` of whoever runs the tests is read."""
    monkeypatch.chdir(tmp_path)


def test_every_promised_command_is_there() -> None:
    assert COMMANDS.keys() >= PROMISED


def test_every_command_has_help(here: Here) -> None:
    listed = here("--help").out
    for name in COMMANDS:
        ended = here(name, "--help")
        assert (ended.code, ended.err) == (0, "")
        assert f"Usage: pacesetter {name}" in ended.out
        assert f"  {name} " in listed


def loaded_by(*modules: str) -> set[str]:
    """What a new interpreter has loaded once it has imported these."""
    ended = subprocess.run(
        [sys.executable, "-c", f"import sys, {', '.join(modules)}; print(*sys.modules)"],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stdout.split())


def test_help_imports_nothing_that_takes_time() -> None:
    assert HEAVY.isdisjoint(loaded_by("bot.__main__"))


def test_run_on_sqlite_imports_nothing_that_can_wait() -> None:
    started = loaded_by("bot.__main__", "bot.cli.serving", "bot.cli.process", "jobs.embedded")
    assert NOT_FOR_A_START.isdisjoint(started)


def test_version(here: Here) -> None:
    assert here("--version").out.startswith("pacesetter 0.")


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("playbook", "nonsense"), ("playbook", "apply"), ("playbook", "show", "--no")],
)
def test_wrong_usage_is_2(here: Here, arguments: tuple[str, ...]) -> None:
    ended = here(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("Usage: pacesetter")


@pytest.mark.parametrize("url", ["nonsense", "http://x"])
def test_an_address_that_slack_would_not_call_is_wrong_usage(here: Here, url: str) -> None:
    ended = here("manifest", "--url", url)
    assert (ended.code, ended.out) == (2, "")
    assert "Invalid value for --url: " in ended.err
    assert f"“{url}” is n" in ended.err


@pytest.mark.parametrize("options", [(), ("--years", "2"), ("--for-ever",)])
@pytest.mark.parametrize("workspace", ["T99", "t01test"])
def test_no_history_is_kept_of_an_unknown_workspace(
    here: Here, workspace: str, options: tuple[str, ...]
) -> None:
    here("playbook", "apply", str(_a_playbook()))
    ended = here("retention", "--workspace", workspace, *options)
    assert ended.refused() == f"There is no workspace {workspace}."
    known = here("retention", "--workspace", "T01TEST", *options)
    assert known.out.startswith("T01TEST keeps its history f")


def test_one_year_is_no_years(here: Here) -> None:
    here("playbook", "apply", str(_a_playbook()))
    kept = here("retention", "--workspace", "T01TEST", "--years", "1")
    assert kept.out.endswith("-01-01 on (1 whole year).\n")
    assert "2 whole years" in here("retention", "--workspace", "T01TEST", "--years", "2").out


@pytest.mark.parametrize("instant", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"])
@pytest.mark.parametrize("name", ["tick", "scorecard", "digest"])
def test_an_instant_centuries_away_is_wrong_usage(here: Here, name: str, instant: str) -> None:
    ended = here(name, "--at", instant)
    assert (ended.code, ended.out) == (2, "")
    assert "is too far away: take one of the years 2000 to 2100." in ended.err


def test_each_wrong_variable_has_one_sentence_and_no_secret_shows(tmp_path: Path) -> None:
    wrong = {
        "DATABASE_URL": f"postgresql://u:p@ss:{SECRET}@host/db",
        "SLACK_BOT_TOKEN": SECRET,
        "SLACK_APP_TOKEN": SECRET,
        "SLACK_API_URL": "slack.com/api",
        "PORT": "abc",
        "LOG_LEVEL": "loud",
    }
    ended = pacesetter("playbook", "show", cwd=tmp_path, **wrong)
    assert (ended.code, ended.out) == (2, "")
    assert {line.split()[0] for line in ended.err.splitlines()} == wrong.keys()
    assert len(ended.err.splitlines()) == len(wrong)
    assert SECRET not in ended.err


def test_a_file_named_env_is_read(tmp_path: Path) -> None:
    database = tmp_path / "from-env.db"
    lines = ("PORT=abc", f"DATABASE_URL=sqlite:///{database}")
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
    wrong = pacesetter("migrate", cwd=tmp_path)
    assert wrong.code == 2
    assert wrong.err.startswith("PORT must")
    assert pacesetter("migrate", cwd=tmp_path, PORT="3000").code == 0
    assert database.exists()


@pytest.mark.parametrize(
    "url, sentence",
    [
        ("nonsense", "DATABASE_URL must be an address like"),
        ("mysql://u@h/d", "DATABASE_URL must be an address like"),
        ("sqlite://", "DATABASE_URL must name a file"),
    ],
)
def test_an_address_that_is_none_is_wrong_configuration(
    here: Here, monkeypatch: pytest.MonkeyPatch, url: str, sentence: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    ended = here("playbook", "show")
    assert ended.code == 2
    assert ended.err.startswith(sentence)


@pytest.mark.parametrize(
    "url, sentence",
    [
        ("sqlite:///nowhere/pacesetter.db", "unable to open database file"),
        ("sqlite:///text.txt", "file is not a database"),
        ("sqlite:///file:old.db?mode=ro&uri=true", "attempt to write a readonly database"),
        (f"postgresql+asyncpg://u:{SECRET}@localhost:1/db", "Connection refused"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_one_sentence(
    here: Here, monkeypatch: pytest.MonkeyPatch, url: str, sentence: str
) -> None:
    Path("text.txt").write_text("no database, " * 100, encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///old.db")
    here("migrate")
    monkeypatch.setenv("DATABASE_URL", url)
    said = here("playbook", "apply", str(_a_playbook())).refused()
    assert sentence in said
    assert SECRET not in said


def _a_playbook() -> Path:
    path = Path("playbook.yaml")
    path.write_text("workspace: T01TEST\nteams: []\n", encoding="utf-8")
    return path


def test_what_was_not_saved_is_said_with_what_the_database_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    full = NotSaved()
    full.__cause__ = OSError("database or disk is full")
    assert told(full) == 1
    assert "nothing was changed: database or disk is full." in capsys.readouterr().err


def test_a_question_answered_with_no_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(click.Abort()) == 1
    assert capsys.readouterr().err == "Stopped: nothing was changed.\n"


def test_details_of_the_unforeseen_come_with_log_level_debug_without_tokens(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    unforeseen = ValueError("of xoxb-1-secret")
    assert told(unforeseen) == 1
    assert "(ValueError): run with LOG_LEVEL=debug" in capsys.readouterr().err
    monkeypatch.setenv("LOG_LEVEL", "debug")
    assert told(unforeseen) == 1
    assert "ValueError: of [token]" in capsys.readouterr().err


@pytest.fixture
def heeding_ctrl_c() -> Iterator[None]:
    """Programs started from here heed SIGINT, also where whatever runs the tests ignores it (as a
    shell has its background jobs do)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_ctrl_c")
def test_ctrl_c_ends_with_130_and_nothing_else(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (
        subprocess.Popen(
            command("playbook", "validate", str(pipe)),
            cwd=tmp_path,
            env=environment(),
            stderr=subprocess.PIPE,
            text=True,
        ) as running,
        pipe.open("wb"),
    ):  # opens when the command does, so it is waiting by now
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=PATIENCE_S)
    assert running.returncode == 130
    assert said.strip() == ""


def test_the_installed_command_is_the_same(tmp_path: Path) -> None:
    installed = Path(sys.executable).parent / "pacesetter"
    assert installed.exists(), "pip install --no-deps --editable ."
    ended = subprocess.run(
        [installed, "--version"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
