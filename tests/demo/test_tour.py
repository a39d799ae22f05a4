"""The demo's tour, taken in Chromium by clicking what its steps say, on a small laptop's screen."""

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.demo.controls import TOUR
from bot.demo.live import LiveBot
from tests.sandbox.page.conftest import CHROMIUM, FLAGS, MOST_MILLISECONDS, chromium
from tests.sandbox.page.screen import Screen

__all__ = ["chromium"]

VIEWPORT = {"width": 1200, "height": 760}


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

    await be_riley(screen)
    await be_morgan(screen)

    await tour(screen).get_by_role("button", name="Done").click()
    await expect(tour(screen)).to_be_hidden()


async def be_riley(screen: Screen) -> None:
    await reaches(screen, 1)
    await take_over(screen, "/log 4 calls")
    await reaches(screen, 2)
    await take_over(screen, "/pace")
    await reaches(screen, 3)
    await screen.button("Next nudge").click()
    await reaches(screen, 4)
    await open_messages(screen)
    await reaches(screen, 5)
    await screen.last.get_by_role("button", name=re.compile("^Log ")).first.click()
    await reaches(screen, 6)
    await screen.button("End of day").click()
    await reaches(screen, 7)
    await screen.goes_to("harbour")
    await reaches(screen, 8)


async def be_morgan(screen: Screen) -> None:
    await screen.becomes("Morgan Ellis")
    await reaches(screen, 9)
    await screen.button("Next digest").click()
    await reaches(screen, 10)
    await open_messages(screen)
    await reaches(screen, len(TOUR))
    await expect(screen.last).to_contain_text("Harbour")


async def reaches(screen: Screen, step: int) -> None:
    said = f"{step} of {len(TOUR)}"
    await expect(tour(screen)).to_contain_text(said, timeout=MOST_MILLISECONDS)


async def take_over(screen: Screen, line: str) -> None:
    """Sends what the tour types, right after what was sent before."""
    await tour(screen).get_by_role("button", name="Type it for me").click()
    await expect(screen.composer).to_have_value(re.compile(f"^{line}"))
    await screen.button("Send now").click()


async def open_messages(screen: Screen) -> None:
    await screen.goes_to("Pacesetter")
    await screen.button("Messages").click()


def tour(screen: Screen) -> Locator:
    return screen.page.get_by_role("complementary", name="Tour")
