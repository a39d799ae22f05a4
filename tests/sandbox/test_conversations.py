"""conversations.*, users.* and dnd.*"""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox import ManualClock, Person, Sandbox
from tests.sandbox.refusals import error
from tests.sandbox.samples import WEST, Json


async def test_a_direct_message_is_opened_once(client: AsyncWebClient) -> None:
    first = await client.conversations_open(users="U02RILEY")
    again = await client.conversations_open(users=["U02RILEY"], return_im=True)
    assert "already_open" not in first.data
    assert again["already_open"]
    assert again["channel"]["id"] == first["channel"]["id"]
    assert again["channel"]["user"] == "U02RILEY"


async def test_whom_one_cannot_write_to(client: AsyncWebClient) -> None:
    assert await error(client.conversations_open(users="U99NOBODY")) == "user_not_found"
    assert await error(client.conversations_open(users="U04ALEX")) == "user_disabled"
    assert await error(client.conversations_open(users="U05ROBOT")) == "cannot_dm_bot"
    assert await error(client.conversations_open(users="")) == "users_list_not_supplied"


async def test_history_is_newest_first_in_pages(client: AsyncWebClient, clock: ManualClock) -> None:
    for number in range(5):
        clock.advance(10)
        await client.chat_postMessage(channel="C01WEST", text=str(number))
    first = await client.conversations_history(channel="C01WEST", limit=3)
    assert [m["text"] for m in first["messages"]] == ["4", "3", "2"]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel="C01WEST", limit=3, cursor=cursor)
    assert [m["text"] for m in rest["messages"]] == ["1", "0"]
    assert not rest["has_more"]


async def test_history_between_two_instants(client: AsyncWebClient, clock: ManualClock) -> None:
    stamps = []
    for number in range(4):
        clock.advance(10)
        stamps.append((await client.chat_postMessage(channel="C01WEST", text=str(number)))["ts"])
    span: Json = {"channel": "C01WEST", "oldest": stamps[0], "latest": stamps[2]}
    inner = await client.conversations_history(**span)
    assert [m["text"] for m in inner["messages"]] == ["1"]
    closed = await client.conversations_history(**span, inclusive=True)
    assert [m["text"] for m in closed["messages"]] == ["2", "1", "0"]


async def test_metadata_shows_only_when_asked_for(client: AsyncWebClient) -> None:
    key = {"event_type": "delivery", "event_payload": {"key": "1"}}
    await client.chat_postMessage(channel="C01WEST", text="x", metadata=key)
    plain = await client.conversations_history(channel="C01WEST")
    full = await client.conversations_history(channel="C01WEST", include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == key


async def test_replies_stand_in_their_thread_alone(client: AsyncWebClient) -> None:
    first = await client.chat_postMessage(channel="C01WEST", text="Digest")
    reply: Json = {"channel": "C01WEST", "thread_ts": first["ts"]}
    await client.chat_postMessage(**reply, text="Part two")
    history = await client.conversations_history(channel="C01WEST")
    assert [m["text"] for m in history["messages"]] == ["Digest"]
    assert history["messages"][0]["reply_count"] == 1
    thread = await client.conversations_replies(channel="C01WEST", ts=first["ts"])
    assert [m["text"] for m in thread["messages"]] == ["Digest", "Part two"]
    missing = client.conversations_replies(channel="C01WEST", ts="1.000000")
    assert await error(missing) == "thread_not_found"


async def test_history_needs_membership(client: AsyncWebClient) -> None:
    assert await error(client.conversations_history(channel="C02LOUNGE")) == "not_in_channel"
    assert await error(client.conversations_history(channel="C05SECRET")) == "channel_not_found"


async def test_lists_of_channels(client: AsyncWebClient) -> None:
    public = await client.conversations_list()
    assert [c["id"] for c in public["channels"]] == ["C01WEST", "C02LOUNGE", "C03OLD"]
    asked: Json = {"types": "public_channel,private_channel", "exclude_archived": True}
    both = await client.conversations_list(**asked)
    assert [c["id"] for c in both["channels"]] == ["C01WEST", "C02LOUNGE", "C04BOARD"]
    mine = await client.users_conversations()
    assert [c["id"] for c in mine["channels"]] == ["C01WEST", "C03OLD"]
    assert await error(client.conversations_list(types="walls")) == "invalid_types"


async def test_joining_makes_a_member(client: AsyncWebClient) -> None:
    assert not (await client.conversations_info(channel="C02LOUNGE"))["channel"]["is_member"]
    await client.conversations_join(channel="C02LOUNGE")
    members = await client.conversations_members(channel="C02LOUNGE")
    assert members["members"] == ["U02RILEY", "U0BOT"]
    assert await error(client.conversations_join(channel="C03OLD")) == "is_archived"


async def test_people_have_zones(client: AsyncWebClient) -> None:
    sam = (await client.users_info(user="U03SAM"))["user"]
    assert (sam["tz"], sam["tz_offset"]) == ("America/New_York", -5 * 3600)
    assert (await client.users_info(user="U01MORGAN"))["user"]["is_admin"]
    assert (await client.users_info(user="U04ALEX"))["user"]["deleted"]
    assert await error(client.users_info(user="U99NOBODY")) == "user_not_found"


async def test_people_are_listed_in_pages(client: AsyncWebClient) -> None:
    first = await client.users_list(limit=4)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.users_list(limit=4, cursor=cursor)
    found = [user["id"] for page in (first, rest) for user in page["members"]]
    assert found == [*(user.id for user in WEST.users), "U0BOT", "USLACKBOT"]
    assert await error(client.users_list(limit=0)) == "invalid_limit"
    assert await error(client.users_list(cursor="x")) == "invalid_cursor"


async def test_quiet_times(slack: Sandbox, client: AsyncWebClient) -> None:
    await slack.change_user("U02RILEY", dnd_start=100, dnd_end=200)
    one = await client.dnd_info(user="U02RILEY")
    assert (one["dnd_enabled"], one["next_dnd_start_ts"], one["next_dnd_end_ts"]) == (
        True,
        100,
        200,
    )
    team = await client.dnd_teamInfo(users=["U02RILEY", "U03SAM"])
    assert not team["users"]["U03SAM"]["dnd_enabled"]
    many = client.dnd_teamInfo(users=[f"U{n}" for n in range(51)])
    assert await error(many) == "too_many_users"


async def test_what_a_person_writes_is_in_the_history(
    client: AsyncWebClient, riley: Person
) -> None:
    await riley.say("Morning", "C01WEST")
    history = await client.conversations_history(channel="C01WEST")
    assert history["messages"][0]["user"] == "U02RILEY"
