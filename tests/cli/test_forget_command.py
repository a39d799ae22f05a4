"""`pacesetter forget` beside `pacesetter digest`: who is gone, and what the team had."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot.db.engine import for_writing, make_engine
from bot.db.session import Session
from bot.services.celebrations.celebrating import celebrate_imported
from tests.cli.commands import Here
from tests.files.samples import EXAMPLE
from tests.services.team_totals import CALLS, CUSTOMERS, MEETINGS, PEOPLE, a_team_of, each_logs
from tests.teams import WORKSPACE, TeamRows

AT = "2025-03-17T08:30:00+00:00"
"""A Monday, whatever the machine's clock says: `forget` knows no other."""
LAST_WEEK, BEFORE = date(2025, 3, 12), date(2025, 3, 4)


@pytest.fixture
def north(database_url: str, monkeypatch: pytest.MonkeyPatch) -> TeamRows:
    """Five reps with two weeks of work; half of the quarter's customers are won."""
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        session = Session(connection)
        team = a_team_of(session, PEOPLE[:5])
        for day, meetings in ((LAST_WEEK, 5), (BEFORE, 4)):
            each_logs(session, team, PEOPLE[:5], MEETINGS, meetings, day)
            each_logs(session, team, PEOPLE[1:5], CALLS, 70, day)
            each_logs(session, team, PEOPLE[:5], CUSTOMERS, 3, day)
        celebrate_imported(session, team.playbook(session), team.people.values())
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", database_url)
    return team


def digest(here: Here) -> Any:
    ended = here("digest", "--team", "North", "--at", AT, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def of_the_team(document: Any) -> dict[str, Any]:
    news = [each for each in document["celebrate"] if each["user"] is None]
    return {"celebrate": news} | {name: document[name] for name in ("results", "weeks", "period")}


def test_the_teams_numbers_are_the_same_before_and_after(here: Here, north: TeamRows) -> None:
    before = digest(here)
    assert before["results"][0]["actual"] == 30
    assert [each["kind"] for each in of_the_team(before)["celebrate"]] == [
        "team_target",
        "team_result",
    ]
    assert len(before["weeks"]) == 2
    erased = here("forget", "--workspace", WORKSPACE, "--user", PEOPLE[1], "--yes")
    assert erased.code == 0, erased.err
    assert "1 person" in erased.out
    after = digest(here)
    assert of_the_team(after) == of_the_team(before)
    assert PEOPLE[1] not in json.dumps(after)


def test_it_stays_whoever_else_goes_until_the_workspace_is_erased(
    here: Here, north: TeamRows
) -> None:
    for user in PEOPLE[1:5]:
        assert here("forget", "--workspace", WORKSPACE, "--user", user, "--yes").code == 0
    assert digest(here)["results"][0]["actual"] == 30
    erased = here("forget", "--workspace", WORKSPACE, "--yes")
    assert " kept totals" in erased.out
    assert "1 membership, 3 indicators, " in erased.out
    assert "1 team, 2 people, 1 workspace." in erased.out
    assert here("digest", "--team", "North", "--at", AT, "--json").code == 1


def _audited(here: Here) -> list[str]:
    """Each line of what was changed by a playbook, from the export."""
    rows = csv.DictReader(StringIO(here("export", "audit").out))
    told = "\n".join(row["detail"] for row in rows if row["action"] == "playbook.applied")
    return told.splitlines()


def test_the_audit_log_keeps_what_was_done_to_others_and_by_erased(
    here: Here, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    file = tmp_path / "playbook.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert here("playbook", "apply", str(file)).code == 0
    before = _audited(here)
    assert sum("U02RILEY" in line for line in before) == 1
    assert here("forget", "--workspace", WORKSPACE, "--user", "U02RILEY", "--yes").code == 0
    assert _audited(here) == [line.replace("U02RILEY", "erased") for line in before]
