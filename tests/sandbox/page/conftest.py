"""The page in a real Chromium, on a sandbox whose bot answers with everything.

Browser and page live on the session's event loop, so every module here says `pytestmark = LOOP`.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page, Request, async_playwright, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Command, Control, Host, ManualClock, Report, Sandbox, Shortcut
from tests.patience import PATIENCE_S
from tests.sandbox.conftest import MONDAY
from tests.sandbox.page.bot import KitchenBot
from tests.sandbox.page.screen import Screen
from tests.sandbox.samples import WEST

CHROMIUM = Path("/usr/bin/chromium")
# Without the last ones, Chromium asks for its maker's hosts by itself.
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync""".split()
COMMANDS = (
    Command("/log", "Log what you did", "5 calls with Acme", should_escape=True),
    Command("/form", "Opens a form"),
    Command("/show", "Shows blocks", "elements | blocks"),
    Command("/post"),
    Command("/fail"),
)
SHORTCUTS = (
    Shortcut("Log this", "message", "log_this", "Opens a form with what it says"),
    Shortcut("Log something", "global", "log_new"),
)
HOUR = 3600.0
MOST_MILLISECONDS = PATIENCE_S * 1000
LOOP = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="session")
def chromium() -> Path:
    expect.set_options(timeout=MOST_MILLISECONDS)
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium ({CHROMIUM})")
    return CHROMIUM


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        await running.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY)


@pytest.fixture
def host(clock: ManualClock) -> Host:
    """Moves the clock by an hour, by a day as far as a date, or not at all."""

    async def hour(report: Report, _: date | None) -> str:
        report("Riley's nudge at 09:30")
        clock.advance(HOUR)
        return "1 nudge sent"

    async def until(report: Report, chosen: date | None) -> None:
        assert chosen is not None
        report(f"On to {chosen.isoformat()}")
        clock.instant = clock.instant.replace(month=chosen.month, day=chosen.day)

    async def never(report: Report, _: date | None) -> str:
        raise ValueError("Nothing is due any more")

    return Host(
        controls=(
            Control("nudge", "Next nudge", hour),
            Control("date", "Date…", until, asks_for_date=True),
            Control("digest", "Next digest", never),
        ),
        people=("U02RILEY", "U03SAM", "U01MORGAN"),
    )


@pytest_asyncio.fixture(loop_scope="session")
async def slack(clock: ManualClock, host: Host) -> AsyncIterator[Sandbox]:
    seed = replace(WEST, commands=COMMANDS, shortcuts=SHORTCUTS)
    async with Sandbox([seed], clock=clock, rate_limits=False, host_program=host).patient(
        PATIENCE_S
    ) as running:
        yield running


@pytest.fixture
def client(slack: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(WEST.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest_asyncio.fixture(loop_scope="session")
async def bot(slack: Sandbox, client: AsyncWebClient) -> AsyncIterator[KitchenBot]:
    kitchen = KitchenBot(client)
    app = web.Application()
    app.router.add_post("/slack/events", kitchen.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield kitchen
    await runner.cleanup()


@pytest.fixture(params=["light"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest_asyncio.fixture(loop_scope="session")
async def page(
    browser: Browser, slack: Sandbox, bot: KitchenBot, theme: str
) -> AsyncIterator[Page]:
    """Riley's page. At the end nothing may have gone wrong in it, or have been asked for from
    another place than the sandbox."""
    context = await browser.new_context(
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": 1280, "height": 800},
        reduced_motion="reduce",
    )
    context.set_default_timeout(MOST_MILLISECONDS)
    opened = await context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    opened.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    opened.on("request", lambda asked: troubles.extend(_outside(asked, slack)))
    await opened.goto(slack.page_url)
    await opened.get_by_role("heading", name="west", level=1).wait_for()
    yield opened
    await context.close()
    assert [trouble for trouble in troubles if not _is_refusal(trouble)] == []


@pytest.fixture
def screen(page: Page) -> Screen:
    return Screen(page)


def _outside(asked: Request, slack: Sandbox) -> list[str]:
    own = asked.url.startswith((slack.page_url, "data:"))
    return [] if own else [f"asked for {asked.url}"]


def _is_refusal(trouble: str) -> bool:
    """Chromium reports each 400 of the control API, which are sentences for the person."""
    return "status of 400" in trouble
