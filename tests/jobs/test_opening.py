"""A person is reached even where Slack opens no conversation: `chat.postMessage` takes `U…`."""

import pytest

from bot.domain.ledger.occasions import DeliveryState
from sandbox import Fault, Sandbox
from tests.jobs.conftest import Outbox
from tests.teams import RILEY

KEY = f"nudge:{RILEY}:2026-11-23"


@pytest.mark.parametrize("code", ["unknown_method", "missing_scope"])
async def test_a_person_is_written_to_by_id_where_no_conversation_can_be_opened(
    outbox: Outbox, slack: Sandbox, code: str
) -> None:
    slack.fail("conversations.open", Fault.error(code), times=None)
    await outbox.plan(outbox.occasion(KEY, RILEY))
    await outbox.drain()
    assert await outbox.state(KEY) is DeliveryState.SENT
    [message] = slack.messages(RILEY)
    assert message.text == KEY
