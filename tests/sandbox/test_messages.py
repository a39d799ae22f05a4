"""chat.*: posting, changing and deleting."""

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import ManualClock, Person, Sandbox
from tests.patience import PATIENCE_S
from tests.sandbox.refusals import error, refusal
from tests.sandbox.samples import WEST, Json, section


async def test_a_message_is_kept_as_it_was_sent(slack: Sandbox, client: AsyncWebClient) -> None:
    key = {"event_type": "delivery", "event_payload": {"key": "nudge-1"}}
    posted = await client.chat_postMessage(
        channel="C01WEST", text="Hello", blocks=[section()], metadata=key
    )
    [kept] = slack.messages("C01WEST")
    assert (kept.ts, kept.text, kept.metadata) == (posted["ts"], "Hello", key)
    assert kept.blocks[0]["text"]["text"] == "Five calls"


async def test_ids_grow_even_while_time_stands(client: AsyncWebClient) -> None:
    sent = [await client.chat_postMessage(channel="C01WEST", text="x") for _ in range(3)]
    assert len({message["ts"] for message in sent}) == 3
    assert sent[0]["ts"] == "1795424400.000000"


REFUSALS: dict[str, dict[str, Any]] = {
    "channel_not_found": {"channel": "C99NONE"},
    "not_in_channel": {"channel": "C02LOUNGE"},
    "is_archived": {"channel": "C03OLD"},
    "no_text": {"text": " "},
    "msg_too_long": {"text": "x" * 40_001},
    "invalid_metadata_format": {"metadata": {"event_type": "", "event_payload": {}}},
    "metadata_too_large": {"metadata": {"event_type": "a", "event_payload": {"x": "x" * 17_000}}},
    "thread_not_found": {"thread_ts": "1.000000"},
    "invalid_arguments": {"channel": ""},
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_what_is_refused(slack: Sandbox, client: AsyncWebClient, name: str) -> None:
    sent = {"channel": "C01WEST", "text": "Hello", **REFUSALS[name]}
    assert await error(client.api_call("chat.postMessage", json=sent)) == name
    assert all(c.messages == {} for c in slack.team().conversations.values())


@pytest.mark.parametrize(
    "metadata", [["x"], "{", {"event_type": "a"}, {"event_payload": {}}, {"event_type": 1}]
)
async def test_metadata_has_a_type_and_a_payload(client: AsyncWebClient, metadata: Any) -> None:
    sent = client.api_call(
        "chat.postMessage", json={"channel": "C01WEST", "text": "x", "metadata": metadata}
    )
    assert await error(sent) == "invalid_metadata_format"


async def test_private_channels_are_hidden_from_outside(client: AsyncWebClient) -> None:
    assert (await client.chat_postMessage(channel="C04BOARD", text="x"))["ok"]
    said = await error(client.chat_postMessage(channel="C05SECRET", text="x"))
    assert said == "channel_not_found"


async def test_public_channels_open_with_their_scope() -> None:
    public = replace(WEST, scopes=WEST.scopes | {"chat:write.public"})
    async with Sandbox([public]).patient(PATIENCE_S) as slack:
        client = AsyncWebClient(WEST.bot_token, base_url=slack.api_url, retry_handlers=[])
        assert (await client.chat_postMessage(channel="C02LOUNGE", text="x"))["ok"]


async def test_a_user_id_means_their_direct_messages(
    slack: Sandbox, client: AsyncWebClient, riley: Person
) -> None:
    posted = await client.chat_postMessage(channel="U02RILEY", text="Hello")
    assert posted["channel"] == riley.direct_channel
    assert [m.text for m in riley.direct_messages()] == ["Hello"]
    assert slack.messages("U02RILEY") == riley.direct_messages()


@pytest.mark.parametrize("user", ["U99NOBODY", "U04ALEX", "U05ROBOT"])
async def test_nobody_to_write_to(client: AsyncWebClient, user: str) -> None:
    assert await error(client.chat_postMessage(channel=user, text="x")) == "channel_not_found"


async def test_direct_messages_need_the_messages_tab() -> None:
    async with Sandbox([replace(WEST, messages_tab=False)]) as slack:
        client = AsyncWebClient(WEST.bot_token, base_url=slack.api_url, retry_handlers=[])
        said = await error(client.chat_postMessage(channel="U02RILEY", text="x"))
        assert said == "messages_tab_disabled"


async def test_an_update_keeps_what_it_does_not_name(
    slack: Sandbox, client: AsyncWebClient, clock: ManualClock
) -> None:
    key = {"event_type": "delivery", "event_payload": {}}
    posted = await client.chat_postMessage(
        channel="C01WEST", text="Old", blocks=[section()], metadata=key
    )
    clock.advance(60)
    await client.chat_update(channel="C01WEST", ts=posted["ts"], text="New")
    [kept] = slack.messages("C01WEST")
    assert (kept.text, len(kept.blocks), kept.metadata) == ("New", 1, key)
    assert kept.edited is not None
    assert [edit.text for edit in kept.edits] == ["Old"]
    await client.chat_update(channel="C01WEST", ts=posted["ts"], text="New", blocks=[])
    assert slack.messages("C01WEST")[0].blocks == ()


async def test_only_ones_own_messages_change(client: AsyncWebClient, riley: Person) -> None:
    said = await riley.say("Hello", "C01WEST")
    place: Json = {"channel": "C01WEST", "ts": said.ts}
    assert await error(client.chat_update(**place, text="x")) == "cant_update_message"
    assert await error(client.chat_delete(**place)) == "cant_delete_message"
    gone: Json = {"channel": "C01WEST", "ts": "1.000000"}
    assert await error(client.chat_update(**gone, text="x")) == "message_not_found"
    assert await error(client.chat_delete(**gone)) == "message_not_found"


async def test_an_update_is_held_to_the_same_limits(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C01WEST", text="x")
    change: Json = {"channel": "C01WEST", "ts": posted["ts"]}
    said = await refusal(client.chat_update(**change, text="x", blocks=[section("x" * 3001)]))
    assert said["error"] == "invalid_blocks"


async def test_deleted_messages_are_gone_but_known(slack: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C01WEST", text="x")
    await client.chat_delete(channel="C01WEST", ts=posted["ts"])
    assert slack.messages("C01WEST") == []
    assert [m.text for m in slack.messages("C01WEST", deleted=True)] == ["x"]


async def test_ephemerals_are_for_one_person(
    slack: Sandbox, client: AsyncWebClient, riley: Person, sam: Person
) -> None:
    await client.chat_postEphemeral(channel="C01WEST", user="U02RILEY", text="Only you")
    assert [m.text for m in riley.ephemerals()] == ["Only you"]
    assert sam.ephemerals() == []
    assert slack.messages("C01WEST") == []
    outsider = client.chat_postEphemeral(channel="C04BOARD", user="U02RILEY", text="x")
    assert await error(outsider) == "user_not_in_channel"


async def test_reactions(slack: Sandbox, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C01WEST", text="x")
    where = {"channel": "C01WEST", "timestamp": posted["ts"], "name": "tada"}
    await client.reactions_add(**where)
    assert slack.messages("C01WEST")[0].reactions == (("tada", "U0BOT"),)
    assert await error(client.reactions_add(**where)) == "already_reacted"
