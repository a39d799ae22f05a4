"""The demo's tour, taken in Chromium by clicking what its steps say, on a small laptop's screen."""

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.demo.controls import TOUR
from bot.demo.live import LiveBot
from tests.sandbox.page.conftest import CHROMIUM, FLAGS, chromium
from tests.sandbox.page.screen import Screen

__all__ = ["chromium"]

VIEWPORT = {"width": 1200, "height": 760}
MOST_MILLISECONDS = 15_000


@pytest_asyncio.fixture
async def page(demo: LiveBot, chromium: object) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = await browser.new_page(
            viewport={"width": VIEWPORT["width"], "height": VIEWPORT["height"]}
        )
        opened.set_default_timeout(MOST_MILLISECONDS)
        await opened.goto(demo.slack.page_url)
        yield opened
        await browser.close()


async def test_the_tour_goes_to_its_end_by_clicking_alone(page: Page) -> None:
    screen = Screen(page)
    tour = page.get_by_role("complementary", name="Tour")

    async def reaches(step: int) -> None:
        """The tour says that step; two in a row that are there already go by themselves."""
        await expect(tour).to_contain_text(f"{step} of {len(TOUR)}", timeout=MOST_MILLISECONDS)

    async def takes_over(line: str) -> None:
        await tour.get_by_role("button", name="Type it for me").click()
        await expect(screen.composer).to_have_value(re.compile(f"^{line}"))
        await screen.button("Send now").click()

    await reaches(1)
    await takes_over("/log 4 calls")
    await reaches(2)
    await takes_over("/pace")
    await reaches(3)
    await screen.button("Next nudge").click()
    await reaches(4)
    await screen.goes_to("Pacesetter")
    await screen.button("Messages").click()
    await reaches(5)
    await log_button(screen.last).click()
    await reaches(6)
    await screen.button("End of day").click()
    await reaches(7)
    await screen.goes_to("harbour")
    await reaches(8)
    await screen.becomes("Morgan Ellis")
    await reaches(9)
    await screen.button("Next digest").click()
    await reaches(10)
    await screen.goes_to("Pacesetter")
    await screen.button("Messages").click()
    await reaches(11)
    await expect(screen.last).to_contain_text("Harbour")
    await tour.get_by_role("button", name="Done").click()
    await expect(tour).to_be_hidden()


def log_button(nudge: Locator) -> Locator:
    return nudge.get_by_role("button", name=re.compile("^Log ")).first
