"""Shortcuts of messages and of everybody's menu; a person's own messages, edited and deleted."""

from dataclasses import replace

import pytest

from sandbox import ManualClock, NotPossible, Person, Sandbox, Shortcut
from tests.patience import PATIENCE_S
from tests.sandbox.conftest import Bot
from tests.sandbox.samples import WEST, modal

DECLARED = (
    Shortcut("Log this", "message", "log_this"),
    Shortcut("Log a behaviour", "global", "log_new"),
)


async def test_a_message_shortcut_brings_the_message_and_an_address_for_the_answer(
    bot: Bot, riley: Person, sam: Person
) -> None:
    said = await sam.say("3 calls with Acme", "C01WEST")
    await riley.message_action(said, "log_this")
    payload = bot.last.payload
    assert (payload["type"], payload["callback_id"]) == ("message_action", "log_this")
    assert payload["message"]["text"] == "3 calls with Acme"
    assert payload["message"]["client_msg_id"] == said.client_msg_id
    assert payload["channel"] == {"id": "C01WEST", "name": "west"}
    assert payload["response_url"].startswith("http")


async def test_a_global_shortcut_comes_from_nowhere(bot: Bot, riley: Person) -> None:
    await riley.shortcut("log_new")
    assert not {"response_url", "channel", "message"} & bot.last.payload.keys()
    assert bot.last.payload["trigger_id"]


async def test_only_declared_shortcuts_are_there_and_none_on_what_one_person_sees(
    clock: ManualClock, riley: Person, bot: Bot
) -> None:
    bot.answer = {"text": "Only you see this"}
    seen = (await riley.command("/log", channel="C01WEST")).message
    assert seen is not None
    with pytest.raises(NotPossible):
        await riley.message_action(seen, "log_this")
    async with Sandbox([replace(WEST, shortcuts=DECLARED)], clock=clock).patient(
        PATIENCE_S
    ) as slack:
        with pytest.raises(NotPossible):
            await slack.person("U02RILEY").shortcut("log_this")


async def test_edits_and_deletions_are_told_without_a_user(bot: Bot, riley: Person) -> None:
    said = await riley.say("3 calls")
    changed = await riley.change(said, "4 calls")
    event = bot.last.payload["event"]
    assert (event["subtype"], event["message"]["text"]) == ("message_changed", "4 calls")
    assert event["previous_message"]["text"] == "3 calls"
    await riley.delete(changed)
    event = bot.last.payload["event"]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", said.ts)
    assert riley.direct_messages() == []


async def test_the_cross_closes_all_and_says_so_for_the_lowest(
    slack: Sandbox, bot: Bot, riley: Person
) -> None:
    screens = slack.team().screens
    lowest = screens.open(riley.id, modal(notify_on_close=True))
    screens.push(riley.id, modal())
    await riley.close()
    assert (riley.modal, bot.heard) == (lowest, [])
    screens.push(riley.id, modal())
    await riley.close(everything=True)
    payload = bot.last.payload
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", True)
    assert payload["view"]["id"] == lowest.id
    assert riley.modal is None
