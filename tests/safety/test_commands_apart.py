"""What the command line and the jobs do for one workspace leaves the other alone."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.db.engine import for_writing, make_engine
from bot.db.session import Session
from bot.db.tables import metadata
from bot.services.forgetting import forget_person, forget_workspace
from tests.cli.commands import Here
from tests.cli.conftest import here
from tests.safety.twins import NOON, OTHER, WORDS, Twins, rows_of
from tests.teams import RILEY, WORKSPACE

__all__ = ["here"]  # a fixture
WHAT = ("activities", "results", "milestones", "deliveries", "audit")


@pytest.fixture
def engine(twins: Twins, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("what", WHAT)
def test_an_export_of_one_has_nothing_of_the_other(here: Here, engine: Engine, what: str) -> None:
    ended = here("export", what, "--workspace", WORKSPACE, "--json")
    assert ended.code == 0, ended.err
    rows = json.loads(ended.out)
    assert OTHER not in ended.out
    assert WORDS[OTHER] not in ended.out
    assert what == "results" or rows


def test_a_playbook_of_one_is_shown_and_applied_without_the_other(
    here: Here, engine: Engine, tmp_path: object
) -> None:
    before = rows_of(engine, OTHER)
    shown = here("playbook", "show", "--workspace", WORKSPACE)
    assert shown.code == 0, shown.err
    assert OTHER not in shown.out
    path = f"{tmp_path}/playbook.yaml"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123  a text for the command
        file.write(shown.out.replace("name: First meetings", "name: Meetings held"))
    applied = here("playbook", "apply", path)
    assert applied.code == 0, applied.err
    assert rows_of(engine, OTHER) == before
    assert "Meetings held" in str(rows_of(engine, WORKSPACE)["indicators"])


def test_an_import_for_one_adds_nothing_to_the_other(
    here: Here, engine: Engine, tmp_path: object
) -> None:
    before = rows_of(engine, OTHER)
    path = f"{tmp_path}/activities.csv"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123  a text for the command
        file.write("workspace,user,behaviour,quantity,occurred_on,account,note,external_id\n")
        file.write(f"{WORKSPACE},{RILEY},First meetings,2,2026-11-17,,,x1\n")
    ended = here("import", "activities", path)
    assert ended.code == 0, ended.err
    assert rows_of(engine, OTHER) == before


def test_a_scorecard_of_whom_both_know_asks_which(here: Here, engine: Engine) -> None:
    for arguments in (("scorecard", "--user", RILEY), ("digest", "--team", "West")):
        ended = here(*arguments, "--json")
        assert ended.code == 1
        assert WORKSPACE in ended.err
        assert OTHER in ended.err


def test_forgetting_a_person_forgets_no_namesake(engine: Engine) -> None:
    before = rows_of(engine, OTHER)
    with engine.connect() as connection, for_writing(connection).begin():
        forget_person(Session(connection), WORKSPACE, RILEY, NOON)
    assert rows_of(engine, OTHER) == before


def test_forgetting_a_workspace_empties_every_table_of_it_and_none_of_the_other(
    engine: Engine,
) -> None:
    before = rows_of(engine, OTHER)
    with engine.connect() as connection, for_writing(connection).begin():
        forget_workspace(Session(connection), WORKSPACE)
    assert rows_of(engine, OTHER) == before
    left = {name: rows for name, rows in rows_of(engine, WORKSPACE).items() if rows}
    assert left == {}
    assert set(before) >= {table.name for table in metadata.sorted_tables}


def test_whoever_was_forgotten_is_in_no_row_any_more(engine: Engine) -> None:
    with engine.connect() as connection, for_writing(connection).begin():
        forget_person(Session(connection), WORKSPACE, RILEY, NOON)
    said = {
        name: [row for row in rows if RILEY in repr(row)]
        for name, rows in rows_of(engine, WORKSPACE).items()
    }
    assert {name: rows for name, rows in said.items() if rows} == {}
