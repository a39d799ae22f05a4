"""Channels and people change: what the bot is told, and what is left of them."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Person, Sandbox, User
from tests.sandbox.conftest import Bot
from tests.sandbox.refusals import error


def told(bot: Bot) -> list[Any]:
    """The events that the bot has heard of."""
    return [heard.payload["event"] for heard in bot.heard if "event" in heard.payload]


async def test_private_channels_have_events_of_their_own(slack: Sandbox, bot: Bot) -> None:
    await slack.archive("C04BOARD")
    await slack.unarchive("C04BOARD")
    await slack.rename("C04BOARD", "bosses")
    await slack.remove_bot("C04BOARD")
    assert [event["type"] for event in told(bot)] == [
        "group_archive",
        "group_unarchive",
        "group_rename",
        "group_left",
        "member_left_channel",
    ]
    assert told(bot)[2]["channel"]["name"] == "bosses"
    await slack.archive("C04BOARD")
    assert len(bot.heard) == 5


async def test_a_removed_bot_may_not_post_until_it_is_let_in_again(
    slack: Sandbox, client: AsyncWebClient, bot: Bot
) -> None:
    await slack.remove_bot("C01WEST", by="U01MORGAN")
    left, member_left = told(bot)
    assert (left["type"], left["actor_id"]) == ("channel_left", "U01MORGAN")
    assert (member_left["user"], member_left["channel_type"]) == ("U0BOT", "C")
    assert await error(client.chat_postMessage(channel="C01WEST", text="x")) == "not_in_channel"
    await slack.join("U0BOT", "C01WEST")
    assert told(bot)[-1]["type"] == "member_joined_channel"
    await client.chat_postMessage(channel="C01WEST", text="x")


async def test_a_deleted_channel_is_not_found(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    bot.answer = {"text": "Recorded", "response_type": "ephemeral"}
    reply = await riley.command("/log", "5 calls", "C01WEST")
    await slack.delete_channel("C01WEST")
    assert told(bot)[-1]["type"] == "channel_deleted"
    assert await error(client.chat_postMessage(channel="C01WEST", text="x")) == "channel_not_found"
    url = bot.heard[0].form["response_url"]
    async with ClientSession() as session, session.post(url, json={"text": "late"}) as response:
        assert (await response.json())["error"] == "channel_not_found"
    assert reply.ok


async def test_people_come_to_a_channel_and_go(slack: Sandbox, bot: Bot) -> None:
    await slack.leave("U02RILEY", "C01WEST")
    await slack.join("U02RILEY", "C01WEST")
    await slack.leave("U02RILEY", "C02LOUNGE")
    kinds = [(event["type"], event["user"]) for event in told(bot)]
    assert kinds == [
        ("member_left_channel", "U02RILEY"),
        ("member_joined_channel", "U02RILEY"),
    ]


async def test_ranks_include_those_below(slack: Sandbox, client: AsyncWebClient) -> None:
    await slack.add_user(User("U07KIM", "kim", is_primary_owner=True))
    kim = (await client.users_info(user="U07KIM"))["user"]
    assert (kim["is_admin"], kim["is_owner"], kim["is_primary_owner"]) == (True, True, True)
    slackbot = (await client.users_info(user="USLACKBOT"))["user"]
    assert (slackbot["is_bot"], slackbot["deleted"]) == (False, False)


@pytest.mark.parametrize(
    "act, body, kind",
    [
        ("archive", {"channel": "C01WEST"}, "channel_archive"),
        ("unarchive", {"channel": "C03OLD"}, "channel_unarchive"),
        ("rename-channel", {"channel": "C01WEST", "name": "wild-west"}, "channel_rename"),
        ("delete-channel", {"channel": "C01WEST"}, "channel_deleted"),
        ("remove-bot", {"channel": "C01WEST"}, "member_left_channel"),
        ("leave-channel", {"channel": "C01WEST", "user": "U02RILEY"}, "member_left_channel"),
        ("join-channel", {"channel": "C01WEST", "user": "U04ALEX"}, "member_joined_channel"),
        ("change-user", {"user": "U02RILEY", "changes": {"deleted": True}}, "user_change"),
        ("add-user", {"user": {"id": "U09NEW", "name": "new"}}, "team_join"),
    ],
)
async def test_the_control_api_makes_things_happen(
    slack: Sandbox, bot: Bot, act: str, body: dict[str, Any], kind: str
) -> None:
    async with (
        ClientSession() as session,
        session.post(slack.control_url + act, json=body) as response,
    ):
        assert response.status == 200
    assert told(bot)[-1]["type"] == kind
