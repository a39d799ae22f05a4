"""Tokens and scopes."""

from dataclasses import replace

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.refusals import error, refusal
from tests.sandbox.samples import WEST


async def test_auth_test_tells_who_one_is(client: AsyncWebClient) -> None:
    said = await client.auth_test()
    assert (said["team_id"], said["user_id"], said["bot_id"]) == ("T01TEST", "U0BOT", "B0BOT")
    assert "chat:write" in said.headers["x-oauth-scopes"]


async def test_no_token_and_a_wrong_one(slack: Sandbox) -> None:
    nobody = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    assert await error(nobody.auth_test()) == "not_authed"
    assert await error(nobody.auth_test(token="xoxb-wrong")) == "invalid_auth"


async def test_a_token_may_stand_in_the_body(slack: Sandbox) -> None:
    async with ClientSession() as session:
        sent = {"token": WEST.bot_token}
        async with session.post(f"{slack.api_url}auth.test", data=sent) as answer:
            assert (await answer.json())["ok"]


async def test_a_revoked_token(slack: Sandbox, client: AsyncWebClient) -> None:
    slack.revoke_token()
    assert await error(client.auth_test()) == "token_revoked"
    slack.revoke_token(error="account_inactive")
    assert await error(client.auth_test()) == "account_inactive"
    slack.restore_token()
    assert (await client.auth_test())["ok"]


async def test_a_missing_scope_is_named() -> None:
    scopes = frozenset({"users:read", "commands"})
    async with Sandbox([replace(WEST, scopes=scopes)]) as slack:
        client = AsyncWebClient(WEST.bot_token, base_url=slack.api_url, retry_handlers=[])
        said = await refusal(client.chat_postMessage(channel="C01WEST", text="Hello"))
        assert said["error"] == "missing_scope"
        assert said["needed"] == "chat:write"
        assert said["provided"] == "commands,users:read"
        history = await refusal(client.conversations_history(channel="C01WEST"))
        assert history["needed"] == "channels:history"


async def test_only_an_app_token_opens_a_socket(client: AsyncWebClient) -> None:
    assert await error(client.api_call("apps.connections.open")) == "not_allowed_token_type"
    opened = await client.apps_connections_open(app_token=WEST.app_token)
    assert opened["url"].startswith("ws://127.0.0.1:")


async def test_an_unknown_method(client: AsyncWebClient) -> None:
    said = await refusal(client.api_call("chat.shout"))
    assert (said["error"], said["req_method"]) == ("unknown_method", "chat.shout")


async def test_api_test_gives_back_what_it_gets(client: AsyncWebClient) -> None:
    assert (await client.api_test(foo="bar"))["args"]["foo"] == "bar"
    assert await error(client.api_test(error="oops")) == "oops"


async def test_malformed_bodies(slack: Sandbox) -> None:
    cases = {"{": "invalid_json", "[1]": "json_not_object"}
    headers = {"Authorization": f"Bearer {WEST.bot_token}", "Content-Type": "application/json"}
    async with ClientSession(headers=headers) as session:
        for body, expected in cases.items():
            async with session.post(f"{slack.api_url}auth.test", data=body) as answer:
                assert (await answer.json())["error"] == expected


async def test_workspaces_are_apart() -> None:
    east = replace(WEST, id="T02EAST", bot_token="", name="East")
    async with Sandbox([WEST, east]) as slack:
        west_client = AsyncWebClient(WEST.bot_token, base_url=slack.api_url)
        east_client = AsyncWebClient(east.bot_token, base_url=slack.api_url)
        await west_client.chat_postMessage(channel="C01WEST", text="West")
        assert (await east_client.auth_test())["team_id"] == "T02EAST"
        assert slack.messages("C01WEST", "T02EAST") == []
        assert [m.text for m in slack.messages("C01WEST", "T01TEST")] == ["West"]
