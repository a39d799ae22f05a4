"""`python -m tests.screenshots`: takes the README's screenshots from the demo's page.

Starts `pacesetter demo` (or looks at the page that `--url` names), moves its time with the page's
own buttons, and writes `docs/screenshots/*.png`. Needs Chromium where the tests have it.
"""

import argparse
import asyncio
import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from bot.demo.sample import MORGAN
from tests.sandbox.page.conftest import CHROMIUM, FLAGS
from tests.sandbox.page.screen import Screen

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "screenshots"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/(?=\s|$)")
WIDTH = 1200
MOST_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who looks, what they type first, which controls move time then, which place
    is open, and what of its messages is to be seen: the newest one's end, or its top."""

    name: str
    person: str
    controls: tuple[str, ...]
    place: str
    types: str = ""
    top: bool = False
    theme: str = "light"
    height: int = 760


SHOTS = (
    # Who has logged little by the evening is nudged the next morning.
    Shot("nudge", "rep", ("Next nudge",), "Pacesetter", types="/log 4 calls, 1 proposal"),
    Shot("celebration", "rep", ("End of day",), "channel", theme="dark"),
    Shot("digest", "manager", ("Next digest",), "Pacesetter", top=True, height=1500),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--url", help="a page that is open already")
    parser.add_argument("--rep", default="", help="who the rep is (else who the page opens as)")
    parser.add_argument("--manager", default=MORGAN.name, help="who the manager is (%(default)s)")
    options = parser.parse_args()
    people = {"rep": options.rep, "manager": options.manager}
    with _page(options.url) as url:
        asyncio.run(_take(url, people))
    return 0


@contextlib.contextmanager
def _page(url: str | None) -> Iterator[str]:
    """The page's address; the demo runs while it is needed."""
    if url:
        yield url
        return
    command = [sys.executable, "-m", "bot", "demo", "--no-browser"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as demo:
        try:
            yield _address(demo)
        finally:
            demo.terminate()
            demo.communicate()


def _address(demo: "subprocess.Popen[str]") -> str:
    assert demo.stdout is not None
    for line in demo.stdout:
        if found := ADDRESS.search(line):
            return found.group()
    raise SystemExit("The demo ended without naming its page.")


async def _take(url: str, people: dict[str, str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for shot in SHOTS:
            page = await _opened(browser, url, shot)
            await _stage(Screen(page), shot, people[shot.person])
            path = FOLDER / f"{shot.name}.png"
            await page.screenshot(path=path)
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")
            await page.close()
        await browser.close()


async def _opened(browser: Browser, url: str, shot: Shot) -> Page:
    page = await browser.new_page(
        viewport={"width": WIDTH, "height": shot.height},
        color_scheme="dark" if shot.theme == "dark" else "light",
    )
    await page.add_init_script("localStorage.setItem('tour', 'over')")
    await page.goto(url)
    await page.get_by_role("region", name="Time").wait_for()
    return page


async def _stage(screen: Screen, shot: Shot, person: str) -> None:
    """Time moves as the page's first person; then one is who looks, where there is to see."""
    if shot.types:
        await screen.types(shot.types)
        await expect(screen.last).to_contain_text("Recorded")
    await _dismiss(screen)
    for label in shot.controls:
        await screen.button(label).click()
        await expect(screen.button("Dismiss")).to_be_visible(timeout=MOST_SECONDS * 1000)
        await _dismiss(screen)
    if person:
        await screen.becomes(person)
    if shot.place == "Pacesetter":
        await screen.goes_to("Pacesetter")
        await screen.button("Messages").click()
    await screen.last.wait_for()
    if shot.top:
        await screen.last.evaluate("message => message.scrollIntoView()")
    await screen.page.mouse.move(0, 0)


async def _dismiss(screen: Screen) -> None:
    """Sends away what happened, which also a new page shows of the last jump."""
    if await screen.button("Dismiss").is_visible():
        await screen.button("Dismiss").click()
    await expect(screen.button("Dismiss")).to_be_hidden()


if __name__ == "__main__":
    sys.exit(main())
