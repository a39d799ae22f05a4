"""What a worker's memory comes to with few workspaces and with many, after having sent to them."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.measures import Measure
from benchmarks.posting import an_office
from tests.postgresql import Cluster, NoServerError, running_cluster

FEW, MANY = 100, 10_000
MOST_MB = 150.0
_FLAT = 1.1
"""What counts as flat: a tenth more, with a hundred times as many workspaces."""
_PORTION = 500
"""Of workspaces whose messages are planned in one transaction: planning has one for each."""
_WITHIN_S = 1_200.0


def measure_worker_memory() -> list[Measure]:
    """A real `pacesetter worker` with each, on PostgreSQL, and how the two compare."""
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(running_cluster())
        except NoServerError as missing:
            print(f"a worker's memory is left out: {missing}")
            return []
        found = {size: _resident_mb(cluster, size) for size in (FEW, MANY)}
    measures = [
        Measure(f"worker's memory, {size:,} workspaces", mb, "MB", MOST_MB, at_most=True)
        for size, mb in found.items()
    ]
    growth = found[MANY] / found[FEW]
    return [*measures, Measure(f"the same, {MANY:,} ÷ {FEW:,}", growth, "", _FLAT, at_most=True)]


def _resident_mb(cluster: Cluster, size: int) -> float:
    with (
        tempfile.TemporaryDirectory() as folder,
        an_office(cluster, Path(folder), size) as office,
    ):
        for start in range(0, size, _PORTION):
            office.plan("memory", among=office.workspaces[start : start + _PORTION])
        office.wait_until_sent(_WITHIN_S)
        return office.worker.resident_mb()


if __name__ == "__main__":
    for measure in measure_worker_memory():
        print(measure)
