"""The client, against the strict local Slack."""

from datetime import UTC, datetime, timedelta

import pytest
from yarl import URL

from bot.slack.answers import Posted
from bot.slack.client import SlackClient, open_session
from bot.slack.errors import (
    MessageGone,
    OutcomeUnknown,
    RateLimited,
    Refused,
    SlackFailure,
    TokenRefused,
    Unreachable,
)
from bot.slack.limits import MalformedMessage
from bot.slack.message import Message
from sandbox import Fault, Sandbox

HELLO = Message("Hello", ({"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}},))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FAULTS = [
    (Fault.rate_limited(7), RateLimited),
    (Fault.server_error(), OutcomeUnknown),
    (Fault.server_error(500, accepted=True), OutcomeUnknown),
    (Fault.server_error(403), Unreachable),
    (Fault.server_error(200), OutcomeUnknown),
    (Fault.drop_before(), OutcomeUnknown),
    (Fault.drop_after(), OutcomeUnknown),
    (Fault.fatal_error(accepted=True), OutcomeUnknown),
    (Fault.internal_error(), OutcomeUnknown),
    (Fault.revoked_token(), TokenRefused),
    (Fault.error("something_new"), Refused),
]


async def test_a_message_carries_its_key(slack: Sandbox, client: SlackClient) -> None:
    posted = await client.post("C01WEST", HELLO, "nudge:1")
    [message] = slack.messages("C01WEST")
    assert message.metadata == {
        "event_type": "pacesetter_delivery",
        "event_payload": {"key": "nudge:1"},
    }
    assert (posted.channel, posted.ts) == ("C01WEST", message.ts)


async def test_a_posted_message_is_found_by_its_key(client: SlackClient) -> None:
    await client.post("C01WEST", HELLO, "another")
    posted = await client.post("C01WEST", HELLO, "nudge:1")
    assert await client.find_posted("C01WEST", "nudge:1", LONG_AGO) == posted
    assert await client.find_posted("C01WEST", "nudge:2", LONG_AGO) is None


async def test_a_message_is_found_on_a_later_page(
    slack: Sandbox, client: SlackClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.client._PAGE", 2)
    posted = [await client.post("C01WEST", HELLO, f"key:{n}") for n in range(5)]
    assert await client.find_posted("C01WEST", "key:0", LONG_AGO) == posted[0]
    assert len(slack.calls("conversations.history")) == 3


async def test_what_was_posted_too_long_ago_is_not_looked_through(client: SlackClient) -> None:
    await client.post("C01WEST", HELLO, "nudge:1")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert await client.find_posted("C01WEST", "nudge:1", tomorrow) is None


async def test_a_reply_is_found_in_its_thread(client: SlackClient) -> None:
    first = await client.post("C01WEST", HELLO, "digest")
    reply = await client.post("C01WEST", HELLO, "digest#2", thread_ts=first.ts)
    assert await client.find_posted("C01WEST", "digest#2", LONG_AGO, first.ts) == reply
    assert await client.find_posted("C01WEST", "digest#2", LONG_AGO) is None


async def test_a_changed_message_keeps_its_key(slack: Sandbox, client: SlackClient) -> None:
    posted = await client.post("C01WEST", HELLO, "nudge:1")
    await client.update(posted, Message("Changed", ()))
    [message] = slack.messages("C01WEST")
    assert message.text == "Changed"
    assert await client.find_posted("C01WEST", "nudge:1", LONG_AGO) == posted


async def test_deleting_twice_is_deleting_once(slack: Sandbox, client: SlackClient) -> None:
    posted = await client.post("C01WEST", HELLO, "nudge:1")
    await client.delete(posted)
    await client.delete(posted)
    assert slack.messages("C01WEST") == []


async def test_a_message_that_is_gone_cannot_be_changed(client: SlackClient) -> None:
    with pytest.raises(MessageGone):
        await client.update(Posted("C01WEST", "1.000001"), HELLO)


async def test_a_direct_conversation_is_the_same_each_time(
    slack: Sandbox, client: SlackClient
) -> None:
    channel = await client.open_dm("U02RILEY")
    assert await client.open_dm("U02RILEY") == channel
    await client.post(channel, HELLO, "nudge:1")
    assert len(slack.messages("U02RILEY")) == 1


async def test_a_person_has_a_name_and_a_zone(client: SlackClient) -> None:
    riley = await client.users_info("U02RILEY")
    assert (riley.name, riley.zone) == ("Riley Reed", "Europe/London")
    assert (await client.users_info("U09GONE")).is_deleted


async def test_a_token_tells_whom_it_speaks_for(client: SlackClient) -> None:
    identity = await client.auth_test()
    assert identity.workspace_id == "T01TEST"
    assert "chat:write" in identity.scopes
    assert identity.answered_at is not None
    assert abs(identity.answered_at - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("channel", ["C02OLD", "C09NONE", "C03OUT"])
async def test_what_slack_refuses_has_a_reason_to_read(client: SlackClient, channel: str) -> None:
    with pytest.raises(Refused) as refused:
        await client.post(channel, HELLO, "nudge:1")
    assert "channel" in refused.value.reason


@pytest.mark.parametrize("fault, failure", FAULTS, ids=lambda each: getattr(each, "kind", None))
async def test_each_fault_is_typed_and_posted_once(
    slack: Sandbox, client: SlackClient, fault: Fault, failure: type[SlackFailure]
) -> None:
    slack.fail("chat.postMessage", fault)
    with pytest.raises(failure):
        await client.post("C01WEST", HELLO, "nudge:1")
    assert len(slack.calls("chat.postMessage")) == 1
    assert len(slack.messages("C01WEST")) == (1 if fault.accepted else 0)


async def test_a_rate_limit_says_how_long(slack: Sandbox, client: SlackClient) -> None:
    slack.fail("chat.postMessage", Fault.rate_limited(7))
    with pytest.raises(RateLimited) as limited:
        await client.post("C01WEST", HELLO, "nudge:1")
    assert limited.value.retry_after == 7


async def test_no_answer_in_time_leaves_the_outcome_unknown(
    slack: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.client.TIMEOUT_S", 0.2)
    slack.fail("chat.postMessage", Fault.timeout_after())
    async with open_session() as session:
        client = SlackClient("xoxb-T01TEST-sandbox", slack.api_url, session)
        with pytest.raises(OutcomeUnknown):
            await client.post("C01WEST", HELLO, "nudge:1")


async def test_a_slack_that_is_not_there_was_not_reached() -> None:
    async with open_session() as session:
        client = SlackClient("xoxb-1", "http://127.0.0.1:9/api/", session)
        with pytest.raises(Unreachable):
            await client.post("C01WEST", HELLO, "nudge:1")


async def test_a_wrong_token_is_told_apart(slack: Sandbox) -> None:
    async with open_session() as session:
        with pytest.raises(TokenRefused):
            await SlackClient("xoxb-wrong", slack.api_url, session).auth_test()


async def test_a_malformed_message_never_leaves(slack: Sandbox, client: SlackClient) -> None:
    with pytest.raises(MalformedMessage):
        await client.post("C01WEST", Message("Hi", HELLO.blocks * 51), "nudge:1")
    assert slack.calls("chat.postMessage") == []


async def test_no_cookies_are_kept_of_as_many_addresses_as_there_are_answers() -> None:
    async with open_session() as http:
        answered = URL("https://hooks.slack.com/commands/T01TEST/1/abc")
        http.cookie_jar.update_cookies({"b": "1"}, answered)
        assert len(http.cookie_jar) == 0
