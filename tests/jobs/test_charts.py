"""A Slack that draws no charts gets them in words, once, and isn't asked again for a day."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from bot.db.session import Session
from bot.db.tables import workspaces
from bot.domain.ledger.occasions import Delivery, DeliveryState, OccasionKind
from bot.domain.teams import TeamPlaybook
from bot.slack.charts import line_chart
from bot.slack.message import Message
from bot.slack.rendering import rendered
from jobs.rendering import Rendered
from sandbox import Fault, Sandbox
from tests.jobs.conftest import Outbox

KEY = "recap:1"


def charted(_: Session, __: TeamPlaybook, delivery: Delivery, ___: datetime) -> Rendered:
    chart = line_chart("Calls <&>, %", "chart:1", ["5 Oct", "12 Oct"], {"Team": [62, 70]})
    return Rendered(Message(delivery.occasion.key, rendered(chart)))


@pytest.fixture
def drawn(outbox: Outbox) -> Outbox:
    """Whose recaps are charts."""
    outbox.writers = dict.fromkeys(OccasionKind, charted)
    return outbox


def kinds(slack: Sandbox) -> list[str]:
    return [block["type"] for message in slack.messages("C01WEST") for block in message.blocks]


async def test_a_slack_that_draws_charts_gets_them(drawn: Outbox, slack: Sandbox) -> None:
    await drawn.plan_posts(["1"])
    await drawn.drain()
    assert kinds(slack) == ["data_visualization"]


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_arguments"])
async def test_a_refused_chart_comes_in_words_once(
    drawn: Outbox, slack: Sandbox, code: str
) -> None:
    slack.fail("chat.postMessage", Fault.error(code))
    await drawn.plan_posts(["1"])
    await drawn.drain()
    [message] = slack.messages("C01WEST")
    assert message.blocks[0]["text"]["text"] == (
        "Calls &lt;&amp;&gt;, %. Team: 5 Oct 62, 12 Oct 70."
    )
    assert await drawn.state(KEY) is DeliveryState.SENT


async def test_it_is_not_asked_again_for_a_day(drawn: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.error("invalid_blocks"))
    await drawn.plan_posts(["1", "2"])
    await drawn.drain_to_the_end()
    assert kinds(slack) == ["section", "section"]
    yesterday = drawn.wired.clock.now() - timedelta(days=1)
    await drawn.wired.transactions.everywhere.write(
        lambda session: session.connection.execute(
            update(workspaces).values(charts_refused_at=yesterday)
        )
    )
    await drawn.plan_posts(["3"])
    await drawn.drain_to_the_end()
    assert kinds(slack)[-1] == "data_visualization"


@pytest.mark.parametrize("fault", [Fault.drop_after(), Fault.timeout_before(0.1)])
async def test_it_is_there_exactly_once_whatever_happens_in_between(
    drawn: Outbox, slack: Sandbox, fault: Fault
) -> None:
    slack.fail("chat.postMessage", Fault.error("invalid_blocks"))
    slack.fail("chat.postMessage", fault)
    await drawn.plan_posts(["1"])
    await drawn.drain_to_the_end()
    assert kinds(slack) == ["section"]


async def test_a_refusal_that_words_do_not_mend_ends_it(drawn: Outbox, slack: Sandbox) -> None:
    slack.fail("chat.postMessage", Fault.error("invalid_blocks"), times=2)
    await drawn.plan_posts(["1"])
    await drawn.drain()
    assert slack.messages("C01WEST") == []
    assert await drawn.state(KEY) is DeliveryState.FAILED
