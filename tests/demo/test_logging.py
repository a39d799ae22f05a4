"""Logging where the work is, at the demo's page in Chromium: a shortcut, a form, a sentence."""

from playwright.async_api import Page, expect

from tests.demo.test_tour import chromium, open_messages, page
from tests.sandbox.page.screen import Screen

__all__ = ["chromium", "page"]


async def test_a_message_is_logged_and_a_sentence_is_answered(page: Page) -> None:
    screen = Screen(page)
    await screen.goes_to("general")
    await screen.types("Lovely first meeting with Acme Corp, they liked it")
    await screen.last.hover()
    await screen.last.get_by_role("button", name="More actions for this message").click()
    await page.get_by_role("menuitem", name="Log this").click()
    await expect(screen.modal.get_by_label("What")).to_have_value("First meetings")
    await expect(screen.modal.get_by_label("How much")).to_have_value("1")
    await expect(screen.modal.get_by_label("Account")).to_have_value("Acme Corp")
    await screen.modal.get_by_role("button", name="Save").click()
    await expect(screen.modal).to_be_hidden()
    await expect(screen.last).to_contain_text("Only visible to you")
    await expect(screen.last).to_contain_text("Recorded 1 × First meetings for today")

    await open_messages(screen)
    await screen.types("3 calls and a proposal with Beta yesterday")
    await expect(screen.last).to_contain_text("3 × ")
    await expect(screen.last).to_contain_text("1 × Proposals")
    await screen.last.get_by_role("button", name="Undo").click()
    await expect(screen.last).to_contain_text("Taken back")

    await screen.button("Shortcuts").click()
    await page.get_by_role("menuitem", name="Log a behaviour").click()
    await screen.chooses(screen.modal.get_by_label("What"), "Proposals")
    await screen.modal.get_by_label("How much").fill("2")
    await screen.modal.get_by_role("button", name="Save").click()
    await expect(screen.last).to_contain_text("2 × Proposals")
