"""What a person does at the page, in a person's words."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect


class Screen:
    """The page of one person."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("main").get_by_role("combobox", name="Message ")

    @property
    def messages(self) -> Locator:
        """The messages of the place, oldest first."""
        return self.page.get_by_role("main").locator("li.message")

    @property
    def last(self) -> Locator:
        return self.messages.last

    @property
    def modal(self) -> Locator:
        return self.page.locator("dialog.modal")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def types(self, text: str) -> None:
        """Types a line into the composer and sends it."""
        await self.composer.fill(text)
        await self.composer.press("Escape")
        await self.composer.press("Enter")
        await expect(self.composer).to_have_value("")

    async def shows(self, what: str) -> None:
        """Has the bot show some of its blocks, and waits for them."""
        before = await self.messages.count()
        await self.types(f"/show {what}")
        await expect(self.messages).to_have_count(before + 1)

    async def opens_form(self) -> Locator:
        await self.types("/form")
        await expect(self.modal).to_be_visible()
        return self.modal

    async def becomes(self, name: str) -> None:
        """Goes on as somebody else."""
        await self.page.get_by_role("button", name="You are").click()
        await self.page.get_by_role("menuitemradio", name=name).click()
        await expect(self.page.get_by_role("button", name=f"You are {name}")).to_be_visible()

    async def goes_to(self, name: str) -> None:
        """Opens a conversation of the sidebar."""
        bar = self.page.get_by_role("navigation", name="Conversations")
        await bar.get_by_role("button", name=re.compile(rf"^{name}")).click()

    async def chooses(self, field: Locator, option: str) -> None:
        """Opens a select and clicks one of its options."""
        await field.click()
        await self.page.get_by_role("option", name=option).first.click()

    async def evaluates(self, script: str) -> Any:
        return await self.page.evaluate(script)
