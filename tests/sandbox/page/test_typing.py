"""Typing: messages, commands and their completion, threads, and what others see of it."""

from playwright.async_api import expect

from sandbox import Sandbox
from tests.sandbox.page.bot import KitchenBot
from tests.sandbox.page.conftest import LOOP
from tests.sandbox.page.screen import Screen

pytestmark = LOOP


async def test_commands_of_the_manifest_are_completed(screen: Screen, bot: KitchenBot) -> None:
    await screen.composer.press_sequentially("/")
    offered = screen.page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    await expect(offered).to_have_count(5)
    await expect(offered.first).to_contain_text("/log 5 calls with Acme")
    await screen.composer.press("ArrowDown")
    await expect(offered.nth(1)).to_have_attribute("aria-selected", "true")
    await screen.composer.press_sequentially("l")
    await expect(offered).to_have_count(1)
    await screen.composer.press("Tab")
    await expect(screen.composer).to_have_value("/log ")
    await screen.composer.press_sequentially("5 calls")
    await screen.composer.press("Enter")
    await expect(screen.last).to_contain_text("Recorded: 5 calls")
    assert bot.heard[-1]["command"] == "/log"


async def test_an_ephemeral_answer_is_marked_and_seen_by_one_person_alone(screen: Screen) -> None:
    await screen.types("/log 5 calls")
    await expect(screen.last).to_contain_text("Only visible to you")
    await screen.becomes("Sam Hill")
    await expect(screen.messages).to_have_count(0)
    await screen.becomes("Riley Stone")
    await expect(screen.last).to_contain_text("Recorded: 5 calls")


async def test_people_are_offered_and_go_to_the_bot_as_ids(screen: Screen, bot: KitchenBot) -> None:
    await screen.composer.press_sequentially("/log demo with @sa")
    await screen.page.get_by_role("option", name="Sam Hill").click()
    await screen.composer.press_sequentially("& Co <1h")
    await screen.composer.press("Enter")
    await expect(screen.last).to_contain_text("@Sam Hill & Co <1h")
    assert bot.heard[-1]["text"] == "demo with <@U03SAM|sam> &amp; Co &lt;1h"


async def test_messages_are_said_and_seen_by_all(screen: Screen, slack: Sandbox) -> None:
    await screen.types("Hello *all*")
    await expect(screen.last).to_contain_text("Hello all")
    await expect(screen.last.get_by_role("time")).to_have_text("9:00 AM")
    await screen.becomes("Sam Hill")
    await expect(screen.last).to_contain_text("Hello all")
    await expect(screen.last.get_by_role("time")).to_have_text("4:00 AM")
    assert [message.text for message in slack.messages("C01WEST")] == ["Hello *all*"]


async def test_what_goes_wrong_is_said_as_slack_says_it(screen: Screen) -> None:
    await screen.types("/fail")
    await expect(screen.last).to_contain_text("/fail failed with the error “dispatch_failed”")
    await screen.types("/nothing")
    await expect(screen.last).to_contain_text("/nothing is not a valid command")


async def test_a_thread_opens_beside_and_takes_replies(screen: Screen, slack: Sandbox) -> None:
    await screen.types("Who comes along?")
    await screen.last.hover()
    await screen.last.get_by_role("button", name="Reply in thread").click()
    thread = screen.page.get_by_role("complementary", name="Thread")
    reply = thread.get_by_role("combobox", name="Reply")
    await reply.fill("I do")
    await reply.press("Enter")
    await expect(thread.locator("li.message")).to_have_count(2)
    await reply.fill("/log 1 call")
    await reply.press("Enter")
    await expect(screen.last).to_contain_text("/log is not supported in threads. Sorry!")
    await thread.get_by_role("button", name="Close thread").click()
    await screen.button("1 reply").click()
    await expect(thread).to_contain_text("I do")
    first, second = slack.messages("C01WEST")
    assert second.thread_ts == first.ts


async def test_an_edited_message_says_so_and_a_deleted_one_goes(screen: Screen) -> None:
    await screen.types("/log 5 calls")
    await screen.button("Again").click()
    await expect(screen.last).to_contain_text("Said again")
    await expect(screen.last).to_contain_text("(edited)")
    await screen.types("/log 6 calls")
    await expect(screen.messages).to_have_count(2)
    await screen.button("Undo").click()
    await expect(screen.messages).to_have_count(1)


async def test_formatting_is_put_around_what_is_selected(screen: Screen) -> None:
    await screen.composer.fill("calls")
    await screen.composer.press("Control+a")
    await screen.button("Bold").click()
    await expect(screen.composer).to_have_value("*calls*")
    await screen.composer.press("Shift+Enter")
    await screen.composer.press("Enter")
    await expect(screen.last.locator("strong", has_text="calls")).to_be_visible()
