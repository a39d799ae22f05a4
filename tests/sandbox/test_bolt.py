"""Bolt, which many bots stand on, understands everything that the sandbox sends."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Person, Sandbox
from tests.patience import until
from tests.sandbox.samples import WEST, Json, actions, button, entry, home, modal, option, select


async def log(ack: Any, respond: Any, body: Json) -> None:
    await ack()
    blocks = [actions(button("undo", value="7"), select(action_id="pick"))]
    await respond(text=f"Recorded {body['text']}", blocks=blocks)


async def coach(ack: Any, body: Json, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=body["trigger_id"], view=modal(callback_id="note"))
    await ack()


async def undo(ack: Any, respond: Any, action: Json) -> None:
    await ack()
    await respond(text=f"Undone {action['value']}", replace_original=True)


async def pick(ack: Any, say: Any, action: Json) -> None:
    await ack()
    await say(f"Chosen {action['selected_option']['value']}")


async def account(ack: Any, payload: Json) -> None:
    await ack(options=[option(payload["value"])])


async def note(ack: Any, view: Json) -> None:
    said = view["state"]["values"]["note"]["text"]["value"]
    await (ack() if said == "fine" else ack(response_action="errors", errors={"note": "No"}))


async def opened(event: Json, client: AsyncWebClient) -> None:
    external = {"type": "external_select", "action_id": "account"}
    view = home({**entry(), "element": external})
    await client.views_publish(user_id=event["user"], view=view)


async def quick(ack: Any) -> None:
    await ack()


def listening(client: AsyncWebClient) -> AsyncApp:
    """An app with one listener of each kind, which does what bots usually do."""
    app = AsyncApp(client=client, signing_secret=WEST.signing_secret, process_before_response=True)
    app.command("/log")(log)
    app.command("/coach")(coach)
    app.action("undo")(undo)
    app.action("pick")(pick)
    app.options("account")(account)
    app.view("note")(note)
    app.event("app_home_opened")(opened)
    app.shortcut("quick")(quick)
    return app


@pytest.fixture
async def bolt(slack: Sandbox) -> AsyncIterator[AsyncApp]:
    client = AsyncWebClient(WEST.bot_token, base_url=slack.api_url, retry_handlers=[])
    app = listening(client)
    runner = web.AppRunner(app.server(path="/slack/events").web_app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield app
    await runner.cleanup()


async def test_a_command_a_button_and_a_menu(slack: Sandbox, bolt: AsyncApp, riley: Person) -> None:
    reply = await (await riley.command("/log", "5 calls", channel="C01WEST")).answered()
    assert reply.text == "Recorded 5 calls"
    await riley.press(reply, "pick", "demos")
    assert slack.messages("C01WEST")[-1].text == "Chosen demos"
    undone = await riley.press(reply, "undo")
    assert undone.text == "Undone 7"
    assert [m.text for m in riley.ephemerals()] == ["Undone 7"]


async def test_a_modal_from_a_command(bolt: AsyncApp, riley: Person) -> None:
    reply = await riley.command("/coach")
    assert reply.modal is not None
    refused = await riley.submit(reply, {"note": {"text": "bad"}})
    assert refused.errors == {"note": "No"}
    assert (await riley.submit(reply, {"note": {"text": "fine"}})).closed


async def test_the_home_tab_and_its_suggestions(bolt: AsyncApp, riley: Person) -> None:
    assert (await riley.open_home()).ok
    await until(lambda: riley.home is not None)
    assert riley.home is not None
    assert await riley.suggest(riley.home, "account", "acme") == [option("acme")]


async def test_a_shortcut_and_what_nobody_knows(bolt: AsyncApp, riley: Person) -> None:
    assert (await riley.shortcut("quick")).ok
    unknown = await riley.command("/unheard")
    assert (unknown.status, unknown.error) == (404, "dispatch_failed")
