"""`pacesetter move`: an SQLite installation into an empty PostgreSQL, everything or nothing."""

import json
import os
import pty
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Table, insert, text, update
from sqlalchemy.exc import IntegrityError

from bot.db.engine import for_writing, make_engine
from bot.db.migrate import upgrade
from bot.db.moving.target import Target
from bot.db.tables import deliveries, entries, metadata, workspaces
from tests.cli.commands import Here, command, environment
from tests.db.moving import rows_of, use
from tests.patience import PATIENCE_S
from tests.postgresql import OWNER, as_superuser
from tests.teams import RILEY, WORKSPACE

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def used(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an SQLite with something in every table, which is DATABASE_URL."""
    use(sqlite_url)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return sqlite_url


def execute(url: str, *statements: str) -> None:
    engine = make_engine(url)
    try:
        with engine.connect() as connection, for_writing(connection).begin():
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def file_of(url: str) -> str:
    return url.removeprefix("sqlite:///")


def test_every_row_of_every_table_arrives_as_it_was(
    here: Here, used: str, empty_postgresql_url: str
) -> None:
    before = rows_of(used)

    ended = here("move", "--to", empty_postgresql_url)

    assert ended.code == 0, ended.err
    rows = sum(map(len, before.values()))
    assert ended.out.startswith(f"Moved {rows} rows of {len(before)} tables to postgresql://")
    assert "set DATABASE_URL" in ended.out
    assert rows_of(empty_postgresql_url) == before


def test_what_is_hard_to_carry_over_arrives(
    here: Here, used: str, empty_postgresql_url: str
) -> None:
    awkward = 'tab\tnew\nline \\N \\. "quoted" ✓ 🎉 -'
    engine = make_engine(used)
    with engine.connect() as connection, for_writing(connection).begin():
        connection.execute(update(entries).values(note=awkward, account="", reason=None))
        connection.execute(update(workspaces).values(name=awkward))
        lease = {"state": "sending", "lease_until": NOON + timedelta(microseconds=1)}
        connection.execute(update(deliveries).values(payload={"a": awkward, "b": None}, **lease))
        # An instant without microseconds, as a tool other than ours may have written it.
        connection.execute(text("UPDATE teams SET created_at = '2026-11-01 08:00:00'"))
    engine.dispose()
    before = rows_of(used)

    assert here("move", "--to", empty_postgresql_url).code == 0

    assert rows_of(empty_postgresql_url) == before


def test_on_a_terminal_a_bar_shows_how_far_it_is(
    tmp_path: Path, used: str, empty_postgresql_url: str
) -> None:
    ours, its = pty.openpty()
    subprocess.run(
        command("move", "--to", empty_postgresql_url),
        cwd=tmp_path,
        env=environment(DATABASE_URL=used, TERM="xterm"),
        stdout=subprocess.DEVNULL,
        stderr=its,
        check=True,
        timeout=PATIENCE_S,
    )
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(its)
    assert "Moving" in shown
    assert "100%" in shown


def test_json_tells_each_tables_rows_and_checksum_and_no_password(
    here: Here, used: str, empty_postgresql_url: str
) -> None:
    address = empty_postgresql_url.replace("pacesetter@", "pacesetter:geheim@")

    told = json.loads(here("move", "--to", address, "--json").out)

    assert told["tables"].keys() == metadata.tables.keys()
    assert told["rows"] == sum(each["rows"] for each in told["tables"].values())
    assert all(each["checksum"] != "0" for each in told["tables"].values())
    assert "geheim" not in told["to"]


def test_new_rows_are_numbered_behind_the_moved_ones(
    here: Here, used: str, empty_postgresql_url: str
) -> None:
    execute(used, "UPDATE entries SET id = 4711")
    here("move", "--to", empty_postgresql_url)
    engine = make_engine(empty_postgresql_url)
    with engine.begin() as connection:
        known = connection.execute(entries.select()).mappings().one()
        new = {**known, "dedupe_key": "k2"} | {"replaced_by": None}
        del new["id"]
        assert connection.scalar(insert(entries).values(new).returning(entries.c.id)) == 4712
    engine.dispose()


def test_rows_that_refer_to_later_ones_of_their_table_arrive(
    here: Here, used: str, empty_postgresql_url: str
) -> None:
    engine = make_engine(used)
    with engine.connect() as connection, for_writing(connection).begin():
        known = connection.execute(entries.select()).mappings().one()
        later = {**known, "id": 99, "dedupe_key": "k2"}
        connection.execute(insert(entries).values(later))
        connection.execute(update(entries).where(entries.c.id != 99).values(replaced_by=99))
    engine.dispose()

    assert here("move", "--to", empty_postgresql_url).code == 0


def test_nothing_starts_on_the_old_file_until_it_is_reopened(
    here: Here, used: str, empty_postgresql_url: str
) -> None:
    before = rows_of(used)
    here("move", "--to", empty_postgresql_url)

    for arguments in (("playbook", "show"), ("tick", "--dry-run"), ("move", "--to", "x")):
        ended = here(*arguments)
        assert ended.code != 0
    assert "was moved to PostgreSQL" in here("playbook", "show").refused()
    assert here("move", "--reopen").code == 0
    assert here("playbook", "show").code == 0
    assert rows_of(used) == before


def test_a_file_that_was_never_moved_was_open(here: Here, used: str) -> None:
    assert here("move", "--reopen").out == f"{file_of(used)} was open: it was never moved.\n"
    told = json.loads(here("move", "--reopen", "--json").out)
    assert told == {"reopened": str(file_of(used)), "was_moved": False}


def test_a_second_move_is_refused(here: Here, used: str, empty_postgresql_url: str) -> None:
    here("move", "--to", empty_postgresql_url)
    assert "was moved" in here("move", "--to", empty_postgresql_url).refused()
    here("move", "--reopen")
    assert "isn't empty" in here("move", "--to", empty_postgresql_url).refused()


def test_a_file_of_a_newer_schema_is_refused_and_left_alone(
    here: Here, used: str, empty_postgresql_url: str
) -> None:
    with closing(sqlite3.connect(file_of(used))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("ALTER TABLE entries ADD COLUMN shiny TEXT")
        connection.commit()

    assert "newer than this version" in here("move", "--to", empty_postgresql_url).refused()
    assert here("playbook", "show").code == 0, "it isn't marked as moved"
    execute(empty_postgresql_url, "CREATE TABLE entries (id int)")


@pytest.fixture
def somebody_elses(empty_postgresql_url: str) -> Iterator[str]:
    """The address for a role that may look at the database, and make nothing in it."""
    execute(as_superuser(empty_postgresql_url), "CREATE ROLE visitor LOGIN")
    yield empty_postgresql_url.replace(f"//{OWNER}@", "//visitor@")
    execute(as_superuser(empty_postgresql_url), "DROP ROLE visitor")


def test_a_role_without_the_rights_is_told_so(
    here: Here, used: str, somebody_elses: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "lacks a right (permission denied" in here("move", "--to", somebody_elses).refused()
    assert here("playbook", "show").code == 0
    monkeypatch.setenv("DATABASE_URL", somebody_elses)
    assert "lacks a right (permission denied" in here("migrate").refused()


@pytest.mark.parametrize("made", ["a workspace", "a stranger's table"])
def test_a_database_with_anything_in_it_is_refused_and_left_alone(
    here: Here, used: str, empty_postgresql_url: str, made: str
) -> None:
    if made == "a workspace":
        upgrade(empty_postgresql_url)
        columns = "id, timezone, created_at"
        there = f"INSERT INTO workspaces ({columns}) VALUES ('T9', 'UTC', now())"
    else:
        there = "CREATE TABLE invoices (id int)"
    execute(empty_postgresql_url, there)

    assert "isn't empty" in here("move", "--to", empty_postgresql_url).refused()
    assert here("playbook", "show").code == 0, "the old file is still in use"
    with pytest.raises(Exception, match=r"already exists|duplicate key"):
        execute(empty_postgresql_url, there)


def test_a_file_that_a_bot_has_open_is_refused(
    here: Here, used: str, empty_postgresql_url: str
) -> None:
    with closing(sqlite3.connect(file_of(used))) as bot:
        bot.execute("SELECT count(*) FROM entries").fetchone()
        refused = here("move", "--to", empty_postgresql_url).refused()
    assert "still has" in refused
    assert "open" in refused


@pytest.mark.parametrize("url", ["sqlite:///other.db", "postgresql", "mysql://a/b", "http://x/y"])
def test_what_is_no_postgresql_is_wrong_usage(here: Here, used: str, url: str) -> None:
    ended = here("move", "--to", url)
    assert (ended.code, ended.out) == (2, "")
    assert "--to" in ended.err


def test_a_server_that_isnt_there_is_told_in_a_sentence(here: Here, used: str) -> None:
    refused = here("move", "--to", "postgresql://u:geheim@127.0.0.1:1/x").refused()
    assert "can't be opened" in refused
    assert "geheim" not in refused


def test_a_file_that_isnt_there_isnt_made(
    here: Here, empty_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_sqlite_url)
    assert "isn't there" in here("move", "--to", "postgresql://localhost/x").refused()
    assert "isn't there" in here("move", "--reopen").refused()


def test_an_installation_on_postgresql_has_nothing_to_move(
    here: Here, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgresql_url)
    assert "already" in here("move", "--to", postgresql_url).refused()


def test_a_value_that_postgresql_cant_hold_moves_nothing_and_isnt_quoted(
    here: Here, used: str, empty_postgresql_url: str
) -> None:
    execute(used, f"UPDATE entries SET source = '{'secret' * 9}'")

    refused = here("move", "--to", empty_postgresql_url).refused()

    assert "entries" in refused
    assert "secret" not in refused
    assert not any(rows_of(empty_postgresql_url).values())


def test_what_arrives_otherwise_than_it_was_sent_moves_nothing(
    here: Here, used: str, empty_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    number_on = Target.number_on

    def meddle(self: Target, table: Table) -> None:
        self._connection.execute(update(entries).values(quantity=Decimal(7)))
        number_on(self, table)

    monkeypatch.setattr(Target, "number_on", meddle)

    assert "isn't what was sent" in here("move", "--to", empty_postgresql_url).refused()
    assert not any(rows_of(empty_postgresql_url).values())
    assert here("playbook", "show").code == 0


def test_somebodys_messages_keep_their_keys_and_leases(
    here: Here, used: str, empty_postgresql_url: str
) -> None:
    here("move", "--to", empty_postgresql_url)
    engine = make_engine(empty_postgresql_url)
    again = {"workspace_id": WORKSPACE, "key": f"nudge:{RILEY}:2026-11-20", "kind": "nudge"}
    where = {"recipient": RILEY, "payload": {}, "state": "planned", "due_at": NOON}
    planned = insert(deliveries).values(**again, **where, created_at=NOON)
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(planned)
    engine.dispose()
