"""`pacesetter scorecard`: interface.md's JSON, readable text, and sentences for what can't be."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.reports import scorecard_command
from bot.db.engine import for_writing, make_engine
from bot.db.session import Session
from bot.domain.errors import Refusal, UnknownPerson
from tests.services.months_of_entries import add_entries, an_entry
from tests.teams import MORGAN, RILEY, SAM, a_person, a_team

AT = "2026-11-25T15:00:00+00:00"  # a Wednesday
TODAY = date(2026, 11, 25)
BEHAVIOUR_KEYS = set(
    "name result period target actual expected attainment pace status ask_today streak "
    "forecast consistency consistency_of consistency_spread".split()
)
Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command on a database where Riley logged 3 meetings on Tuesday and 8 calls today."""
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        west = a_team(connection)
        a_team(connection, "East", workspace_id="T02OTHER", reps=(), managers=())
        a_team(connection, "West", workspace_id="T02OTHER", reps=(), managers=())
        a_person(connection, SAM, workspace_id="T02OTHER")
        done = (("First meetings", date(2026, 11, 24), 3), ("Prospecting calls", TODAY, 8))
        add_entries(Session(connection), [an_entry(west, RILEY, *each) for each in done])
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", database_url)
    return lambda *arguments: CliRunner().invoke(scorecard_command, arguments)


def document(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_json_has_the_form_of_the_interface(run: Run) -> None:
    card = document(run("--user", RILEY, "--at", AT, "--json"))
    assert (card["user"], card["team"]) == (RILEY, "West")
    assert datetime.fromisoformat(card["as_of"]) == datetime.fromisoformat(AT)
    meetings = card["behaviours"][0]
    assert meetings.keys() >= BEHAVIOUR_KEYS
    assert meetings | {"unit": ""} == {
        "name": "First meetings",
        "result": "New customers",
        "unit": "",
        "period": {"kind": "week", "start": "2026-11-23", "end": "2026-11-29"},
        "target": 5,
        "actual": 3,
        "expected": 2,
        "attainment": 0.6,
        "pace": 1.5,
        "status": "ahead",
        "ask_today": 1,
        "streak": 0,
        "forecast": None,
        "consistency": None,
        "consistency_of": 0,
        "consistency_spread": None,
    }
    assert card["results"][0] | {"unit": ""} == {
        "name": "New customers",
        "unit": "",
        "period": {"kind": "quarter", "start": "2026-10-01", "end": "2026-12-31"},
        "target": 12,
        "actual": 0,
        "attainment": 0,
    }


def test_a_daily_behaviour_has_today_beside_the_week(run: Run) -> None:
    behaviours = document(run("--user", RILEY, "--at", AT, "--json"))["behaviours"]
    meetings, calls = behaviours[:2]
    assert (calls["target"], calls["actual"]) == (100, 8)
    assert (calls["today_target"], calls["today_actual"]) == (20, 8)
    assert calls["status"] == "behind"
    assert "today_target" not in meetings


def test_an_instant_may_end_in_z(run: Run) -> None:
    card = document(run("--user", RILEY, "--at", "2026-11-24T11:00:00Z", "--json"))
    assert card["behaviours"][0]["actual"] == 0


@pytest.mark.parametrize("instant", ["2026-11-25T15:00:00", "2026-11-25", "noon", ""])
def test_an_instant_without_an_offset_is_wrong_usage(run: Run, instant: str) -> None:
    result = run("--user", RILEY, "--at", instant)
    assert result.exit_code == 2
    assert "2026-11-23T09:00:00+00:00" in result.stderr


def test_a_team_is_a_list(run: Run) -> None:
    cards = document(run("--team", "west", "--workspace", "T01TEST", "--at", AT, "--json"))
    assert [card["user"] for card in cards][:2] == [RILEY, SAM]
    assert document(run("--team", "East", "--json")) == []


def test_text_is_readable(run: Run) -> None:
    lines = run("--user", RILEY, "--at", AT).output.splitlines()
    assert lines[0] == "Riley (U02RILEY) · West · Wed 2026-11-25"
    assert lines[1] == (
        "  First meetings     3 of 5 meetings (week from 2026-11-23) · ahead · ask today 1"
    )
    assert "today 8 of 20" in lines[2]


def test_without_an_instant_it_is_now(run: Run) -> None:
    as_of = datetime.fromisoformat(document(run("--user", RILEY, "--json"))["as_of"])
    assert abs((datetime.now(UTC) - as_of).total_seconds()) < 60


@pytest.mark.parametrize("arguments", [(), ("--user", RILEY, "--team", "West")])
def test_one_of_user_and_team_is_needed(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    "arguments, kind, sentence",
    [
        (("--user", "U99GHOST"), UnknownPerson, "Nobody here is U99GHOST"),
        (("--user", RILEY, "--workspace", "T02OTHER"), UnknownPerson, "Nobody here is"),
        (("--user", MORGAN), UnknownPerson, "not a rep of any team"),
        (("--user", SAM), Refusal, "--workspace T01TEST"),
        (("--team", "North"), Refusal, "Teams: East, West"),
        (("--team", "West"), Refusal, "--workspace T01TEST"),
    ],
)
def test_who_or_what_is_unknown_is_refused_in_a_sentence(
    run: Run, arguments: tuple[str, ...], kind: type[Refusal], sentence: str
) -> None:
    refusal = run(*arguments).exception
    assert isinstance(refusal, kind)
    assert sentence in refusal.sentence
