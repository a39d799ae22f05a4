"""What is wrong with the environment: all of it is said, at once, in sentences of ours."""

import os
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.cli.commands import Here

POSTGRESQL = "postgresql://u@127.0.0.1:1/d"


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    "command, given, expected",
    [
        ("run", {"SLACK_BOT_TOKEN": "hello"}, {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"}),
        (
            "run",
            {"SLACK_BOT_TOKEN": "hello", "PORT": "70000"},
            {"SLACK_BOT_TOKEN", "PORT", "SLACK_SIGNING_SECRET"},
        ),
        (
            "run",
            {"DATABASE_URL": "hello"},
            {"DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"},
        ),
        ("run", {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "hello"}, {"SLACK_APP_TOKEN"}),
        (
            "run",
            {"SLACK_CLIENT_ID": "1", "TOKEN_KEYS": "hello", "SLACK_SIGNING_SECRET": "s"},
            {"TOKEN_KEYS", "SLACK_CLIENT_SECRET", "SLACK_STATE_SECRET"},
        ),
        ("web", {}, {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL"}),
        (
            "web",
            {"DATABASE_URL": "hello"},
            {"DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"},
        ),
        ("worker", {"WORKER_PORT": "x"}, {"WORKER_PORT", "DATABASE_URL", "SLACK_BOT_TOKEN"}),
        (
            "worker",
            {"WORKER_PORT": "x", "DATABASE_URL": POSTGRESQL},
            {"WORKER_PORT", "SLACK_BOT_TOKEN"},
        ),
        ("tick", {"PORT": "x"}, {"PORT", "SLACK_BOT_TOKEN"}),
        ("migrate", {"PORT": "x"}, {"PORT"}),
    ],
)
def test_what_is_malformed_hides_nothing_that_is_missing(
    here: Here,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    given: dict[str, str],
    expected: set[str],
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    ended = here(command)
    assert (ended.code, ended.out) == (2, "")
    said = [line.split()[0] for line in ended.err.splitlines()]
    assert sorted(said) == sorted(expected)


@pytest.mark.parametrize("value", ["abc", "70000", "-1", "1.5", "9" * 5000])
@pytest.mark.parametrize("name", ["PORT", "WORKER_PORT"])
def test_a_port_that_is_none_is_told_kindly(
    here: Here, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    told = f"{name} must be a whole number from 1 to 65535, such as 3000.\n"
    assert here("migrate").err == told


def test_doctor_names_what_is_missing_beside_what_is_malformed(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "hello")
    ended = here("doctor")
    assert (ended.code, ended.err) == (1, "")
    malformed, missing = ended.out.splitlines()
    assert "settings: SLACK_BOT_TOKEN must start with xox. → Correct the variable." in malformed
    assert "settings: SLACK_SIGNING_SECRET is missing → Set it for HTTP" in missing


@pytest.mark.parametrize(
    "encoding, line", [("utf-16", "A=1"), ("utf-16-le", "A=1"), ("cp1252", "A=clé")]
)
@pytest.mark.parametrize("command", ["migrate", "run", "doctor"])
def test_an_env_file_that_is_not_utf_8_is_told_in_one_sentence(
    here: Here, encoding: str, line: str, command: str
) -> None:
    Path(".env").write_text(f"{line}\n", encoding=encoding)
    ended = here(command)
    said = ended.out + ended.err
    assert ended.code == (1 if command == "doctor" else 2)
    assert len(said.splitlines()) == 1
    assert ".env is not UTF-8: open it in an editor and save it as UTF-8." in said


@pytest.mark.may_skip("needs somebody who isn't root")
@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_an_env_file_that_may_not_be_read_is_told_in_one_sentence(here: Here) -> None:
    Path(".env").touch(mode=0o200)
    assert here("migrate").err == ".env can't be read: Permission denied.\n"


def test_an_env_file_with_a_mark_of_its_encoding_is_read(here: Here) -> None:
    Path(".env").write_text("PORT=x\n", encoding="utf-8-sig")
    assert here("migrate").err.startswith("PORT must")


def test_lines_of_the_env_file_that_are_none_are_told_by_their_number(
    here: Here, caplog: pytest.LogCaptureFixture
) -> None:
    lines = ["# ours", "", "hush hush", "A=1", "hush", "export PORT=x", "B='hush", "C=2 # two", ""]
    Path(".env").write_text("\n".join(lines), encoding="utf-8")
    ended = here("run")
    assert (ended.code, ended.out) == (2, "")
    of_the_file = [line for line in ended.err.splitlines() if line.startswith(".env")]
    advice = "is not NAME=value; correct it, or begin it with #."
    assert of_the_file == [f".env: line {number} {advice}" for number in (3, 5, 7)]
    assert "hush" not in ended.err
    named = {line.split()[0] for line in ended.err.splitlines()} - {".env:"}
    assert named == {"PORT", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"}
    assert not caplog.records
