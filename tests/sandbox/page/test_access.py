"""For everybody: no serious finding of axe, and all of it with the keyboard alone."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox.page.bot import KitchenBot
from tests.sandbox.page.conftest import LOOP
from tests.sandbox.page.screen import Screen

pytestmark = LOOP

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
IN_BOTH = pytest.mark.parametrize("theme", ["light", "dark"], indirect=True)


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("no axe-core (npm ci in tests/)")
    return AXE.read_text(encoding="utf-8")


async def findings(screen: Screen, axe: str) -> list[str]:
    """What axe calls serious or critical, with the elements."""
    await screen.evaluates(axe)
    found: dict[str, Any] = await screen.evaluates("axe.run(document)")
    grave = [one for one in found["violations"] if one["impact"] in {"serious", "critical"}]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in grave
        for node in one["nodes"]
    ]


@IN_BOTH
async def test_messages_have_no_serious_finding(screen: Screen, axe: str) -> None:
    await screen.types("/log 5 calls")
    for what in ("elements", "blocks", "charts", "charts2", "tables"):
        await screen.shows(what)
    assert await findings(screen, axe) == []


@IN_BOTH
async def test_forms_have_no_serious_finding(screen: Screen, axe: str) -> None:
    shown = await screen.opens_form()
    await shown.get_by_role("button", name="Save").click()
    assert await findings(screen, axe) == []
    await shown.get_by_label("Users select").first.click()
    assert await findings(screen, axe) == []


@IN_BOTH
async def test_home_and_tools_have_no_serious_finding(screen: Screen, axe: str) -> None:
    await screen.page.get_by_role("navigation", name="Tools").get_by_text("Home").click()
    await screen.button("Next nudge").click()
    await screen.button("Inspector").click()
    await screen.button("Unavailable (503)").click()
    await screen.page.locator("button.line").last.click()
    await expect(screen.page.get_by_label("Answer", exact=True)).to_be_visible()
    assert await findings(screen, axe) == []
    await screen.page.get_by_role("button", name="You are").click()
    assert await findings(screen, axe) == []


async def test_a_form_by_keyboard_alone(screen: Screen, bot: KitchenBot) -> None:
    keys = screen.page.keyboard
    await screen.composer.focus()
    await keys.type("/fo")
    await keys.press("Tab")
    await keys.press("Enter")
    shown = screen.modal
    await expect(shown.get_by_label("Line", exact=True)).to_be_focused()
    await keys.type("5 calls")
    await keys.press("Tab")
    await keys.type("A long note")
    await keys.press("Tab")
    await keys.type("dem")
    await keys.press("Enter")
    await expect(shown.get_by_label("Static select").first).to_have_value("Demos")
    for _ in range(60):
        await keys.press("Tab")
        outside = "document.activeElement.matches(':not(body, dialog, dialog *)')"
        assert not await screen.evaluates(outside)
    await keys.press("Escape")
    await expect(shown).to_be_hidden()
    await expect(screen.composer).to_be_focused()


async def test_elements_by_keyboard_alone(screen: Screen, bot: KitchenBot) -> None:
    keys = screen.page.keyboard
    await screen.shows("elements")
    await screen.button("Mon, 23 Nov 2026").focus()
    await keys.press("Enter")
    await keys.press("ArrowDown")
    await keys.press("ArrowRight")
    await keys.press("Enter")
    await expect(screen.button("Tue, 1 Dec 2026")).to_be_focused()
    await screen.button("More actions").focus()
    await keys.press("Enter")
    await keys.press("ArrowDown")
    await keys.press("Escape")
    await expect(screen.button("More actions")).to_be_focused()
    await screen.button("Danger").focus()
    await keys.press("Enter")
    dialog = screen.page.get_by_role("dialog", name="Really?")
    await expect(dialog).to_be_visible()
    await keys.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(screen.button("Danger")).to_be_focused()
    assert not bot.pressed("danger")


async def test_the_person_is_switched_by_keyboard(screen: Screen) -> None:
    keys = screen.page.keyboard
    await screen.page.get_by_role("button", name="You are").focus()
    await keys.press("Enter")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(screen.page.get_by_role("button", name="You are Sam Hill")).to_be_visible()
