"""`pacesetter tick`: interface.md's list, and what it does without a token."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.db.engine import for_writing, make_engine
from sandbox import Channel, Sandbox, User, Workspace
from tests.cli.commands import Here
from tests.logging_state import logging_restored
from tests.teams import WORKSPACE, a_team

AT = ("--at", "2026-11-25T10:00:00+00:00")
KEYS = {"key", "kind", "workspace", "recipient", "due_at", "text", "behaviours"}
NUDGE = "nudge:U02RILEY:2026-11-25"


@pytest.fixture
def slack(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A Slack that the environment points at, and team West in the database."""
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        a_team(connection)
    engine.dispose()
    people = tuple(User(f"U0{n}", n) for n in ("1MORGAN", "2RILEY", "3SAM", "4ALEX"))
    workspace = Workspace(WORKSPACE, users=people, channels=(Channel("C01WEST", "west"),))
    with Sandbox([workspace]).in_thread() as sandbox, logging_restored():
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("SLACK_API_URL", sandbox.api_url)
        monkeypatch.setenv("SLACK_BOT_TOKEN", f"xoxb-{WORKSPACE}-sandbox")
        yield sandbox


def test_a_tick_lists_what_it_sent(here: Here, slack: Any) -> None:
    ended = here("tick", *AT, "--json")
    assert ended.code == 0, ended.err
    [riley] = [each for each in json.loads(ended.out) if each["key"] == NUDGE]
    assert set(riley) == KEYS | {"state"}
    assert (riley["state"], riley["kind"], riley["recipient"]) == ("sent", "nudge", "U02RILEY")
    assert riley["due_at"] == "2026-11-25T09:00:00+00:00"
    assert "Prospecting calls" in riley["behaviours"]
    assert [message.text for message in slack.messages("U02RILEY")] == [riley["text"]]
    assert here("tick", *AT, "--json").out == "[]\n"


def test_a_dry_run_needs_no_token_and_sends_nothing(
    here: Here, slack: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    for _ in range(2):
        listed = json.loads(here("tick", *AT, "--dry-run", "--json").out)
        assert NUDGE in [each["key"] for each in listed]
        assert "state" not in listed[0]
    assert slack.journal == []


def test_without_a_token_nothing_is_sent_and_the_variable_is_named(
    here: Here, slack: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    ended = here("tick", *AT)
    assert ended.code == 2
    assert "SLACK_BOT_TOKEN" in ended.err


def test_people_read_a_line_for_each(here: Here, slack: Any) -> None:
    [line] = [each for each in here("tick", *AT, "--dry-run").out.splitlines() if NUDGE in each]
    assert line.startswith("due ")
    assert any(each.startswith("sent ") for each in here("tick", *AT).out.splitlines())
    assert here("tick", *AT).out == "Nothing was due.\n"


def test_an_instant_without_an_offset_is_refused(here: Here, slack: Any) -> None:
    assert here("tick", "--at", "2026-11-25T10:00:00").code == 2
