"""Planning at size, and what history costs the progress of one rep: ratios within one run.

On SQLite files, in processor time of this process, so that neighbours on the machine and its disk
count for little. BENCH_LARGE=1 (`make bench-large`) takes the sizes of the floors: 90 million rows,
some 20 GB in the temporary folder and the better part of an hour.
"""

import math
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from sqlalchemy import Connection, Engine, text

from benchmarks.measures import Measure, interleaved, median_ratio
from bot.db.engine import for_writing, make_engine
from bot.db.migrate import upgrade
from bot.db.session import Session, TeamPlaybooks
from bot.services import workspaces
from bot.services.planning import plan_team
from bot.services.scorecards import progress

_LARGE = bool(os.environ.get("BENCH_LARGE"))
_FEW, _MANY = 1_000, 100_000 if _LARGE else 4_000
_DAYS = 90
_READS = 200
BEHAVIOURS = 10
REPS_A_TEAM = 50
NOW = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
"""A Friday afternoon: every rep's nudge is due, and the week has four completed days."""
MONDAY = NOW.date() - timedelta(days=4)
CREATED = "2026-01-05 08:00:00.000000"
_TEAM_COLUMNS = (
    "id, workspace_id, name, channel, timezone, workdays, nudge_at, day_ends_at, digest_weekday,"
    " digest_time, ramp, created_at, revision"
)


_GROUP_BY = (
    "SELECT person_id, indicator_id, sum(quantity) FROM entries"
    " WHERE undone_at IS NULL AND local_date BETWEEN ? AND ? GROUP BY 1, 2"
)


def measure_planning() -> list[Measure]:
    """Planning against one GROUP BY, its growth, and the read of one rep's progress."""
    with filled(_FEW, _DAYS) as few, filled(_MANY, _DAYS) as many:
        found = interleaved(3, many.bare, many.plan, few.plan)
        reads = interleaved(5, many.read, few.read)
    bare, planned, planned_few = found
    growth = math.log(median(planned) / median(planned_few)) / math.log(_MANY / _FEW)
    size = f"{_MANY:,} reps × {BEHAVIOURS} × {_DAYS} days"
    return [
        Measure(f"planning {size} ÷ GROUP BY", median_ratio(planned, bare), "", 3, at_most=True),
        Measure(f"growth of planning, {_FEW:,} to {_MANY:,} reps", growth, "", 1.1, at_most=True),
        Measure(
            f"progress at {many.rows:,} rows ÷ at {few.rows:,}",
            median_ratio(*reads),
            "",
            1.15,
            at_most=True,
        ),
    ]


