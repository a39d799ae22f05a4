"""Socket Mode, through the SDK's own client."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Person, Sandbox
from tests.patience import until
from tests.sandbox.samples import WEST


class App:
    """Acknowledges every envelope with `payload`, unless it is told to stay silent."""

    def __init__(self, client: SocketModeClient) -> None:
        self.client = client
        self.heard: list[SocketModeRequest] = []
        self.payload: Any = None
        self.silent = False
        client.socket_mode_request_listeners.append(self.listen)  # type: ignore[arg-type]

    async def listen(self, client: SocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        if not self.silent:
            answer = SocketModeResponse(request.envelope_id, self.payload)
            await client.send_socket_mode_response(answer)


@pytest.fixture
async def app(slack: Sandbox) -> AsyncIterator[App]:
    web = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    client = SocketModeClient(WEST.app_token, web_client=web, auto_reconnect_enabled=True)
    listening = App(client)
    await client.connect()  # type: ignore[no-untyped-call]  # the SDK's
    await until(slack.is_socket_connected)
    yield listening
    await client.close()  # type: ignore[no-untyped-call]  # the SDK's


async def test_a_command_and_its_answer(slack: Sandbox, app: App, riley: Person) -> None:
    app.payload = {"text": "Recorded"}
    reply = await riley.command("/log", "5 calls", channel="C01WEST")
    assert reply.text == "Recorded"
    assert app.heard[0].type == "slash_commands"
    assert app.heard[0].payload["command"] == "/log"


async def test_interactions_and_events(app: App, riley: Person) -> None:
    await riley.shortcut("log")
    await riley.open_home()
    assert [heard.type for heard in app.heard] == ["interactive", "events_api"]
    assert app.heard[0].payload["type"] == "shortcut"
    assert app.heard[1].payload["event"]["type"] == "app_home_opened"
    assert app.heard[1].retry_attempt == 0


async def test_silence_is_a_timeout(slack: Sandbox, app: App, riley: Person) -> None:
    slack.patient(0.1)
    app.silent = True
    assert (await riley.command("/log")).error == "operation_timeout"


@pytest.mark.parametrize("abrupt", [False, True])
async def test_a_client_comes_back(slack: Sandbox, app: App, riley: Person, abrupt: bool) -> None:
    app.client.ping_interval = 0.1
    assert await slack.disconnect_sockets(abrupt=abrupt) == 1
    await until(lambda: not slack.is_socket_connected())
    await until(slack.is_socket_connected)
    assert (await riley.command("/log")).status == 200


async def test_a_ticket_is_good_for_one_connection(slack: Sandbox) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    url = (await client.apps_connections_open(app_token=WEST.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_an_app_has_ten_connections_at_most(slack: Sandbox) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _ in range(11):
            url = (await client.apps_connections_open(app_token=WEST.app_token))["url"]
            sockets.append(await session.ws_connect(url))
        first_words = [await socket.receive_json() for socket in sockets]
        assert [said["type"] for said in first_words] == ["hello"] * 10 + ["disconnect"]
        assert first_words[-1]["reason"] == "too_many_websockets"
