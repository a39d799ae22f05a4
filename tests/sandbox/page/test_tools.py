"""Beside Slack: the inspector, faults, time, and the tour."""

from dataclasses import replace

from playwright.async_api import Locator, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Host, ManualClock, Sandbox, Step
from tests.sandbox.page.conftest import LOOP
from tests.sandbox.page.screen import Screen
from tests.sandbox.refusals import error
from tests.sandbox.samples import WEST

pytestmark = LOOP


async def inspector(screen: Screen) -> Locator:
    await screen.button("Inspector").click()
    return screen.page.get_by_role("complementary", name="Inspector")


async def test_requests_and_answers_are_shown_both_ways(screen: Screen) -> None:
    await screen.types("/post Hello")
    panel = await inspector(screen)
    lines = panel.locator("button.line")
    await expect(lines).to_contain_text(["/post", "chat.postMessage"])
    await panel.get_by_role("button", name="To Slack").click()
    await expect(lines).to_have_count(1)
    await lines.first.click()
    await expect(panel.get_by_label("Request", exact=True)).to_contain_text('"text": "Hello"')
    await expect(panel.get_by_label("Answer", exact=True)).to_contain_text('"ok": true')
    assert WEST.bot_token not in await panel.inner_text()


async def test_faults_are_ordered_and_taken_back(screen: Screen, client: AsyncWebClient) -> None:
    panel = await inspector(screen)
    await panel.get_by_label("Method").select_option("chat.postMessage")
    await panel.get_by_role("button", name="Token revoked").click()
    planned = panel.get_by_role("status")
    await expect(planned).to_contain_text("token_revoked at chat.postMessage, 1×")
    assert await error(client.chat_postMessage(channel="C01WEST", text="x")) == "token_revoked"
    await expect(planned).to_be_hidden()
    await panel.get_by_label("every time").check()
    for name in ("429", "Slow", "503", "before accepting", "after accepting"):
        await panel.get_by_role("button", name=name).click()
    await expect(planned.get_by_role("listitem")).to_have_count(5)
    await expect(planned).to_contain_text("Dropped after accepting at chat.postMessage, every time")
    await panel.get_by_role("button", name="Everything works again").click()
    await expect(planned).to_be_hidden()
    await client.chat_postMessage(channel="C01WEST", text="It works")
    await expect(screen.last).to_contain_text("It works")


async def test_time_is_shown_and_moved(screen: Screen, clock: ManualClock) -> None:
    bar = screen.page.get_by_role("region", name="Time")
    await expect(bar).to_contain_text("Mon, 23 Nov 2026, 9:00 AM London")
    await bar.get_by_role("button", name="Next nudge").click()
    done = screen.page.get_by_role("region", name="What happened")
    await expect(done.get_by_role("listitem")).to_have_text(
        ["Riley's nudge at 09:30", "1 nudge sent"]
    )
    await expect(bar).to_contain_text("10:00 AM")
    await done.get_by_role("button", name="Dismiss").click()
    await expect(done).to_be_hidden()
    await bar.get_by_role("button", name="Date…").click()
    await screen.button("Friday 27 November 2026").click()
    await expect(done).to_contain_text("On to 2026-11-27")
    await expect(bar).to_contain_text("Fri, 27 Nov 2026")
    await screen.becomes("Sam Hill")
    await expect(bar).to_contain_text("5:00 AM New York")


async def test_a_control_that_refuses_says_why(screen: Screen) -> None:
    await screen.button("Next digest").click()
    done = screen.page.get_by_role("region", name="What happened")
    await expect(done).to_contain_text("Nothing is due any more")
    await expect(screen.button("Next digest")).to_be_enabled()


async def test_a_tour_goes_on_with_what_one_does(
    screen: Screen, slack: Sandbox, client: AsyncWebClient, host: Host
) -> None:
    steps = (
        Step("This is Slack."),
        Step("Log something.", "command", "/log", suggests="/log 5 calls"),
        Step("Press a button.", "press", "ag"),
        Step("Open your messages.", "place", "im"),
        Step("Wait for it.", "message", "im"),
        Step("Move time.", "control", "nudge"),
        Step("Be the manager.", "person", "U01MORGAN"),
        Step("Open a form.", "modal"),
    )
    slack.host_program = replace(host, tour=steps)
    tour = screen.page.get_by_role("complementary", name="Tour")
    await tour.get_by_role("button", name="Next").click()
    await tour.get_by_role("button", name="Type it for me").click()
    await screen.composer.press("Enter")
    await expect(tour).to_contain_text("Press a button.")
    await screen.button("Again").click()
    await expect(tour).to_contain_text("Open your messages.")
    await screen.goes_to("Pacesetter")
    await screen.button("Messages").click()
    await expect(tour).to_contain_text("Wait for it.")
    await client.chat_postMessage(channel="U02RILEY", text="It")
    await expect(tour).to_contain_text("Move time.")
    await screen.button("Next nudge").click()
    await expect(tour).to_contain_text("Be the manager.")
    await screen.becomes("Morgan Price")
    await expect(tour).to_contain_text("Open a form.")
    await screen.opens_form()
    await expect(tour).to_be_hidden()


async def test_a_tour_that_was_sent_away_stays_away_until_asked_for(
    screen: Screen, slack: Sandbox, host: Host
) -> None:
    slack.host_program = replace(host, tour=(Step("This is Slack."),))
    tour = screen.page.get_by_role("complementary", name="Tour")
    await tour.get_by_role("button", name="End the tour").click()
    await screen.page.reload()
    await expect(screen.composer).to_be_visible()
    await expect(tour).to_be_hidden()
    await screen.button("Tour").click()
    await expect(tour).to_contain_text("This is Slack.")


async def test_light_and_dark_are_kept(screen: Screen) -> None:
    body = screen.page.locator("main")
    await expect(body).to_have_css("background-color", "rgb(255, 255, 255)")
    await screen.button("Dark").click()
    await expect(body).to_have_css("background-color", "rgb(26, 29, 33)")
    await screen.page.reload()
    await expect(body).to_have_css("background-color", "rgb(26, 29, 33)")
