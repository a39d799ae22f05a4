"""Buttons, menus and pickers, in messages, in the Home tab and in modals."""

from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Message, NotPossible, Person, Sandbox
from tests.sandbox.conftest import Bot
from tests.sandbox.samples import (
    Json,
    actions,
    button,
    entry,
    home,
    modal,
    option,
    plain,
    section,
    select,
)


async def posted(slack: Sandbox, client: AsyncWebClient, *blocks: Json) -> Message:
    """A message in the team's channel."""
    await client.chat_postMessage(channel="C01WEST", text="x", blocks=list(blocks))
    return slack.messages("C01WEST")[-1]


async def test_a_button_in_a_message(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    message = await posted(slack, client, actions(button(value="7"), block_id="row"))
    reply = await riley.press(message, "undo")
    payload = bot.last.payload
    assert (reply.status, payload["type"]) == (200, "block_actions")
    assert payload["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": "C01WEST",
        "is_ephemeral": False,
    }
    assert payload["channel"] == {"id": "C01WEST", "name": "west"}
    assert payload["message"]["ts"] == message.ts
    assert payload["is_enterprise_install"] is False
    [action] = payload["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("undo", "row", "7")
    assert "view" not in payload
    assert bot.last.form.keys() == {"payload"}


async def test_a_button_in_an_ephemeral_message(bot: Bot, riley: Person, sam: Person) -> None:
    bot.answer = {"blocks": [actions(button())]}
    reply = await riley.command("/log", channel="C01WEST")
    bot.answer = ""
    await riley.press(reply, "undo")
    assert bot.last.payload["container"]["is_ephemeral"] is True
    assert "message" not in bot.last.payload
    assert reply.message is not None
    with pytest.raises(NotPossible, match="somebody else"):
        await sam.press(reply.message, "undo")


async def test_a_button_in_the_home_tab(client: AsyncWebClient, bot: Bot, riley: Person) -> None:
    await client.views_publish(user_id="U02RILEY", view=home(actions(button())))
    assert riley.home is not None
    await riley.press(riley.home, "undo")
    payload = bot.last.payload
    assert payload["container"] == {"type": "view", "view_id": riley.home.id}
    assert payload["view"]["type"] == "home"
    assert not {"message", "channel", "response_url"} & payload.keys()


def menu(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "use", **more}


OPTIONS = {"options": [option("calls"), option("demos")]}
USES: dict[str, tuple[Json, Any, Json]] = {
    "select": (select(action_id="use"), "demos", {"selected_option": option("demos")}),
    "overflow": (menu("overflow", **OPTIONS), "calls", {"selected_option": option("calls")}),
    "radio": (menu("radio_buttons", **OPTIONS), "calls", {"selected_option": option("calls")}),
    "boxes": (menu("checkboxes", **OPTIONS), ["calls"], {"selected_options": [option("calls")]}),
    "no boxes": (menu("checkboxes", **OPTIONS), None, {"selected_options": []}),
    "multi": (
        menu("multi_static_select", **OPTIONS),
        ["demos"],
        {"selected_options": [option("demos")]},
    ),
    "user": (menu("users_select"), "U03SAM", {"selected_user": "U03SAM"}),
    "channel": (menu("channels_select"), "C01WEST", {"selected_channel": "C01WEST"}),
    "conversation": (
        menu("conversations_select"),
        "C01WEST",
        {"selected_conversation": "C01WEST"},
    ),
    "users": (menu("multi_users_select"), ["U03SAM"], {"selected_users": ["U03SAM"]}),
    "date": (menu("datepicker"), "2026-11-23", {"selected_date": "2026-11-23"}),
    "time": (menu("timepicker"), "09:30", {"selected_time": "09:30"}),
    "instant": (menu("datetimepicker"), 1_795_424_400, {"selected_date_time": 1_795_424_400}),
}


@pytest.mark.parametrize("case", USES)
async def test_each_element_carries_its_own_field(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person, case: str
) -> None:
    element, value, expected = USES[case]
    message = await posted(slack, client, actions(element))
    await riley.press(message, "use", value)
    [action] = bot.last.payload["actions"]
    assert expected.items() <= action.items()


async def test_what_was_chosen_stays_in_the_state(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person, sam: Person
) -> None:
    message = await posted(slack, client, actions(select(), button(), block_id="row"))
    await riley.press(message, "pick", "demos")
    await riley.press(message, "undo")
    state = bot.last.payload["state"]["values"]["row"]["pick"]
    assert state["selected_option"]["value"] == "demos"
    await sam.press(message, "undo")
    assert bot.last.payload["state"]["values"]["row"]["pick"]["selected_option"] is None


async def test_what_is_not_there_cannot_be_pressed(
    slack: Sandbox, client: AsyncWebClient, riley: Person
) -> None:
    message = await posted(slack, client, actions(select()))
    with pytest.raises(NotPossible, match="pick"):
        await riley.press(message, "undo")
    with pytest.raises(NotPossible, match="golf"):
        await riley.press(message, "pick", "golf")
    await client.chat_delete(channel="C01WEST", ts=message.ts)
    with pytest.raises(NotPossible, match="gone"):
        await riley.press(message, "pick", "calls")


async def test_a_press_meets_the_message_as_it_is_now(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    message = await posted(slack, client, actions(button("undo")))
    changed = [actions(button("redo"))]
    await client.chat_update(channel="C01WEST", ts=message.ts, text="x", blocks=changed)
    with pytest.raises(NotPossible, match="redo"):
        await riley.press(message, "undo")
    await riley.press(message, "redo")


async def test_a_press_can_replace_or_delete_its_message(bot: Bot, riley: Person) -> None:
    bot.answer = {"blocks": [actions(button())]}
    reply = await riley.command("/log", channel="C01WEST")
    bot.answer = ""
    pressed = await riley.press(reply, "undo")
    url = bot.last.payload["response_url"]
    async with ClientSession() as session:
        changed = {"replace_original": True, "text": "Undone", "blocks": [actions(button("redo"))]}
        await session.post(url, json=changed)
        assert pressed.message is not None
        assert (pressed.text, pressed.message.ts) == ("Undone", riley.ephemerals()[0].ts)
        await session.post(url, json={"delete_original": True})
    assert riley.ephemerals() == []


async def test_suggestions(client: AsyncWebClient, bot: Bot, riley: Person, slack: Sandbox) -> None:
    external = menu("external_select", min_query_length=1)
    message = await posted(slack, client, section(accessory=external))
    bot.answer = {"options": [option("acme")]}
    assert await riley.suggest(message, "use", "ac") == [option("acme")]
    assert (bot.last.payload["type"], bot.last.payload["value"]) == ("block_suggestion", "ac")
    bot.answer = ""
    await riley.press(message, "use", option("acme"))
    assert bot.last.payload["actions"][0]["selected_option"]["value"] == "acme"


async def test_a_press_in_a_modal_sends_its_state(
    client: AsyncWebClient, bot: Bot, riley: Person, slack: Sandbox
) -> None:
    blocks = [actions(select(), block_id="row"), entry(initial_value="met the CFO")]
    ticket = slack.team().tickets.trigger("U02RILEY")
    await client.views_open(trigger_id=ticket, view=modal(*blocks))
    assert riley.modal is not None
    await riley.press(riley.modal, "pick", "demos")
    values = bot.last.payload["view"]["state"]["values"]
    assert values["row"]["pick"]["selected_option"]["value"] == "demos"
    assert values["note"]["text"]["value"] == "met the CFO"


async def test_shortcuts(slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person) -> None:
    await riley.shortcut("log")
    assert (bot.last.payload["type"], bot.last.payload["callback_id"]) == ("shortcut", "log")
    message = await posted(slack, client, {"type": "header", "text": plain("x")})
    await riley.message_action(message, "kudos")
    assert bot.last.payload["type"] == "message_action"
    assert bot.last.payload["message"]["ts"] == message.ts
    assert bot.last.payload["response_url"]
