"""What breaks in a job, and what of that is told and counted."""

import asyncio

import pytest
from procrastinate.exceptions import ConnectorException
from structlog.testing import capture_logs

from bot.domain.errors import NotSaved
from bot.metrics import Metrics
from jobs.edge import Edge

FAILURES = "pacesetter_job_failures_total"
WITH_A_QUEUE = (NotSaved, ConnectorException)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


async def told(edge: Edge, accident: BaseException) -> list[tuple[str, str]]:
    """The level and the words for a job in which this happens."""

    async def work() -> None:
        raise accident

    with capture_logs() as events:
        await edge.run("plan", work)
    assert [each["job"] for each in events] == ["plan"]
    return [(each["log_level"], each["event"]) for each in events]


def failures(metrics: Metrics) -> float:
    return metrics.registry.get_sample_value(FAILURES, {"job": "plan"}) or 0


async def test_a_job_that_breaks_is_told_and_counted(metrics: Metrics) -> None:
    assert await told(Edge(metrics), ValueError("ours")) == [("error", "job_broke")]
    assert failures(metrics) == 1


@pytest.mark.parametrize("accident", [NotSaved(), ConnectorException()])
async def test_a_database_that_is_away_is_told_and_no_failure_of_the_job(
    metrics: Metrics, accident: Exception
) -> None:
    edge = Edge(metrics, WITH_A_QUEUE)
    assert await told(edge, accident) == [("warning", "database_unavailable")]
    assert failures(metrics) == 0


async def test_a_job_that_is_cut_short_is_no_failure(metrics: Metrics) -> None:
    assert await told(Edge(metrics), asyncio.CancelledError()) == [("info", "job_cut_short")]
    assert failures(metrics) == 0


async def test_a_job_that_breaks_has_its_time_counted_too(metrics: Metrics) -> None:
    async def work() -> None:
        raise ValueError

    await Edge(metrics).run_timed("plan", work)
    assert metrics.registry.get_sample_value("pacesetter_job_seconds_count", {"job": "plan"}) == 1
    assert failures(metrics) == 1
