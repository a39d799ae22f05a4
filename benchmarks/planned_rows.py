"""A database for planning at size: teams of fifty, each with ten behaviours, an entry of each rep,
behaviour and day, and the nudges of sixty days in the ledger."""

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
from bot.domain.nudging.nudge_effects import judged_at
from bot.domain.nudging.quiet_days import DRAWN, NUDGES_BEFORE, ONE_IN

WORKSPACE: Final = "T1"
BEHAVIOURS: Final = 10
REPS_A_TEAM: Final = 50
NOW: Final = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
"""A Friday afternoon: every rep's nudge is due, and the week has four completed days."""
NUDGED_DAYS: Final = 60
_CREATED: Final = "2026-01-05 08:00:00.000000"
_DAILY: Final = 2
"""Behaviours with a target for each day; the others have one for the week."""
_CAUGHT_UP: Final = 20
"""On one day in so many a rep is behind in nothing: as many as it is on the Friday."""
_SETTINGS: Final = (
    "journal_mode = OFF",  # else the log grows as large again
    "synchronous = OFF",
    "cache_size = -500000",
)


@contextmanager
def filled(reps: int, days: int) -> Iterator[tuple[Path, Engine]]:
    """An SQLite file of its own until the block ends; each rep has entries up to yesterday."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "planning.db"
        fill(file, reps, days)
        engine = make_engine(f"sqlite:///{file}")
        try:
            yield file, engine
        finally:
            engine.dispose()


def fill(file: Path, reps: int, days: int) -> None:
    """Makes the file."""
    upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        for statement in (*_playbook(reps), _entries(reps, days), _nudges(reps)):
            connection.execute(statement)


def _playbook(reps: int) -> Iterator[str]:
    """The workspace, its teams, and what is asked of them."""
    teams = _counted("t", 1, reps // REPS_A_TEAM)
    both = f"{teams}, {_counted('b', 0, BEHAVIOURS - 1)}"
    period = f"CASE WHEN b.n < {_DAILY} THEN 'day' ELSE 'week' END"
    amount = f"CASE WHEN b.n < {_DAILY} THEN 400 ELSE 2000 END"
    unmoved = f'{{"at": "{judged_at(NOW):%Y-%m-%d}", "behaviours": []}}'
    yield (
        f"INSERT INTO workspaces (id, timezone, created_at) VALUES ('T1', 'Etc/UTC', '{_CREATED}')"
    )
    yield (
        "INSERT INTO teams (id, workspace_id, name, channel, timezone, workdays, nudge_at,"
        " day_ends_at, digest_weekday, digest_time, ramp, created_at, revision, unmoved)"
        f" WITH RECURSIVE {teams}"
        " SELECT t.n, 'T1', 'Team ' || t.n, NULL, NULL, '[0,1,2,3,4]', '09:00:00.000000',"
        f" '18:00:00.000000', 0, '08:30:00.000000', '[]', '{_CREATED}', 'r' || t.n, '{unmoved}'"
        " FROM t"
    )
    yield from _people(reps)
    yield (
        "INSERT INTO indicators (id, workspace_id, team_id, kind, name, unit, period, aliases,"
        f" position, created_at) WITH RECURSIVE {both}"
        f" SELECT (t.n - 1) * {BEHAVIOURS} + b.n + 1, 'T1', t.n, 'behaviour',"
        f" 'Behaviour ' || b.n, 'calls', {period}, '[]', b.n, '{_CREATED}' FROM t, b"
    )
    yield (
        "INSERT INTO targets (workspace_id, indicator_id, amount, period, created_at)"
        f" WITH RECURSIVE {both} SELECT 'T1', (t.n - 1) * {BEHAVIOURS} + b.n + 1,"
        f" {amount}, {period}, '{_CREATED}' FROM t, b"
    )


def _people(reps: int) -> Iterator[str]:
    everybody = _counted("r", 1, reps)
    yield (
        f"INSERT INTO people (id, workspace_id, user_id, created_at) WITH RECURSIVE {everybody}"
        f" SELECT r.n, 'T1', 'U' || r.n, '{_CREATED}' FROM r"
    )
    yield (
        "INSERT INTO memberships (workspace_id, team_id, person_id, position, created_at)"
        f" WITH RECURSIVE {everybody}"
        f" SELECT 'T1', 1 + (r.n - 1) / {REPS_A_TEAM}, r.n, r.n, '{_CREATED}' FROM r"
    )


def _entries(reps: int, days: int) -> str:
    """One to seven a day, without a pattern that the week's sums would share.

    In the order of the indexes, keys included: so they grow at their ends, and their pages are
    never looked for. Otherwise filling takes several times as long.
    """
    mixed = "r.n * 7349 + b.n * 9151 + d.n * 8117 + r.n * b.n * 613 + r.n * d.n * 271"
    return (
        "INSERT INTO entries (workspace_id, person_id, indicator_id, quantity, local_date,"
        " occurred_at, recorded_at, source, dedupe_key)"
        f" WITH RECURSIVE {_counted('r', 1, reps)}, {_days(days)},"
        f" {_counted('b', 0, BEHAVIOURS - 1)}"
        f" SELECT 'T1', r.n, ((r.n - 1) / {REPS_A_TEAM}) * {BEHAVIOURS} + b.n + 1,"
        f" 100 * (1 + ({mixed}) % 1009 % 7), d.day, d.noon, d.noon, 'import',"
        f" 'k' || (1000000 + r.n) || '-' || (1000 - d.n) || '-' || b.n"
        " FROM r CROSS JOIN d CROSS JOIN b"
    )


def _nudges(reps: int) -> str:
    """One for each rep and workday, day by day as they come, about three behaviours.

    But for the days on which the rep had caught up, and, after the first twenty, those drawn to go
    without. Nobody ignores any, as everybody logs each day: so none is thinned out.
    """
    mixed = "r.n * 7349 + d.n * 8117 + r.n * d.n * 271"
    in_trial = f"d.n <= {NUDGED_DAYS} - {NUDGES_BEFORE} * 7 / 5"
    is_drawn = f"{in_trial} AND ({mixed}) % 1009 % {ONE_IN} = 0"
    first = f"((r.n - 1) / {REPS_A_TEAM}) * {BEHAVIOURS} + 1 + (r.n + d.n) % 7"
    trial = f"CASE WHEN {is_drawn} THEN 'quiet' WHEN {in_trial} THEN 'nudged' END"
    named = f"json_array('' || ({first}), '' || ({first} + 1), '' || ({first} + 2))"
    return (
        "INSERT INTO deliveries (workspace_id, key, kind, team_id, person_id, recipient, payload,"
        " due_at, expires_at, state, reason, created_at, attempts, sent_at, channel, ts)"
        f" WITH RECURSIVE {_counted('r', 1, reps)}, {_days(NUDGED_DAYS)}"
        " SELECT 'T1', 'nudge:U' || r.n || ':' || d.day, 'nudge',"
        f" 1 + (r.n - 1) / {REPS_A_TEAM}, r.n, 'U' || r.n,"
        f" json_patch('{{}}', json_object('named', {named}, 'trial', {trial})),"
        " d.nine, d.evening,"
        f" CASE WHEN {is_drawn} THEN 'dropped' ELSE 'sent' END,"
        f" CASE WHEN {is_drawn} THEN '{DRAWN}' END, d.nine, 1,"
        f" CASE WHEN NOT ({is_drawn}) THEN d.nine END, 'D' || r.n, d.day || r.n"
        f" FROM d CROSS JOIN r WHERE d.weekday BETWEEN 1 AND 5 AND ({mixed}) % {_CAUGHT_UP} > 0"
    )


def _counted(name: str, first: int, last: int) -> str:
    """A table `name(n)` of whole numbers."""
    return f"{name}(n) AS (VALUES({first}) UNION ALL SELECT n + 1 FROM {name} WHERE n < {last})"


def _days(number: int) -> str:
    """A table `d` of the days up to yesterday, the first one first; `n` days ago each."""
    ago = f"ago(n) AS (VALUES({number}) UNION ALL SELECT n - 1 FROM ago WHERE n > 1)"
    of = f"dated(n, day) AS (SELECT n, date('{NOW.date()}', (0 - n) || ' days') FROM ago)"
    times = (("noon", "12:00"), ("nine", "09:00"), ("evening", "18:00"))
    at = ", ".join(f"day || ' {time}:00.000000' AS {name}" for name, time in times)
    weekday = "CAST(strftime('%w', day) AS INTEGER) AS weekday"
    return f"{ago}, {of}, d AS MATERIALIZED (SELECT n, day, {weekday}, {at} FROM dated)"
