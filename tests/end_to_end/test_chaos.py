"""The short form of the chaos; the long one is `make chaos`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.chaos import SHORT, run_chaos
from tests.postgresql import Cluster, NoServerError, running_cluster

FEWEST_INTERRUPTED = 5


@pytest.fixture
def durable_cluster() -> Iterator[Cluster]:
    """One that keeps what it has committed, whenever it is killed."""
    try:
        with running_cluster(is_durable=True) as cluster:
            yield cluster
    except NoServerError as missing:
        pytest.skip(str(missing))


def test_kills_restarts_and_faults_lose_nothing_and_double_nothing(
    durable_cluster: Cluster, tmp_path: Path
) -> None:
    found = run_chaos(SHORT, durable_cluster, tmp_path)
    assert found.wrong() == []
    assert len(found.acknowledged) > SHORT.entries / 2
    assert sum(found.there.values()) > SHORT.deliveries, "celebrations, too"
    assert found.interrupted > FEWEST_INTERRUPTED, "nothing was met in the middle"
