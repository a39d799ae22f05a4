"""What is counted and timed, for Prometheus. One object per process, no globals."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

CONTENT_TYPE = CONTENT_TYPE_LATEST
_REQUEST_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0)
"""Seconds; Slack shows an error after 3."""
_JOB_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The bot's metrics in a registry of their own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.acknowledged = Histogram(
            "pacesetter_acknowledgement_seconds",
            "Time from a request of Slack's to our answer",
            buckets=_REQUEST_BUCKETS,
            registry=registry,
        )
        self.entries = Counter(
            "pacesetter_entries", "Entries recorded", ["source"], registry=registry
        )
        self.deliveries = Counter(
            "pacesetter_deliveries",
            "Deliveries by what came of them",
            ["kind", "outcome"],
            registry=registry,
        )
        self.reconciliations = Counter(
            "pacesetter_reconciliations",
            "Messages looked for after an unknown outcome, by what was found",
            ["found"],
            registry=registry,
        )
        self.rate_limited = Counter(
            "pacesetter_rate_limited", "Times that Slack asked us to wait", registry=registry
        )
        self.rate_limit_waits = Counter(
            "pacesetter_rate_limit_wait_seconds",
            "Seconds that messages waited for their turn (pace) or because Slack asked (slack)",
            ["why"],
            registry=registry,
        )
        self.queued = Gauge(
            "pacesetter_queued_jobs", "Jobs that wait for a worker", ["job"], registry=registry
        )
        self.due = Gauge("pacesetter_due_deliveries", "Deliveries due, not sent", registry=registry)
        self.oldest_due = Gauge(
            "pacesetter_oldest_due_seconds", "Age of the oldest due delivery", registry=registry
        )
        self.jobs = Histogram(
            "pacesetter_job_seconds",
            "Time that the clock's jobs take",
            ["job"],
            buckets=_JOB_BUCKETS,
            registry=registry,
        )
        self.job_failures = Counter(
            "pacesetter_job_failures", "Jobs that broke off", ["job"], registry=registry
        )

    def exposition(self) -> bytes:
        """All of it in Prometheus' text form."""
        return generate_latest(self.registry)
