"""Every interactive element of a message, used with the mouse; and the bot hears of it."""

import json
from typing import Any

import pytest_asyncio
from playwright.async_api import expect

from sandbox import Sandbox
from tests.patience import until
from tests.sandbox.page.bot import KitchenBot
from tests.sandbox.page.conftest import LOOP
from tests.sandbox.page.screen import Screen

pytestmark = LOOP

CHOICES = [
    ("static_select", "Pick a behaviour", "Demos", '"selected_option": {"text"'),
    ("users_select", "Somebody", "Sam Hill", '"selected_user": "U03SAM"'),
    ("multi_static_select", "Several", "Calls", '"value": "calls"'),
    ("timepicker", "When?", "09:30", '"selected_time": "09:30"'),
]


async def pressed(bot: KitchenBot, action_id: str) -> Any:
    """The latest action with this id, once it is there."""
    await until(lambda: bool(bot.pressed(action_id)))
    return bot.pressed(action_id)[-1]


@pytest_asyncio.fixture(loop_scope="session")
async def elements(screen: Screen) -> Screen:
    await screen.shows("elements")
    return screen


async def test_buttons(elements: Screen, bot: KitchenBot) -> None:
    for name in ("Plain", "Primary"):
        await elements.button(name).click()
        assert (await pressed(bot, name.lower()))["type"] == "button"


async def test_a_confirmation_is_asked_for(elements: Screen, bot: KitchenBot) -> None:
    dialog = elements.page.get_by_role("dialog", name="Really?")
    await elements.button("Danger").click()
    await dialog.get_by_role("button", name="Rather not").click()
    await expect(dialog).to_be_hidden()
    assert not bot.pressed("danger")
    await elements.button("Danger").click()
    await expect(dialog).to_contain_text("This can't be undone.")
    await dialog.get_by_role("button", name="Do it").click()
    await pressed(bot, "danger")


async def test_selects(elements: Screen, bot: KitchenBot) -> None:
    for kind, field, option, expected in CHOICES:
        box = elements.page.get_by_role("combobox", name=field)
        await elements.chooses(box, option)
        assert expected in json.dumps(await pressed(bot, kind))
        if kind.startswith("multi"):
            await expect(elements.button(f"Remove {option}")).to_be_visible()
        else:
            await expect(box).to_have_value(option)


async def test_a_select_asks_the_bot_for_its_options(elements: Screen, bot: KitchenBot) -> None:
    box = elements.page.get_by_role("combobox", name="Search accounts")
    await box.fill("acme")
    await elements.page.get_by_role("option", name="Acme Ltd").click()
    chosen = (await pressed(bot, "external_select"))["selected_option"]
    assert chosen["value"] == "acme ltd"
    await expect(box).to_have_value("Acme Ltd")


async def test_options_come_in_groups(elements: Screen, bot: KitchenBot) -> None:
    box = elements.page.get_by_role("combobox", name="Choose an option").last
    await box.click()
    group = elements.page.get_by_role("group", name="Results")
    await group.get_by_role("option", name="Deals").click()
    assert (await pressed(bot, "grouped"))["selected_option"]["value"] == "deals"


async def test_a_date_is_picked_from_a_month(elements: Screen, bot: KitchenBot) -> None:
    await elements.button("Mon, 23 Nov 2026").click()
    await elements.button("Next month").click()
    await elements.button("Thursday 24 December 2026").click()
    assert (await pressed(bot, "datepicker"))["selected_date"] == "2026-12-24"
    await expect(elements.button("Thu, 24 Dec 2026")).to_be_focused()


async def test_date_and_time_are_one_instant_in_ones_own_zone(
    screen: Screen, bot: KitchenBot
) -> None:
    await screen.becomes("Sam Hill")
    await screen.shows("elements")
    await screen.chooses(screen.page.get_by_role("combobox", name="Date, time"), "09:30")
    instant = (await pressed(bot, "datetimepicker"))["selected_date_time"]
    assert instant == 1795444200  # 23 November 2026, 09:30 in New York


async def test_boxes(elements: Screen, bot: KitchenBot) -> None:
    await elements.page.get_by_role("checkbox", name="Calls").check()
    await elements.page.get_by_role("checkbox", name="Meetings").check()
    await until(lambda: len(bot.pressed("checkboxes")) == 2)
    chosen = bot.pressed("checkboxes")[-1]["selected_options"]
    assert [option["value"] for option in chosen] == ["calls", "meetings"]
    await elements.page.get_by_role("radio", name="Demos").check()
    assert (await pressed(bot, "radio_buttons"))["selected_option"]["value"] == "demos"


async def test_the_overflow_menu(elements: Screen, bot: KitchenBot) -> None:
    await elements.button("More actions").click()
    await elements.page.get_by_role("menuitem", name="Meetings").click()
    assert (await pressed(bot, "overflow"))["selected_option"]["value"] == "meetings"


async def test_several_are_taken_back_one_by_one(elements: Screen, bot: KitchenBot) -> None:
    box = elements.page.get_by_role("combobox", name="Several")
    await elements.chooses(box, "Calls")
    await elements.chooses(box, "Demos")
    await elements.button("Remove Calls").click()
    await until(lambda: len(bot.pressed("multi_static_select")) == 3)
    [left] = bot.pressed("multi_static_select")[-1]["selected_options"]
    assert left["value"] == "demos"


async def test_a_press_that_nobody_answers_says_so(elements: Screen, slack: Sandbox) -> None:
    slack.request_url = "http://127.0.0.1:9/"
    await elements.button("Plain").click()
    await expect(elements.last.get_by_role("alert")).to_contain_text("failed to answer")
