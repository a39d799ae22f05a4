"""Modals: every kind of input filled in, errors of the client and of the bot, the stack."""

from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Locator, expect

from tests.sandbox.page.bot import KitchenBot
from tests.sandbox.page.conftest import LOOP
from tests.sandbox.page.kitchen import INPUTS, form, label
from tests.sandbox.page.screen import Screen
from tests.sandbox.samples import modal, section

pytestmark = LOOP

Fill = Callable[[Screen, Locator], Awaitable[None]]


def typing(text: str) -> Fill:
    async def fill(screen: Screen, field: Locator) -> None:
        await field.fill(text)

    return fill


def choosing(*options: str) -> Fill:
    async def fill(screen: Screen, field: Locator) -> None:
        for option in options:
            await screen.chooses(field, option)

    return fill


async def picking_a_day(screen: Screen, field: Locator) -> None:
    await field.click()
    await screen.button("Wednesday 25 November 2026").click()


async def ticking(screen: Screen, field: Locator) -> None:
    await field.get_by_label("Demos").check()


async def picking_an_instant(screen: Screen, field: Locator) -> None:
    await screen.chooses(screen.modal.get_by_label("Datetimepicker, time"), "14:30")


FILLED: dict[str, tuple[Fill, Any]] = {
    "line": (typing("5 calls"), "5 calls"),
    "lines": (typing("One\nTwo"), "One\nTwo"),
    "static_select": (choosing("Demos"), "demos"),
    "multi_static_select": (choosing("Demos", "Calls"), ["demos", "calls"]),
    "users_select": (choosing("Sam Hill"), "U03SAM"),
    "multi_users_select": (choosing("Sam Hill", "Morgan"), ["U03SAM", "U01MORGAN"]),
    "channels_select": (choosing("west"), "C01WEST"),
    "multi_channels_select": (choosing("west"), ["C01WEST"]),
    "conversations_select": (choosing("west"), "C01WEST"),
    "multi_conversations_select": (choosing("lounge"), ["C02LOUNGE"]),
    "external_select": (choosing("Other"), "other"),
    "datepicker": (picking_a_day, "2026-11-25"),
    "timepicker": (choosing("16:00"), "16:00"),
    "datetimepicker": (picking_an_instant, 1795444200),
    "checkboxes": (ticking, ["demos"]),
    "radio_buttons": (ticking, "demos"),
    "number_input": (typing("12"), "12"),
    "email_text_input": (typing("riley@example.com"), "riley@example.com"),
    "url_text_input": (typing("https://example.com/x"), "https://example.com/x"),
}


def plain_value(state: dict[str, Any]) -> Any:
    """What a state holds, options by their values."""
    [held] = [value for key, value in state.items() if key != "type"]
    if isinstance(held, list):
        return [one["value"] if isinstance(one, dict) else one for one in held]
    return held["value"] if isinstance(held, dict) else held


def submitted(bot: KitchenBot) -> dict[str, Any]:
    [last] = [one for one in bot.heard if one.get("type") == "view_submission"][-1:]
    values: dict[str, Any] = last["view"]["state"]["values"]
    return values


async def test_every_kind_of_input(screen: Screen, bot: KitchenBot) -> None:
    assert [entry["action_id"] for entry in INPUTS] == list(FILLED)
    shown = await screen.opens_form()
    await shown.get_by_role("button", name="Save").click()
    missing = shown.get_by_text("Please complete this required field.")
    await expect(missing).to_have_count(len(FILLED))
    for action_id, (fill, _) in FILLED.items():
        block = shown.locator(".input-block").filter(has_text=f"A hint for {action_id}")
        [entry] = [entry for entry in INPUTS if entry["action_id"] == action_id]
        await fill(screen, block.get_by_label(label(entry)).first)
    await shown.get_by_role("button", name="Save").click()
    await expect(shown).to_be_hidden()
    values = submitted(bot)
    held = {name: plain_value(values[f"in_{name}"][name]) for name in FILLED}
    assert held == {name: expected for name, (_, expected) in FILLED.items()}


REFUSED = [
    ("lines", "Hi", "Enter at least 5 characters."),
    ("number_input", "1.5", "Enter a whole number."),
    ("number_input", "0", "Enter at least 1."),
    ("email_text_input", "riley", "Enter a valid email address."),
    ("url_text_input", "example", "Enter a valid address, beginning with http."),
]


async def test_what_slacks_client_refuses(screen: Screen, bot: KitchenBot) -> None:
    for action_id, typed, words in REFUSED:
        bot.form = form(only=action_id)
        shown = await screen.opens_form()
        await shown.get_by_role("textbox").fill(typed)
        await shown.get_by_role("button", name="Save").click()
        await expect(shown.get_by_role("alert")).to_have_text(words)
        await expect(shown.get_by_role("textbox")).to_be_focused()
        await screen.page.keyboard.press("Escape")
        await expect(shown).to_be_hidden()


async def test_errors_of_the_bot_stand_at_their_inputs(screen: Screen, bot: KitchenBot) -> None:
    bot.form = form(only="line")
    errors = {"in_line": "I don't know “visitz”. Did you mean visits?"}
    bot.submitted = lambda _: {"response_action": "errors", "errors": errors}
    shown = await screen.opens_form()
    await shown.get_by_label("Line").fill("2 visitz")
    await shown.get_by_label("Line").press("Enter")
    await expect(shown.get_by_role("alert")).to_have_text(errors["in_line"])
    await expect(shown.get_by_label("Line")).to_have_attribute("aria-invalid", "true")
    await expect(shown.get_by_label("Line")).to_have_value("2 visitz")
    bot.submitted = lambda _: ""
    await shown.get_by_label("Line").fill("2 visits")
    await shown.get_by_role("button", name="Save").click()
    await expect(shown).to_be_hidden()
    await expect(screen.composer).to_be_focused()


async def test_modals_are_updated_and_stacked(screen: Screen, bot: KitchenBot) -> None:
    bot.form = form(only="line")
    second = modal(section("Are these right?"), submit=None)
    bot.submitted = lambda _: {"response_action": "push", "view": second}
    shown = await screen.opens_form()
    await shown.get_by_label("Line").fill("2 visits")
    await shown.get_by_role("button", name="Save").click()
    await expect(shown).to_contain_text("Are these right?")
    await shown.locator("footer").get_by_role("button", name="Close").click()
    await expect(shown.get_by_label("Line")).to_have_value("2 visits")
    bot.submitted = lambda _: {"response_action": "update", "view": second}
    await shown.get_by_role("button", name="Save").click()
    await expect(shown).to_contain_text("Are these right?")
    await screen.page.keyboard.press("Escape")
    await expect(shown).to_be_hidden()


async def test_a_bot_that_fails_leaves_the_form_open(screen: Screen, bot: KitchenBot) -> None:
    from aiohttp import web

    bot.form = form(only="line")
    bot.submitted = lambda _: web.Response(status=500)
    shown = await screen.opens_form()
    await shown.get_by_label("Line").fill("2 visits")
    await shown.get_by_role("button", name="Save").click()
    await expect(shown.get_by_role("alert")).to_contain_text("failed to answer")
    await expect(shown.get_by_label("Line")).to_have_value("2 visits")
