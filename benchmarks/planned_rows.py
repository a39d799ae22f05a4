"""A database for planning at size: teams of fifty, each with ten behaviours, and an entry of each
rep, behaviour and day."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from bot.db.engine import make_engine
from bot.db.migrate import upgrade

WORKSPACE: Final = "T1"
BEHAVIOURS: Final = 10
REPS_A_TEAM: Final = 50
NOW: Final = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
"""A Friday afternoon: every rep's nudge is due, and the week has four completed days."""
_CREATED: Final = "2026-01-05 08:00:00.000000"
_DAILY: Final = 2
"""Behaviours with a target for each day; the others have one for the week."""


@contextmanager
def filled(reps: int, days: int) -> Iterator[tuple[Path, Engine]]:
    """An SQLite file of its own until the block ends; each rep has entries up to yesterday."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "planning.db"
        upgrade(f"sqlite:///{file}")
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")  # else the log grows as large again
            connection.execute("PRAGMA synchronous = OFF")
            for statement in (*_playbook(reps), *_entries(reps, days)):
                connection.execute(statement)
        engine = make_engine(f"sqlite:///{file}")
        try:
            yield file, engine
        finally:
            engine.dispose()


def _playbook(reps: int) -> Iterator[str]:
    """The workspace, its teams, and what is asked of them."""
    teams = _series("t", 1, reps // REPS_A_TEAM)
    behaviours = _series("b", 0, BEHAVIOURS - 1)
    period = f"CASE WHEN b.n < {_DAILY} THEN 'day' ELSE 'week' END"
    amount = f"CASE WHEN b.n < {_DAILY} THEN 400 ELSE 2000 END"
    yield (
        f"INSERT INTO workspaces (id, timezone, created_at) VALUES ('T1', 'Etc/UTC', '{_CREATED}')"
    )
    yield (
        "INSERT INTO teams (id, workspace_id, name, channel, timezone, workdays, nudge_at,"
        " day_ends_at, digest_weekday, digest_time, ramp, created_at, revision)"
        " SELECT t.n, 'T1', 'Team ' || t.n, NULL, NULL, '[0,1,2,3,4]', '09:00:00.000000',"
        f" '18:00:00.000000', 0, '08:30:00.000000', '[]', '{_CREATED}', 'r' || t.n FROM {teams}"
    )
    yield from _people(reps)
    yield (
        "INSERT INTO indicators (id, workspace_id, team_id, kind, name, unit, period, aliases,"
        f" position, created_at) SELECT (t.n - 1) * {BEHAVIOURS} + b.n + 1, 'T1', t.n, 'behaviour',"
        f" 'Behaviour ' || b.n, 'calls', {period}, '[]', b.n, '{_CREATED}'"
        f" FROM {teams}, {behaviours}"
    )
    yield (
        "INSERT INTO targets (workspace_id, indicator_id, amount, period, created_at)"
        f" SELECT 'T1', (t.n - 1) * {BEHAVIOURS} + b.n + 1, {amount}, {period}, '{_CREATED}'"
        f" FROM {teams}, {behaviours}"
    )


def _people(reps: int) -> Iterator[str]:
    everybody = _series("r", 1, reps)
    yield (
        "INSERT INTO people (id, workspace_id, user_id, created_at)"
        f" SELECT r.n, 'T1', 'U' || r.n, '{_CREATED}' FROM {everybody}"
    )
    yield (
        "INSERT INTO memberships (workspace_id, team_id, person_id, position, created_at)"
        f" SELECT 'T1', 1 + (r.n - 1) / {REPS_A_TEAM}, r.n, r.n, '{_CREATED}' FROM {everybody}"
    )


def _entries(reps: int, days: int) -> Iterator[str]:
    """One to seven a day, without a pattern that the week's sums would share."""
    day = f"date('{NOW.date()}', (0 - d.n) || ' days')"
    at = f"{day} || ' 12:00:00.000000'"
    mixed = "r.n * 7349 + b.n * 9151 + d.n * 8117 + r.n * b.n * 613 + r.n * d.n * 271"
    yield (
        "INSERT INTO entries (workspace_id, person_id, indicator_id, quantity, local_date,"
        " occurred_at, recorded_at, source, dedupe_key) SELECT 'T1', r.n,"
        f" ((r.n - 1) / {REPS_A_TEAM}) * {BEHAVIOURS} + b.n + 1,"
        f" 100 * (1 + ({mixed}) % 1009 % 7), {day}, {at}, {at},"
        " 'import', 'k' || r.n || '-' || b.n || '-' || d.n"
        f" FROM {_series('r', 1, reps)}, {_series('d', 1, days)},"
        f" {_series('b', 0, BEHAVIOURS - 1)}"
    )


def _series(name: str, first: int, last: int) -> str:
    numbers = f"VALUES({first}) UNION ALL SELECT n + 1 FROM s WHERE n < {last}"
    return f"(WITH RECURSIVE s(n) AS ({numbers}) SELECT n FROM s) AS {name}"
