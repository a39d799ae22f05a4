"""Somebody at the page: each sees what that person would see, live."""

from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Channel, Sandbox
from tests.sandbox.page.bot import KitchenBot
from tests.sandbox.page.conftest import LOOP
from tests.sandbox.page.screen import Screen

pytestmark = LOOP


async def test_the_switch_offers_whom_the_host_names(screen: Screen) -> None:
    await screen.page.get_by_role("button", name="You are Riley Stone").click()
    people = screen.page.get_by_role("menuitemradio")
    await expect(people).to_contain_text(["Riley Stone", "Sam Hill", "Morgan Price admin"])
    await expect(people.nth(1)).to_contain_text("New York")


async def test_each_sees_their_own_channels(screen: Screen) -> None:
    bar = screen.page.get_by_role("region", name="Channels")
    await expect(bar.get_by_role("button")).to_have_text(["west", "lounge"])
    await screen.becomes("Morgan Price")
    await expect(bar.get_by_role("button")).to_have_text(["west", "board", "secret"])


async def test_direct_messages_of_the_app_are_counted_until_read(
    screen: Screen, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="U02RILEY", text="Your nudge")
    app = screen.page.get_by_role("region", name="Apps").get_by_role("button")
    await expect(app).to_contain_text("1 unread")
    await app.click()
    await expect(screen.last).to_contain_text("Your nudge")
    await expect(app).not_to_contain_text("unread")
    await screen.becomes("Sam Hill")
    await app.click()
    await expect(screen.page.get_by_role("main")).not_to_contain_text("Your nudge")


async def test_the_home_tab_is_published_on_opening_and_works(
    screen: Screen, bot: KitchenBot
) -> None:
    await screen.page.get_by_role("navigation", name="Tools").get_by_text("Home").click()
    home = screen.page.get_by_role("region", name="Home")
    await expect(home).to_contain_text("Your scorecard")
    await expect(home.get_by_role("region", name="Calls")).to_be_visible()
    await home.get_by_role("button", name="From home").click()
    await screen.chooses(home.get_by_role("combobox"), "Deals")
    await expect(home.get_by_role("combobox")).to_have_value("Deals")
    pressed = [one for one in bot.heard if one.get("type") == "block_actions"]
    assert [one["container"]["type"] for one in pressed] == ["view", "view"]


async def test_the_app_has_messages_and_an_about(screen: Screen) -> None:
    await screen.goes_to("Pacesetter")
    await screen.button("About").click()
    about = screen.page.get_by_role("region", name="About")
    await expect(about).to_contain_text("5 calls with Acme")
    await screen.button("Messages").click()
    await screen.types("/log 5 calls")
    await expect(screen.last).to_contain_text("Recorded: 5 calls")


async def test_people_write_to_each_other_without_the_bot(
    screen: Screen, bot: KitchenBot, slack: Sandbox
) -> None:
    await screen.goes_to("Sam Hill")
    await screen.types("Lunch?")
    await expect(screen.last).to_contain_text("Lunch?")
    await screen.becomes("Sam Hill")
    await screen.goes_to("Riley Stone")
    await expect(screen.last).to_contain_text("Lunch?")
    assert bot.heard == []


async def test_what_happens_elsewhere_shows_at_once(screen: Screen, slack: Sandbox) -> None:
    sent = await slack.person("U03SAM").say("Hello from New York", "C01WEST")
    await expect(screen.last).to_contain_text("Hello from New York")
    slack.add_channel(Channel("C09NEW", "new-room", ("U02RILEY",)))
    await screen.goes_to("new-room")
    await expect(screen.page.get_by_role("heading", name="new-room", level=1)).to_be_visible()
    assert sent.ts


async def test_the_stream_comes_back_after_a_break(screen: Screen, slack: Sandbox) -> None:
    await screen.types("Before")
    port = slack.port
    await slack.stop()
    slack.world.changes.is_closed = False
    await slack.start()
    assert slack.port == port
    await slack.person("U03SAM").say("After", "C01WEST")
    await expect(screen.last).to_contain_text("After")
    await expect(screen.messages).to_have_count(2)