class Filled:
    """A database with so many reps, each of whom logs everything every day."""

    def __init__(self, file: Path, engine: Engine, reps: int, days: int) -> None:
        self._file = file
        self._engine = engine
        self.rows = reps * days * BEHAVIOURS
        self._teams = reps // REPS_A_TEAM

    def bare(self) -> float:
        """One statement over the week's rows, by the driver alone; seconds."""
        with closing(sqlite3.connect(self._file)) as connection:
            start = process_time()
            connection.execute(_GROUP_BY, (str(MONDAY), str(NOW.date()))).fetchall()
            return process_time() - start

    def plan(self) -> float:
        """Everything due, as after a start, with nothing in memory; taken back. Seconds."""
        with self._engine.connect() as connection, for_writing(connection).begin() as transaction:
            start = process_time()
            session = Session(connection, TeamPlaybooks())
            for team in workspaces.active_teams(session):
                playbook = workspaces.active_playbook(session, team.team_id)
                assert playbook is not None
                plan_team(session, playbook, NOW)
            took = process_time() - start
            transaction.rollback()
        return took

    def read(self) -> float:
        """The progress of one rep in each of some teams; seconds."""
        with self._engine.connect() as connection, connection.begin():
            session = Session(connection, TeamPlaybooks())
            known = [
                workspaces.active_playbook(session, 1 + number * self._teams // 20)
                for number in range(20)
            ]
            start = process_time()
            for number in range(_READS):
                playbook = known[number % 20]
                assert playbook is not None
                rep = playbook.reps[number // 20]
                progress(session, playbook, [rep], playbook.behaviours, NOW)
            return process_time() - start


@contextmanager
def filled(reps: int, days: int) -> Iterator[Filled]:
    """A file of its own until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "planning.db"
        upgrade(f"sqlite:///{file}")
        engine = make_engine(f"sqlite:///{file}")
        with engine.connect() as connection, for_writing(connection).begin():
            fill(connection, reps, days)
        try:
            yield Filled(file, engine, reps, days)
        finally:
            engine.dispose()


def fill(connection: Connection, reps: int, days: int) -> None:
    """Teams of fifty, each with ten behaviours, and an entry of each rep, behaviour and day."""
    for statement in _statements(connection.dialect.name == "sqlite", reps, days):
        connection.execute(text(statement))


def _statements(is_sqlite: bool, reps: int, days: int) -> list[str]:
    teams = reps // REPS_A_TEAM

    def series(name: str, first: int, last: int) -> str:
        if not is_sqlite:
            return f"generate_series({first}, {last}) AS {name}(n)"
        inner = (
            f"WITH RECURSIVE s(n) AS (VALUES({first}) UNION ALL SELECT n+1 FROM s WHERE n<{last})"
        )
        return f"({inner} SELECT n FROM s) AS {name}"

    day = "date(:d, (0 - d.n) || ' days')" if is_sqlite else "(date :d - d.n)"
    day = day.replace(":d", f"'{NOW.date()}'")
    at = (
        f"{day} || ' 12:00:00.000000'"
        if is_sqlite
        else f"({day} + time '12:00') AT TIME ZONE 'UTC'"
    )
    sort = "CASE WHEN b.n < 2 THEN 'day' ELSE 'week' END"
    amount = "(CASE WHEN b.n < 2 THEN 400 ELSE 2000 END)"
    quantity = "100 * (1 + (r.n * 7 + b.n * 3 + d.n * 5 + (r.n + b.n) % 3) % 7)"
    return [
        f"INSERT INTO workspaces (id, timezone, created_at) VALUES ('T1', 'Etc/UTC', '{CREATED}')",
        (
            f"INSERT INTO teams ({_TEAM_COLUMNS}) SELECT t.n, 'T1', 'Team ' || t.n, NULL, NULL,"
            f" '[0,1,2,3,4]', '09:00:00.000000', '18:00:00.000000', 0, '08:30:00.000000', '[]',"
            f" '{CREATED}', 'r' || t.n FROM {series('t', 1, teams)}"
        ),
        (
            f"INSERT INTO people (id, workspace_id, user_id, created_at)"
            f" SELECT r.n, 'T1', 'U' || r.n, '{CREATED}' FROM {series('r', 1, reps)}"
        ),
        (
            f"INSERT INTO memberships (workspace_id, team_id, person_id, position, created_at)"
            f" SELECT 'T1', 1 + (r.n - 1) / {REPS_A_TEAM}, r.n, r.n, '{CREATED}'"
            f" FROM {series('r', 1, reps)}"
        ),
        (
            f"INSERT INTO indicators (id, workspace_id, team_id, kind, name, unit, period, aliases,"
            f" position, created_at) SELECT (t.n - 1) * {BEHAVIOURS} + b.n + 1, 'T1', t.n,"
            f" 'behaviour', 'Behaviour ' || b.n, 'calls', {sort}, '[]', b.n, '{CREATED}'"
            f" FROM {series('t', 1, teams)}, {series('b', 0, BEHAVIOURS - 1)}"
        ),
        (
            f"INSERT INTO targets (workspace_id, indicator_id, amount, period, created_at)"
            f" SELECT 'T1', (t.n - 1) * {BEHAVIOURS} + b.n + 1, {amount}, {sort}, '{CREATED}'"
            f" FROM {series('t', 1, teams)}, {series('b', 0, BEHAVIOURS - 1)}"
        ),
        (
            f"INSERT INTO entries (workspace_id, person_id, indicator_id, quantity, local_date,"
            f" occurred_at, recorded_at, source, dedupe_key) SELECT 'T1', r.n,"
            f" ((r.n - 1) / {REPS_A_TEAM}) * {BEHAVIOURS} + b.n + 1, {quantity}, {day}, {at}, {at},"
            f" 'import', 'k' || r.n || '-' || b.n || '-' || d.n"
            f" FROM {series('r', 1, reps)}, {series('d', 1, days)},"
            f" {series('b', 0, BEHAVIOURS - 1)}"
        ),
    ]


if __name__ == "__main__":
    for measure in measure_planning():
        print(measure)
