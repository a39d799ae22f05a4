"""What the engine of one machine does beside what every engine does."""

from jobs.embedded import EmbeddedEngine
from sandbox import Sandbox
from tests.jobs.conftest import WRITERS, Outbox
from tests.patience import until


async def test_metrics_tell_what_was_sent_and_how_old_the_backlog_is(
    outbox: Outbox, slack: Sandbox
) -> None:
    engine = EmbeddedEngine(outbox.wired, WRITERS)
    await outbox.plan_posts(["1"])
    await engine.plan()
    await until(lambda: len(slack.messages("C01WEST")) > 0)
    await engine.stop()
    shown = outbox.wired.metrics.exposition().decode()
    assert 'pacesetter_deliveries_total{kind="recap",outcome="sent"} 1.0' in shown
    assert "pacesetter_oldest_due_seconds" in shown
