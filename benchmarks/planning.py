"""Planning at size, and what history costs the progress of one rep: ratios within one run.

On SQLite files, in processor time of this process, so that neighbours on the machine and its disk
count for little. BENCH_LARGE=1 (`make bench-large`) takes the sizes of the floors: 90 million rows,
27 GB in the temporary folder and the better part of an hour.
"""

import math
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

from sqlalchemy import Engine

from benchmarks.measures import Measure, interleaved, median_ratio
from benchmarks.planned_rows import BEHAVIOURS, NOW, WORKSPACE, filled
from bot.db.engine import for_writing
from bot.db.reach import EVERYWHERE, enter
from bot.db.session import Session, TeamPlaybooks
from bot.services import workspaces
from bot.services.planning import plan_teams
from bot.services.scorecards import progress

_LARGE = bool(os.environ.get("BENCH_LARGE"))
_FEW, _MANY = 1_000, 100_000 if _LARGE else 4_000
_DAYS = 90
_READS = 200
_MONDAY = NOW.date() - timedelta(days=4)
_TEAMS_READ = 20
_GROUP_BY = (
    "SELECT person_id, indicator_id, sum(quantity) FROM entries"
    " WHERE undone_at IS NULL AND local_date BETWEEN ? AND ? GROUP BY 1, 2"
)


def measure_planning() -> list[Measure]:
    """Planning against one GROUP BY, its growth, and the read of one rep's progress."""
    with filled(_FEW, _DAYS) as (few_file, few_engine), filled(_MANY, _DAYS) as (file, engine):
        few, many = Timed(few_file, few_engine), Timed(file, engine)
        found = interleaved(3, many.bare, many.plan, few.plan)
        reads = interleaved(5, many.read, few.read)
    bare, planned, planned_few = found
    growth = math.log(median(planned) / median(planned_few)) / math.log(_MANY / _FEW)
    size = f"{_MANY:,} reps × {BEHAVIOURS} × {_DAYS} days"
    return [
        Measure(f"planning {size} ÷ GROUP BY", median_ratio(planned, bare), "", 3, at_most=True),
        Measure(f"growth of planning, {_FEW:,} to {_MANY:,} reps", growth, "", 1.1, at_most=True),
        Measure(
            f"progress at {_rows(_MANY):,} rows ÷ at {_rows(_FEW):,}",
            median_ratio(*reads),
            "",
            1.15,
            at_most=True,
        ),
    ]


def _rows(reps: int) -> int:
    return reps * BEHAVIOURS * _DAYS


class Timed:
    """What is timed on a filled database."""

    def __init__(self, file: Path, engine: Engine) -> None:
        self._file = file
        self._engine = engine

    def bare(self) -> float:
        """One statement over the week's rows, by the driver alone; seconds."""
        with closing(sqlite3.connect(self._file)) as connection:
            start = process_time()
            connection.execute(_GROUP_BY, (str(_MONDAY), str(NOW.date()))).fetchall()
            return process_time() - start

    def plan(self) -> float:
        """Everything due, as after a start, with nothing in memory; taken back. Seconds."""
        with self._engine.connect() as connection, for_writing(connection).begin() as transaction:
            start = process_time()
            session = Session(enter(connection, EVERYWHERE), TeamPlaybooks())
            for portion in workspaces.active_portions(session):
                with session.of(portion.workspace_id) as theirs:
                    plan_teams(theirs, workspaces.playbooks_of(theirs, portion), NOW)
            took = process_time() - start
            transaction.rollback()
        return took

    def read(self) -> float:
        """The progress of one rep at a time, in some teams all over the database; seconds."""
        with self._engine.connect() as connection, connection.begin():
            session = Session(enter(connection, WORKSPACE), TeamPlaybooks())
            portions = workspaces.active_portions(session)
            every = range(0, len(portions), max(1, len(portions) // _TEAMS_READ))
            known = [workspaces.playbooks_of(session, portions[place])[-1] for place in every]
            start = process_time()
            for number in range(_READS):
                playbook = known[number % len(known)]
                rep = playbook.reps[number // len(known) % len(playbook.reps)]
                progress(session, playbook, [rep], playbook.behaviours, NOW)
            return process_time() - start


if __name__ == "__main__":
    for measure in measure_planning():
        print(measure)
