"""Planning at size, and what history costs the progress of one rep: ratios within one run.

On SQLite files, in processor time of this process, so that neighbours on the machine count for
little; with what is read in memory already, and again with all of it read from disk. BENCH_LARGE=1
(`make bench-large`) takes the sizes of the floors: 90 million rows, 28 GB in the temporary folder
and the better part of an hour.
"""

import gc
import math
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from sqlalchemy import Engine

from benchmarks.measures import Measure, interleaved, median_ratio
from benchmarks.planned_rows import BEHAVIOURS, NOW, WORKSPACE, filled
from bot.db.engine import for_writing
from bot.db.reach import EVERYWHERE, enter
from bot.db.session import Session, TeamPlaybooks
from bot.domain.portions import Portion
from bot.services import workspaces
from bot.services.planning import plan_teams
from bot.services.scorecards import progress

_LARGE = bool(os.environ.get("BENCH_LARGE"))
_FEW, _MANY = 1_000, 100_000 if _LARGE else 4_000
_DAYS = 90
_READS = 200
_MONDAY = NOW.date() - timedelta(days=4)
_TEAMS_READ = 20
_GARBAGE_AFTER = 10_000
"""Objects, as `pacesetter run` has it (`bot.cli.serving`)."""
_GROUP_BY = (
    "SELECT person_id, indicator_id, sum(quantity) FROM entries"
    " WHERE undone_at IS NULL AND local_date BETWEEN ? AND ? GROUP BY 1, 2"
)
_FORGET = "DELETE FROM deliveries WHERE state IN ('planned', 'sending')"


def measure_planning() -> list[Measure]:
    """Planning against one GROUP BY, its growth, and the read of one rep's progress."""
    with (
        filled(_FEW, _DAYS) as (few_file, few_engine),
        filled(_MANY, _DAYS) as (file, engine),
        _garbage_as_in_the_bot(),
    ):
        few, many = Timed(few_file, few_engine), Timed(file, engine)
        runs = many.bare, many.plan, few.plan
        from_disk = interleaved(
            2, many.from_disk(many.bare), many.from_disk(many.plan), few.from_disk(few.plan)
        )
        in_memory = interleaved(3, *runs)
        reads = interleaved(6, many.read, few.read)
    return [
        *_of_plans("", *in_memory),
        *_of_plans(", read from disk", *from_disk),
        _at_most(
            1.15,
            f"progress at {_rows(_MANY):,} rows ÷ at {_rows(_FEW):,}",
            median_ratio(*(found[1:] for found in reads)),
        ),
    ]


def _of_plans(
    how: str, bare: list[float], planned: list[float], planned_few: list[float]
) -> Iterator[Measure]:
    size = f"{_MANY:,} reps × {BEHAVIOURS} × {_DAYS} days"
    growth = math.log(median(planned) / median(planned_few)) / math.log(_MANY / _FEW)
    yield _at_most(3, f"planning {size} ÷ GROUP BY{how}", median_ratio(planned, bare))
    yield _at_most(1.1, f"growth of planning, {_FEW:,} to {_MANY:,} reps{how}", growth)


def _at_most(floor: float, name: str, value: float) -> Measure:
    return Measure(name, value, "", floor, at_most=True)


def _rows(reps: int) -> int:
    return reps * BEHAVIOURS * _DAYS


@contextmanager
def _garbage_as_in_the_bot() -> Iterator[None]:
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_GARBAGE_AFTER)
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


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
        """Everything due, as after a start, a transaction for each portion; then it is undone.

        Seconds.
        """
        playbooks = TeamPlaybooks()
        start = process_time()
        with self._engine.connect() as connection, connection.begin():
            portions = workspaces.active_portions(Session(enter(connection, EVERYWHERE), playbooks))
        for portion in portions:
            self._plan_portion(portion, playbooks)
        took = process_time() - start
        with self._engine.connect() as connection, for_writing(connection).begin():
            connection.exec_driver_sql(_FORGET)
        return took

    def _plan_portion(self, portion: Portion, playbooks: TeamPlaybooks) -> None:
        with self._engine.connect() as connection, for_writing(connection).begin():
            session = Session(enter(connection, portion.workspace_id), playbooks)
            plan_teams(session, workspaces.playbooks_of(session, portion), NOW)

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

    def from_disk(self, run: Callable[[], float]) -> Callable[[], float]:
        """The same after the system has forgotten the file, where it can be told to (Linux)."""
        return partial(self._from_disk, run)

    def _from_disk(self, run: Callable[[], float]) -> float:
        with self._file.open("rb") as file:
            os.fsync(file.fileno())  # what isn't written yet would stay
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return run()


if __name__ == "__main__":
    for measure in measure_planning():
        print(measure)
