"""The hub of `/coach` in Chromium: the main path of a manager, by clicking and typing alone."""

from playwright.async_api import Page, expect

from bot.demo.live import LiveBot
from bot.demo.sample import MORGAN
from tests.demo.test_tour import chromium, page
from tests.sandbox.page.screen import Screen

__all__ = ["chromium", "page"]


async def test_a_manager_changes_a_target_and_a_rep_by_clicking(
    demo: LiveBot,
    page: Page,
) -> None:
    screen = Screen(page)
    await page.evaluate("localStorage.setItem('tour', 'over')")
    await page.goto(demo.slack.page_url)
    await screen.becomes(MORGAN.name)
    await screen.types("/coach")
    await expect(screen.modal).to_contain_text("Results and behaviours")

    await row(screen, "Targets")
    await screen.modal.get_by_role("button", name="Change: First meetings").click()
    await screen.modal.get_by_role("textbox", name="Target").fill("8")
    await screen.modal.get_by_role("button", name="Preview").click()
    await expect(screen.modal).to_contain_text("5 → 8")
    await screen.modal.get_by_role("button", name="Save").click()
    await expect(screen.modal).to_contain_text("8 a week")

    await screen.modal.get_by_role("button", name="‹ Back").click()
    await row(screen, "People")
    await screen.modal.get_by_role("button", name="More actions").first.click()
    await page.get_by_role("menuitem", name="Edit").click()
    await screen.modal.get_by_role("textbox", name="Segment").fill("Senior")
    await screen.modal.get_by_role("button", name="Save").click()
    await expect(screen.modal).to_contain_text("Senior")


async def row(screen: Screen, name: str) -> None:
    """Opens what the hub's row leads to."""
    await screen.modal.get_by_role("button", name=f"Open: {name}").click()
