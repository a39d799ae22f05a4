"""Home in Chromium: opened, logged from with one tap, taken back, and right after a command."""

from playwright.async_api import Locator, Page, expect

from tests.demo.test_tour import chromium, page
from tests.sandbox.page.screen import Screen

__all__ = ["chromium", "page"]


async def test_a_rep_logs_from_home_takes_it_back_and_sees_what_a_command_did(page: Page) -> None:
    screen = Screen(page)
    await close_tour(screen)
    await open_home(screen)
    calls = block(page, "Prospecting calls")
    await expect(calls).to_contain_text("0 of 10 today")

    await page.get_by_role("button", name="Log 5 × Prospecting calls").click()
    await expect(calls).to_contain_text("5 of 10 today")
    await expect(page.get_by_role("main")).to_contain_text("Recorded 5 × Prospecting calls")

    await screen.button("Undo").click()
    await expect(calls).to_contain_text("0 of 10 today")

    await screen.goes_to("harbour")
    await screen.types("/log 3 calls")
    await open_home(screen)
    await expect(calls).to_contain_text("3 of 10 today")


async def test_own_settings_are_saved_and_said_in_home(page: Page) -> None:
    screen = Screen(page)
    await close_tour(screen)
    await open_home(screen)
    await screen.button("My settings").click()
    await screen.modal.get_by_role("checkbox", name="Friday").check()
    await screen.button("Save").click()
    await expect(screen.modal).to_be_hidden()
    await expect(page.get_by_role("main")).to_contain_text("Your nudges come at 09:00, not on")


async def close_tour(screen: Screen) -> None:
    await screen.button("End the tour").click()


async def open_home(screen: Screen) -> None:
    await screen.goes_to("Pacesetter")
    tabs = screen.page.get_by_role("navigation", name="Pacesetter")
    await tabs.get_by_role("button", name="Home").click()


def block(page: Page, name: str) -> Locator:
    """The smallest part of Home that says the name and how it stands."""
    parts = page.get_by_role("main").locator("div").filter(has_text=name)
    return parts.filter(has_text="this week").last
