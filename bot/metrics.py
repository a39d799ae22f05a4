"""What is counted and timed, for Prometheus. One object per process, no globals."""

from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

CONTENT_TYPE = CONTENT_TYPE_LATEST
_REQUEST_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0)
"""Seconds; Slack shows an error after 3."""
_JOB_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The bot's metrics in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._count_requests()
        self._count_deliveries()
        self._count_jobs()

    def _count_requests(self) -> None:
        self.acknowledged = Histogram(
            "pacesetter_acknowledgement_seconds",
            "Time from a request of Slack's to our answer",
            buckets=_REQUEST_BUCKETS,
            registry=self.registry,
        )
        self.entries = Counter(
            "pacesetter_entries", "Entries recorded", ["source"], registry=self.registry
        )

    def _count_deliveries(self) -> None:
        counter = partial(Counter, registry=self.registry)
        gauge = partial(Gauge, registry=self.registry)
        self.deliveries = counter(
            "pacesetter_deliveries", "Deliveries by what came of them", ["kind", "outcome"]
        )
        self.reconciliations = counter(
            "pacesetter_reconciliations",
            "Messages looked for after an unknown outcome, by what was found",
            ["found"],
        )
        self.rate_limited = counter("pacesetter_rate_limited", "Times that Slack asked us to wait")
        self.rate_limit_waits = counter(
            "pacesetter_rate_limit_wait_seconds",
            "Seconds that messages waited for their turn (pace) or because Slack asked (slack)",
            ["why"],
        )
        self.due = gauge("pacesetter_due_deliveries", "Deliveries due, not sent")
        self.oldest_due = gauge("pacesetter_oldest_due_seconds", "Age of the oldest due delivery")

    def _count_jobs(self) -> None:
        self.queued = Gauge(
            "pacesetter_queued_jobs", "Jobs that wait for a worker", ["job"], registry=self.registry
        )
        self.jobs = Histogram(
            "pacesetter_job_seconds",
            "Time that the clock's jobs take",
            ["job"],
            buckets=_JOB_BUCKETS,
            registry=self.registry,
        )
        self.job_failures = Counter(
            "pacesetter_job_failures", "Jobs that broke off", ["job"], registry=self.registry
        )

    def exposition(self) -> bytes:
        """All of it in Prometheus' text form."""
        return generate_latest(self.registry)
