"""`pacesetter backup` while the bot runs, and `restore` while it doesn't."""

import json
import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.db.engine import for_writing, make_engine
from bot.db.migrate import LATEST
from tests.cli.commands import Here
from tests.migrating import a_used_team, everything
from tests.patience import PATIENCE_S
from tests.postgresql import server_programs


@pytest.fixture
def database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A used database; the one of DATABASE_URL."""
    engine = make_engine(sqlite_url)
    with engine.connect() as connection, for_writing(connection).begin():
        a_used_team(connection)
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return Path(sqlite_url.removeprefix("sqlite:///"))


def rows(path: Path) -> object:
    engine = make_engine(f"sqlite:///{path}")
    found = everything(engine)
    engine.dispose()
    return found


@contextmanager
def written_to(path: Path) -> Iterator[None]:
    """Somebody who writes all the time, as a running bot may."""
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(path, timeout=PATIENCE_S)) as connection:
            while not stop.is_set():
                connection.execute("UPDATE people SET dm_channel = hex(randomblob(8))")
                connection.commit()

    writer = threading.Thread(target=write)
    writer.start()
    yield
    stop.set()
    writer.join()


def test_a_backup_brings_everything_back(here: Here, database: Path, tmp_path: Path) -> None:
    before, copy = rows(database), tmp_path / "copy.db"
    made = json.loads(here("backup", str(copy), "--json").out)
    assert made["bytes"] == copy.stat().st_size
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM entries")
        connection.commit()
    assert rows(database) != before
    assert here("restore", str(copy), "--yes").code == 0
    assert rows(database) == before


def test_a_backup_is_whole_though_somebody_writes(
    here: Here, database: Path, tmp_path: Path
) -> None:
    with written_to(database):
        for number in range(3):
            assert here("backup", str(tmp_path / f"{number}.db")).code == 0
    for number in range(3):
        with closing(sqlite3.connect(tmp_path / f"{number}.db")) as copy:
            channels = copy.execute("SELECT COUNT(DISTINCT dm_channel) FROM people").fetchone()
            assert channels[0] <= copy.execute("SELECT COUNT(*) FROM people").fetchone()[0]
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_replaces_no_file(here: Here, database: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.db"
    taken.write_text("mine")
    assert "is there already" in here("backup", str(taken)).refused()
    assert taken.read_text() == "mine"


def test_nothing_is_restored_over_a_bot_that_runs(
    here: Here, database: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    here("backup", str(copy))
    engine = make_engine(f"sqlite:///{database}")
    with engine.connect() as running:
        running.exec_driver_sql("SELECT COUNT(*) FROM people").all()
        running.rollback()
        assert "Stop Pacesetter first" in here("restore", str(copy), "--yes").refused()
    engine.dispose()
    assert here("restore", str(copy), "--yes").code == 0


def test_what_is_newer_damaged_or_something_else_is_refused(
    here: Here, database: Path, tmp_path: Path
) -> None:
    before, newer, other = rows(database), tmp_path / "newer.db", tmp_path / "other.db"
    here("backup", str(newer))
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert "newer than this version" in here("restore", str(newer), "--yes").refused()
    other.write_text("not a database at all, but long enough to be looked at")
    assert "no backup of Pacesetter" in here("restore", str(other), "--yes").refused()
    assert "There is no backup" in here("restore", str(tmp_path / "none"), "--yes").refused()
    assert rows(database) == before


def test_a_damaged_backup_is_told_in_words_of_ours(
    here: Here, database: Path, tmp_path: Path
) -> None:
    before, copy = rows(database), tmp_path / "copy.db"
    here("backup", str(copy))
    whole = copy.read_bytes()
    page = int.from_bytes(whole[16:18], "big")
    copy.write_bytes(whole[: 2 * page] + bytes(page) + whole[3 * page :])
    said = here("restore", str(copy), "--yes").refused()
    assert said == f"{copy} is damaged: SQLite's own check finds that it isn't whole."
    assert rows(database) == before


def test_the_database_is_no_backup_of_itself(
    here: Here, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(database)
    monkeypatch.chdir(database.parent)
    for itself in (str(database), database.name):
        assert "is the database itself" in here("restore", itself, "--yes").refused()
    assert rows(database) == before


def test_an_older_backup_is_brought_to_this_schema_with_the_next_command(
    here: Here, database: Path, tmp_path: Path
) -> None:
    from bot.db.migrate import downgrade

    copy = tmp_path / "copy.db"
    here("backup", str(copy))
    downgrade(f"sqlite:///{copy}", "0002")
    assert here("restore", str(copy), "--yes").code == 0
    assert here("export", "activities").code == 0
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (LATEST,)


def test_a_postgresql_is_sent_elsewhere(
    here: Here, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@localhost/none")
    assert "pg_dump" in here("backup", str(tmp_path / "x")).refused()


@pytest.mark.may_skip("needs PostgreSQL's client programs")
def test_a_postgresql_comes_back_from_a_dump(
    postgresql_url: str, new_postgresql: Callable[[str], str], tmp_path: Path
) -> None:
    """The commands of docs/operating.md."""
    dumping, restoring = _program("pg_dump"), _program("pg_restore")
    engine = make_engine(postgresql_url)
    with engine.connect() as connection, for_writing(connection).begin():
        a_used_team(connection)
    before, dump, copy = (
        everything(engine),
        tmp_path / "pacesetter.dump",
        new_postgresql("template0"),
    )
    engine.dispose()
    made = [dumping, "--enable-row-security", "--format=custom", "--no-owner", f"--file={dump}"]
    everywhere = os.environ | {"PGOPTIONS": "-c pacesetter.workspace=*"}
    subprocess.run([*made, postgresql_url], check=True, timeout=PATIENCE_S, env=everywhere)
    put = [restoring, "--no-owner", "--exit-on-error", f"--dbname={copy}", str(dump)]
    subprocess.run(put, check=True, timeout=PATIENCE_S)
    restored = make_engine(copy)
    assert everything(restored) == before
    restored.dispose()


def _program(name: str) -> str:
    beside = str(server_programs() / name)
    found = shutil.which(name) or shutil.which(beside)
    if found is None:
        pytest.skip(f"there is no {name} here")
    return found
