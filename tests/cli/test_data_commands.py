"""`import`, `export` and `forget` as an operator sees them."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import insert

from bot.__main__ import pacesetter
from bot.db.engine import for_writing, make_engine
from bot.db.tables import entries
from bot.domain.errors import Refusal
from tests.services.activity_rows import NOW
from tests.teams import RILEY, WORKSPACE, TeamRows, a_team

Run = Callable[..., Result]
HEADER = "workspace,user,behaviour,quantity,occurred_on,account,note,external_id"
FILE = f"{HEADER}\nT01TEST,U02RILEY,call,5,2026-11-20,Acme,=1+1,x1\n"


@pytest.fixture
def west(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TeamRows]:
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        team = a_team(connection)
    monkeypatch.setenv("DATABASE_URL", database_url)
    yield team
    engine.dispose()


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(pacesetter, arguments, input=given)


def test_a_file_is_imported_once(west: TeamRows, tmp_path: Path) -> None:
    path = tmp_path / "activities.csv"
    path.write_text(FILE, encoding="utf-8")
    assert run("import", "activities", str(path)).stdout == "Imported 1 entry.\n"
    again = run("import", "activities", str(path))
    assert again.stdout == "Imported 0 entries (1 was there already).\n"


def test_a_dry_run_changes_nothing(west: TeamRows) -> None:
    tried = run("import", "activities", "-", "--dry-run", given=FILE)
    assert tried.stdout == "Would import 1 entry.\n"
    done = run("import", "activities", "-", "--json", given=FILE)
    told = {"imported": 1, "duplicates": 0, "milestones": 1, "dry_run": False}
    assert json.loads(done.stdout) == told


def test_faults_are_told_and_nothing_is_imported(west: TeamRows) -> None:
    bad = run("import", "activities", "-", given=f"{FILE}T01TEST,U02RILEY,call,abc,2026-11-20,,,\n")
    assert isinstance(bad.exception, Refusal)
    assert bad.exception.sentence == (
        'line 3, column `quantity`: "abc" is not a number; write it like 5 or 2.5\n'
        "Nothing was imported."
    )
    assert run("export", "activities").stdout.count("\n") == 1


def test_an_export_is_a_file_that_can_be_imported(west: TeamRows) -> None:
    run("import", "activities", "-", given=FILE)
    exported = run("export", "activities").stdout
    (row,) = csv.DictReader(StringIO(exported))
    assert (row["behaviour"], row["occurred_on"], row["note"]) == (
        "Prospecting calls",
        "2026-11-20",
        "'=1+1",  # safe in a spreadsheet
    )
    assert "(1 was there already)" in run("import", "activities", "-", given=exported).stdout


def test_what_is_empty_is_null_in_json(west: TeamRows) -> None:
    run("import", "activities", "-", given=FILE.replace("Acme,=1+1,x1", ",,"))
    (row,) = json.loads(run("export", "activities", "--json").stdout)
    assert (row["account"], row["note"], row["external_id"]) == (None, None, None)


@pytest.mark.parametrize("what", ["activities", "results", "milestones", "deliveries"])
def test_every_export_comes_as_csv_and_as_json(west: TeamRows, what: str) -> None:
    assert run("export", what).stdout.startswith("workspace,")
    assert json.loads(run("export", what, "--format", "json").stdout) == []


def test_a_reader_that_has_seen_enough_ends_an_export_quietly(
    west: TeamRows, database_url: str
) -> None:
    row = {
        "workspace_id": WORKSPACE,
        "person_id": west.people[RILEY],
        "indicator_id": west.indicators["Prospecting calls"],
        "quantity": Decimal(1),
        "local_date": NOW.date(),
        "occurred_at": NOW,
        "recorded_at": NOW,
        "source": "import",
        "note": "n" * 200,
    }
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        connection.execute(insert(entries), [row | {"dedupe_key": f"{n}"} for n in range(3000)])
    engine.dispose()
    command = [sys.executable, "-m", "bot", "export", "activities"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"workspace,")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_nobody_is_forgotten_without_a_yes(west: TeamRows) -> None:
    run("import", "activities", "-", given=FILE)
    asked = run("forget", "--workspace", WORKSPACE, "--user", RILEY, given="n\n")
    assert asked.exit_code == 1
    assert run("export", "activities").stdout.count("\n") == 2


def test_the_audit_log_says_that_the_operator_erased_somebody_not_whom(west: TeamRows) -> None:
    run("forget", "--workspace", WORKSPACE, "--user", RILEY, "--yes")
    [line] = [each for each in run("export", "audit").stdout.splitlines() if "erased" in each]
    assert "operator,person.erased," in line
    assert RILEY not in line
    assert "Riley" not in line


def test_what_was_erased_is_counted(west: TeamRows) -> None:
    run("import", "activities", "-", given=FILE)
    erased = run("forget", "--workspace", WORKSPACE, "--user", RILEY, "--yes")
    assert "1 person, 1 membership, 1 entry, 1 milestone." in erased.stdout
    everything = run("forget", "--workspace", WORKSPACE, "--yes", "--json")
    assert json.loads(everything.stdout)["erased"]["people"] == 3
