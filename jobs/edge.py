"""The edge of a job: what goes wrong inside is told here, once, and a later tick tries again."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import structlog

from bot.domain.errors import NotSaved
from bot.metrics import Metrics

log: Final = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Edge:
    """Tells what jobs come to; `unavailable` is how a database that went away shows itself."""

    metrics: Metrics
    unavailable: tuple[type[Exception], ...] = (NotSaved,)

    async def run(self, job: str, work: Callable[[], Awaitable[object]]) -> None:
        """Does the work of a job; raises nothing, and doesn't pass cancelling on.

        Only what is our own fault counts as a failure: a database comes back by itself.
        """
        try:
            await work()
        except self.unavailable:
            log.warning("database_unavailable", job=job)
        except asyncio.CancelledError:  # the process ends: the scheduler would log an accident
            log.info("job_cut_short", job=job)
        except Exception:
            self.metrics.job_failures.labels(job).inc()
            log.exception("job_broke", job=job)

    async def run_timed(self, job: str, work: Callable[[], Awaitable[object]]) -> None:
        """The same, and how long it took is counted."""
        with self.metrics.jobs.labels(job).time():
            await self.run(job, work)
