"""`pacesetter playbook` on both databases: applied once, shown as it is, all or nothing."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db.engine import make_engine
from bot.files.templates import templates
from tests.cli.commands import Here, pacesetter
from tests.files.samples import EXAMPLE

NEWEST = max(path.stem[1:5] for path in Path("migrations/versions").glob("v*.py"))
CALLS = "teams[0].results[0].behaviours[1]"
THIN = "thin: a team does best with 2–3 results, here is 1"


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest) -> str:
    """What somebody begins with: no SQLite file at all, or a PostgreSQL that was migrated."""
    wanted = {"sqlite": "empty_sqlite_url", "postgresql": "postgresql_url"}[request.param]
    url: str = request.getfixturevalue(wanted)
    return url


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example of interface.md, in the folder where commands run."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "playbook.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


@pytest.fixture
def on_sqlite(empty_sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database that commands in this process find."""
    monkeypatch.setenv("DATABASE_URL", empty_sqlite_url)
    return empty_sqlite_url


def test_a_playbook_is_applied_once_and_shown_as_one_that_changes_nothing(
    fresh_url: str, file: Path
) -> None:
    folder = file.parent
    applied = pacesetter("playbook", "apply", file.name, cwd=folder, DATABASE_URL=fresh_url)
    assert applied.code == 0
    assert applied.out.splitlines()[:2] == [
        "Workspace T01TEST: new, in Europe/London",
        "West: new team",
    ]
    assert THIN in applied.err
    again = pacesetter("playbook", "apply", "--json", file.name, cwd=folder, DATABASE_URL=fresh_url)
    told = json.loads(again.out)
    assert (told["workspace"], told["changes"]) == ("T01TEST", [])
    assert THIN in told["warnings"][0]
    shown = pacesetter("playbook", "show", cwd=folder, DATABASE_URL=fresh_url)
    assert shown.out.startswith("workspace: T01TEST\n")
    piped = pacesetter(
        "playbook", "apply", "-", cwd=folder, stdin=shown.out, DATABASE_URL=fresh_url
    )
    assert (piped.code, piped.out) == (0, "Nothing to change.\n")


def test_a_postgresql_that_is_behind_is_refused_until_it_is_migrated(
    empty_postgresql_url: str, file: Path, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_postgresql_url)
    assert "pacesetter migrate" in here("playbook", "apply", file.name).refused()
    assert here("migrate").out == f"Migrated from an empty database to {NEWEST}.\n"
    assert here("migrate").out == f"Nothing to do: the database's schema is {NEWEST}.\n"
    assert here("playbook", "apply", file.name).code == 0


def test_a_file_may_be_applied_to_another_workspace(on_sqlite: str, file: Path, here: Here) -> None:
    here("playbook", "apply", file.name)
    other = here("playbook", "apply", file.name, "--workspace", "T02OTHER", "--json")
    assert json.loads(other.out)["workspace"] == "T02OTHER"
    assert here("playbook", "apply", file.name, "--workspace", "nonsense").code == 2
    assert "T01TEST or T02OTHER" in here("playbook", "show").refused()
    assert "no workspace T09" in here("playbook", "show", "--workspace", "T09").refused()
    shown = here("playbook", "show", "--workspace", "T02OTHER")
    assert shown.out.startswith("workspace: T02OTHER\n")


def test_without_a_playbook_there_is_nothing_to_show(
    on_sqlite: str, file: Path, here: Here
) -> None:
    assert "playbook templates" in here("playbook", "show").refused()


def test_a_file_with_faults_changes_nothing_and_each_has_its_place(
    on_sqlite: str, file: Path, here: Here
) -> None:
    spoilt = EXAMPLE.replace("channel:", "chanel:").replace("target: 20,", "target: 0,")
    file.write_text(spoilt, encoding="utf-8")
    for verb in ("validate", "apply"):
        ended = here("playbook", verb, file.name)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.splitlines() == [
            f"{file.name}: line 5, column 5: teams[0].chanel: unknown key; did you mean `channel`?",
            f"{file.name}: line 23, column 77: {CALLS}.target: must be more than 0",
        ]
    assert "no playbook yet" in here("playbook", "show").refused()


def test_a_playbook_that_fails_half_way_leaves_nothing(
    on_sqlite: str, file: Path, here: Here
) -> None:
    here("migrate")
    engine = make_engine(on_sqlite)
    with engine.begin() as connection:
        broken = "BEFORE INSERT ON targets BEGIN SELECT RAISE(ABORT, 'broken'); END"
        connection.execute(text(f"CREATE TRIGGER breaks {broken}"))
    engine.dispose()
    sentence = here("playbook", "apply", file.name).refused()
    assert "LOG_LEVEL=debug" in sentence
    assert "no playbook yet" in here("playbook", "show").refused()


def test_validate_sums_up_and_warns_without_a_database(
    file: Path, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    ended = here("playbook", "validate", file.name)
    assert ended.code == 0
    assert ended.out == "West: 1 result, 4 behaviours, 3 reps, 1 manager, 1 override.\n"
    assert ended.err.splitlines() == [f"Warning: line 17, column 7: teams[0].results: {THIN}"]


def test_a_file_that_is_not_there_is_wrong_usage(file: Path, here: Here) -> None:
    for path in ("missing.yaml", str(file.parent)):
        ended = here("playbook", "apply", path)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.splitlines()[-1].startswith("Error: Invalid value for 'FILE'")


def test_templates_are_listed_with_title_and_summary(here: Here) -> None:
    listed = here("playbook", "templates").out
    for template in templates():
        assert template.name in listed
        assert template.title in listed
        assert template.summary in listed


def test_a_template_is_a_file_to_start_from(file: Path, here: Here) -> None:
    for template in templates():
        file.write_text(here("playbook", "templates", template.name).out, encoding="utf-8")
        ended = here("playbook", "validate", file.name)
        assert (ended.code, ended.err) == (0, "")
    assert "outbound-sdr" in here("playbook", "templates", "outbound").refused()
