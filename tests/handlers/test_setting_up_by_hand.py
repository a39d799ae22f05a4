"""The guided set-up by mouse and keyboard, on the sandbox's page in a real Chromium."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from bot.db.migrate import upgrade
from tests.handlers.guided import Newly, newly_installed
from tests.sandbox.page.conftest import LOOP, MOST_MILLISECONDS, browser, chromium
from tests.sandbox.page.screen import Screen
from tests.teams import MORGAN, RILEY, SAM

pytestmark = LOOP
__all__ = ["browser", "chromium"]  # fixtures


@pytest_asyncio.fixture(loop_scope="session")
async def newly(tmp_path: Path) -> AsyncIterator[Newly]:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    upgrade(url)
    async with newly_installed(url) as running:
        await running.welcomed()
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def screen(browser: Browser, newly: Newly) -> AsyncIterator[Screen]:
    """Morgan's page, at the bot's messages."""
    page = await browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(MOST_MILLISECONDS)
    await page.goto(newly.slack.page_url)
    screen = Screen(page)
    await screen.goes_to("Pacesetter")
    await screen.button("Messages").click()
    yield screen
    await page.close()


async def goes_on(screen: Screen, button: str, then: str) -> None:
    await screen.modal.get_by_role("button", name=button, exact=True).click()
    await expect(screen.modal).to_contain_text(then)


async def picks(screen: Screen, label: str, *options: str) -> None:
    field: Locator = screen.modal.get_by_label(label)
    for option in options:
        await screen.chooses(field, option)


async def test_a_team_is_set_up_by_hand(screen: Screen, newly: Newly) -> None:
    await screen.button("Set up a team").click()
    await screen.modal.get_by_label("SaaS new business").check()
    await screen.modal.get_by_label("The team's name").fill("West")
    await goes_on(screen, "Next", "What has to come of the work?")
    await goes_on(screen, "Next", "What leads to New customers?")
    await goes_on(screen, "Back", "What has to come of the work?")
    await goes_on(screen, "Next", "What leads to New customers?")
    await goes_on(screen, "Next", "What leads to New revenue?")
    await goes_on(screen, "Next", "What is expected of one rep?")
    await screen.modal.get_by_label("Demos").fill("none")
    await goes_on(screen, "Next", "Write how many and how often")
    await screen.modal.get_by_label("Demos").fill("4 a week")
    await goes_on(screen, "Next", "Who is in the team?")
    await picks(screen, "Reps", "Riley", "Sam")
    await picks(screen, "Channel", "west")
    await goes_on(screen, "Next", "When does it work?")
    await goes_on(screen, "Preview", "The first nudge, for @Riley")
    await goes_on(screen, "Set it up", "West is set up")
    [team] = (await newly.playbook()).teams
    assert [rep.user for rep in team.reps] == [RILEY, SAM]
    assert team.managers == (MORGAN,)
    assert [each.target for each in team.behaviours if each.name == "Demos"] == [4]
