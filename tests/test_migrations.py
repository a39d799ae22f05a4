"""Migrations run up and down on both databases with data in place, once, all or nothing."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

import migrations
from bot.db.engine import for_writing, make_engine
from bot.db.migrate import LATEST, current_revision, downgrade, upgrade
from bot.db.tables import metadata
from tests.migrating import a_row_everywhere, a_used_team, add_revision, counts, everything, indexes
from tests.patience import PATIENCE_S

SCRIPTS = ScriptDirectory(str(Path(migrations.__file__).parent))
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]
WAIT_AND_MIGRATE = """
import sys, alembic.command
from bot.db.migrate import upgrade
print("ready", flush=True)
sys.stdin.readline()
upgrade(sys.argv[1])
"""
AddRevision = Callable[[str], None]


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Engine]:
    """A database without tables."""
    engine = make_engine(empty_database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def used(database_url: str) -> Iterator[Engine]:
    """A database of the newest schema with something in every table."""
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        a_used_team(connection)
    assert counts(engine).keys() == metadata.tables.keys()
    assert all(counts(engine).values()), "a_used_team leaves a table empty"
    yield engine
    engine.dispose()


@pytest.fixture
def next_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AddRevision:
    """Adds a revision behind the newest one, for this test."""

    def add(body: str) -> None:
        add_revision(tmp_path / "migrations", LATEST, body)
        monkeypatch.setattr(migrations, "__file__", str(tmp_path / "migrations" / "__init__.py"))

    return add


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_the_code_names_the_newest_revision() -> None:
    assert SCRIPTS.get_heads() == [LATEST]
    assert sorted(REVISIONS) == REVISIONS, "revisions are compared as text"


def test_the_tables_are_what_the_migrations_make(used: Engine) -> None:
    with used.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_indexes_are_what_the_migrations_make(
    used: Engine, request: pytest.FixtureRequest
) -> None:
    made = make_engine(request.getfixturevalue(f"empty_{used.dialect.name}_url"))
    metadata.create_all(made)
    assert indexes(used) == indexes(made)
    made.dispose()


def test_down_to_nothing_and_up_again_with_data_in_place(used: Engine) -> None:
    downgrade(url_of(used), "base")
    assert counts(used) == {}
    assert current_revision(used) is None
    upgrade(url_of(used))
    assert set(counts(used).values()) == {0}
    with used.connect() as connection, for_writing(connection).begin():
        a_used_team(connection)


def test_each_revision_goes_to_the_next_and_back_with_data_in_place(empty: Engine) -> None:
    for revision in REVISIONS:
        upgrade(url_of(empty), revision)
        assert current_revision(empty) == revision
        with empty.connect() as connection, for_writing(connection).begin():
            a_row_everywhere(connection)
        assert set(counts(empty).values()) == {1}
    for revision in [*REVISIONS[-2::-1], "base"]:
        downgrade(url_of(empty), revision)
        assert set(counts(empty).values()) <= {1}
    assert counts(empty) == {}


def test_a_migration_that_is_done_changes_nothing(used: Engine) -> None:
    before = everything(used)
    upgrade(url_of(used))
    assert everything(used) == before


def test_a_table_can_be_made_anew_while_others_refer_to_its_rows(
    used: Engine, next_revision: AddRevision
) -> None:
    before = everything(used)
    next_revision("""
with op.batch_alter_table("teams", recreate="auto") as batch:
    batch.alter_column("name", existing_type=sa.String(200), type_=sa.String(300))
with op.batch_alter_table("people") as batch:
    batch.drop_constraint("uq_people_workspace_id_user_id", type_="unique")
""")
    upgrade(url_of(used))
    assert everything(used) == before
    assert inspect(used).get_unique_constraints("people") == []


def test_a_migration_that_fails_leaves_nothing_half_done(
    used: Engine, next_revision: AddRevision
) -> None:
    before = everything(used)
    next_revision("""
op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
op.execute("UPDATE people SET name = 'Nobody'")
with op.batch_alter_table("deliveries") as batch:
    batch.drop_column("reason")
op.execute("INSERT INTO nowhere VALUES (1)")
""")
    with pytest.raises(DBAPIError, match="nowhere"):
        upgrade(url_of(used))
    assert everything(used) == before
    assert current_revision(used) == LATEST


def test_a_migration_that_would_orphan_rows_is_taken_back(
    used: Engine, next_revision: AddRevision
) -> None:
    before = everything(used)
    next_revision("""op.execute("DELETE FROM teams")""")
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        upgrade(url_of(used))
    assert everything(used) == before


def test_two_that_migrate_at_once_do_it_once(empty: Engine) -> None:
    command = [sys.executable, "-c", WAIT_AND_MIGRATE, url_of(empty)]
    both = [
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for one in both:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=PATIENCE_S)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    with empty.connect() as connection:
        rows = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
        assert list(rows) == [LATEST]
