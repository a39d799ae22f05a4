"""`pacesetter digest`: interface.md's JSON, and text to read."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import insert

from bot.cli.digest import digest_command
from bot.db.engine import for_writing, make_engine
from bot.db.queries.coaching.experiments import put_members
from bot.db.session import Session
from bot.db.tables import experiments, pairings
from bot.domain.errors import Refusal
from bot.domain.experiments.agreed import Group
from bot.services.celebrations.celebrating import celebrate_imported
from tests.services.months_of_entries import add_entries, an_entry
from tests.teams import ALEX, LONG_AGO, MORGAN, RILEY, SAM, TeamRows, a_team

AT = "2026-11-23T08:30:00+00:00"  # Monday
DAY = date(2026, 11, 18)
Run = Callable[..., Result]


def _try_things(session: Session, west: TeamRows) -> None:
    """Sam learns from Riley since Monday; Riley and Sam try something, Alex and Jo don't."""
    meetings, dates = west.indicators["First meetings"], {"created_at": LONG_AGO}
    own = {"workspace_id": west.workspace_id, "team_id": west.team_id, "indicator_id": meetings}
    two_weeks = {"starts_on": date(2026, 11, 16), "ends_on": date(2026, 11, 29)}
    both = {"learner_id": west.people[SAM], "teacher_id": west.people[RILEY]}
    session.connection.execute(insert(pairings).values(own | both | two_weeks | dates))
    said = {"question": "Does it work?", "method": "Ask first"}
    tried = session.connection.execute(insert(experiments).values(own | said | two_weeks | dates))
    [number] = tried.inserted_primary_key or (0,)
    put_members(
        session.connection,
        west.workspace_id,
        number,
        {west.people[RILEY]: Group.NEW, west.people[SAM]: Group.USUAL},
    )


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command where Riley had 5 meetings last week and Sam 3."""
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        west = a_team(connection)
        a_team(connection, "Nobody", reps=(), managers=())
        session, done = Session(connection), ((RILEY, 5), (SAM, 3))
        add_entries(
            session, [an_entry(west, user, "First meetings", DAY, made) for user, made in done]
        )
        _try_things(session, west)
        celebrate_imported(session, west.playbook(session), west.people.values())
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", database_url)
    return lambda *arguments: CliRunner().invoke(digest_command, arguments)


def document(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_json_has_the_form_of_the_interface(run: Run) -> None:
    found = document(run("--team", "West", "--at", AT, "--json"))
    assert (found["team"], found["manager"]) == ("West", MORGAN)
    assert found["period"] == {"start": "2026-11-16", "end": "2026-11-22"}
    assert found["on_target"] == {"reps": 0, "of": 3, "before": 0}
    assert found["silent"] == [ALEX]
    assert found["cost"].items() >= {"nudges": 0, "posts": 0, "entries": 2}.items()
    assert {
        "user": RILEY,
        "kind": "target",
        "behaviour": "First meetings",
        "text": "reached the week’s target for First meetings: 5 of 5",
    } in found["celebrate"]
    assert {
        "user": SAM,
        "behaviour": "First meetings",
        "target": 5,
        "actual": 3,
        "attainment": 0.6,
        "diagnosis": "effort",
        "reason": "3 of 5, 2 short",
    } in found["gaps"]
    assert len(found["coach"]) == 3
    assert found["coach"][0].keys() == {"user", "behaviour", "text", "pair_with"}
    assert found["results"][0]["target"] == 36


def test_without_json_it_is_text_with_names(run: Run) -> None:
    told = run("--team", "West", "--at", AT).stdout
    assert told.startswith(f"West, 2026-11-16 to 2026-11-22, for {MORGAN}")
    assert "0 of 3 reps on target" in told
    celebrated = told.partition("Worth celebrating\n")[2].splitlines()[0]
    assert celebrated.startswith("  Riley ")
    assert "reached the week’s target for First meetings: 5 of 5" in celebrated
    assert "<@" not in told


def test_it_lists_pairings_and_experiments(run: Run) -> None:
    found = document(run("--team", "West", "--at", AT, "--json"))
    [pairing], [experiment] = found["pairings"], found["experiments"]
    assert (pairing["learner"], pairing["teacher"]) == (SAM, RILEY)
    assert (pairing["behaviour"], pairing["leads_to"]) == ("First meetings", None)
    assert (pairing["start"], pairing["end"]) == ("2026-11-16", "2026-11-29")
    assert pairing["since"] == {"weeks": 1.0, "done": 3, "led": 0}
    assert (experiment["question"], experiment["phase"]) == ("Does it work?", "running")
    assert experiment["effect"] is None
    assert experiment["new"] == {"people": 1, "tried": 6, "led": 5, "rate": 0.8333}
    told = run("--team", "West", "--at", AT).stdout
    assert "Pairings\n  Sam with Riley at First meetings, until Sun 29 Nov: " in told
    assert "Experiments\n  “Does it work?” Runs until Sun 29 Nov; no verdict" in told


def test_a_team_without_people_has_an_empty_digest(run: Run) -> None:
    found = document(run("--team", "Nobody", "--at", AT, "--json"))
    assert (found["manager"], found["gaps"], found["coach"]) == (None, [], [])


def test_an_unknown_team_is_refused_with_those_there_are(run: Run) -> None:
    result = run("--team", "South", "--at", AT)
    assert isinstance(result.exception, Refusal)
    assert "West" in result.exception.sentence
