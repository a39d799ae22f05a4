"""Typed text never runs, and the page talks to nobody but its sandbox."""

import aiohttp
import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.page.conftest import LOOP
from tests.sandbox.page.screen import Screen
from tests.sandbox.samples import Json, mrkdwn, plain

pytestmark = LOOP

ATTACKS = [
    "<script>window.broken = 1</script>",
    "<img src=x onerror='window.broken = 1'>",
    '"><svg onload="window.broken = 1">',
    "<javascript:window.broken=1|click me>",
    "[click me](javascript:window.broken=1)",
    "<a href='javascript:window.broken=1'>click me</a>",
    "`<iframe srcdoc='<script>parent.broken=1</script>'>`",
    "&lt;script&gt;window.broken = 1&lt;/script&gt;",
    "<data:text/html,<script>window.broken=1</script>|click me>",
]


async def test_typed_text_stays_text(screen: Screen, client: AsyncWebClient) -> None:
    for attack in ATTACKS:
        await screen.types(attack)
        await client.chat_postMessage(channel="C01WEST", text=attack, blocks=everywhere(attack))
    await expect(screen.messages).to_have_count(2 * len(ATTACKS))
    for link in await screen.page.locator("main a").all():
        href = await link.get_attribute("href") or ""
        assert not href.startswith(("javascript:", "data:"))
    assert await screen.page.locator("main script, main iframe, main [onerror]").count() == 0
    assert await screen.evaluates("window.broken") is None


def everywhere(attack: str) -> list[Json]:
    """Blocks that all say it, in each kind of text."""
    return [
        {"type": "section", "text": mrkdwn(attack), "fields": [plain(attack)]},
        {"type": "context", "elements": [mrkdwn(attack)]},
        {"type": "markdown", "text": attack},
        {"type": "header", "text": plain(attack)},
        {"type": "table", "rows": [[{"type": "raw_text", "text": attack}]]},
    ]


async def test_a_typed_broadcast_is_no_mention(screen: Screen) -> None:
    await screen.types("/log 1 call; <!channel> & <@U03SAM>")
    await expect(screen.last).to_contain_text("<!channel> & <@U03SAM>")
    assert await screen.last.locator(".mention").count() == 0


async def test_links_open_elsewhere_and_tell_nothing(
    screen: Screen, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="C01WEST", text="See <https://example.com/x|the site>")
    link = screen.last.get_by_role("link", name="the site")
    await expect(link).to_have_attribute("target", "_blank")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_the_page_may_load_nothing_from_outside(slack: Sandbox, screen: Screen) -> None:
    async with aiohttp.ClientSession() as session, session.get(slack.page_url) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["", "_sandbox/live?user=U02RILEY", "page/page.js"])
async def test_other_names_of_this_machine_are_refused(slack: Sandbox, path: str) -> None:
    headers = {"Host": "rebound.example"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(slack.page_url + path) as answer,
    ):
        assert answer.status == 403
