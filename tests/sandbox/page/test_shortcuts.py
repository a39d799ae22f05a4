"""Shortcuts from a message's menu and from ⚡; files; words to the app; leaving stacked modals."""

from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.page.bot import KitchenBot
from tests.sandbox.page.conftest import LOOP
from tests.sandbox.page.kitchen import form
from tests.sandbox.page.screen import Screen
from tests.sandbox.samples import modal, section

pytestmark = LOOP


async def test_a_message_has_a_menu_of_shortcuts(screen: Screen, bot: KitchenBot) -> None:
    await screen.types("3 calls with Acme")
    await screen.last.hover()
    await screen.last.get_by_role("button", name="More actions for this message").click()
    await screen.page.get_by_role("menuitem", name="Log this").click()
    await expect(screen.modal).to_be_visible()
    assert bot.heard[-1]["message"]["text"] == "3 calls with Acme"


async def test_the_menu_works_with_the_keyboard_alone(screen: Screen, bot: KitchenBot) -> None:
    opens = screen.button("Shortcuts")
    await opens.focus()
    await opens.press("Enter")
    entry = screen.page.get_by_role("menuitem", name="Log something")
    await expect(entry).to_be_focused()
    await entry.press("Escape")
    await expect(opens).to_be_focused()
    await opens.press("Enter")
    await entry.press("Enter")
    await expect(screen.modal).to_be_visible()
    assert bot.heard[-1]["callback_id"] == "log_new"


async def test_a_shortcut_that_fails_says_so(screen: Screen, slack: Sandbox) -> None:
    slack.request_url = "http://127.0.0.1:9/"
    await screen.button("Shortcuts").click()
    await screen.page.get_by_role("menuitem", name="Log something").click()
    await expect(screen.last).to_contain_text("Log something: The app failed to answer")


async def test_words_to_the_app_reach_it(screen: Screen, bot: KitchenBot) -> None:
    await screen.goes_to("Pacesetter")
    await screen.button("Messages").click()
    await screen.types("3 calls & a demo")
    await expect(screen.last).to_contain_text("3 calls & a demo")
    event = bot.heard[-1]["event"]
    assert (event["channel_type"], event["text"]) == ("im", "3 calls &amp; a demo")


async def test_a_file_can_be_saved(screen: Screen, client: AsyncWebClient) -> None:
    await client.files_upload_v2(
        filename="mine.csv", content="day,calls\n", title="Your data", channel="C01WEST"
    )
    link = screen.last.get_by_role("link", name="Your data")
    async with screen.page.expect_download() as saving:
        await link.click()
    saved = await saving.value
    assert saved.suggested_filename == "mine.csv"
    assert (await saved.path()).read_text() == "day,calls\n"


async def test_back_leaves_one_modal_the_cross_leaves_all(screen: Screen, bot: KitchenBot) -> None:
    bot.form = {**form(only="line"), "notify_on_close": True}
    bot.submitted = lambda _: {"response_action": "push", "view": modal(section("On top"))}
    await screen.opens_form()
    await screen.modal.get_by_label("Line").fill("2 visits")
    for leaving, left in (("Back", 1), ("Close", 0)):
        await screen.modal.get_by_role("button", name="Save").click()
        await expect(screen.modal).to_contain_text("On top")
        await screen.modal.get_by_role("button", name=leaving, exact=True).first.click()
        await expect(screen.modal).to_have_count(left)
    assert (bot.heard[-1]["type"], bot.heard[-1]["is_cleared"]) == ("view_closed", True)
