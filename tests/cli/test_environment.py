"""What is wrong with the environment: all of it is said, at once, in sentences of ours."""

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


def test_doctor_names_what_is_missing_beside_what_is_malformed(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "hello")
    ended = here("doctor")
    assert (ended.code, ended.err) == (1, "")
    malformed, missing = ended.out.splitlines()
    assert "settings: SLACK_BOT_TOKEN must start with xox. → Correct the variable." in malformed
    assert "settings: SLACK_SIGNING_SECRET is missing → Set it for HTTP" in missing
