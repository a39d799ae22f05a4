"""Every block is drawn; what isn't known, or can't be drawn, shows its JSON."""

import re
from dataclasses import replace

from playwright.async_api import expect

from sandbox import Sandbox
from tests.sandbox.page.conftest import LOOP
from tests.sandbox.page.kitchen import OUTSIDE
from tests.sandbox.page.screen import Screen
from tests.sandbox.samples import Json, section

pytestmark = LOOP


async def test_blocks_of_every_kind(screen: Screen) -> None:
    await screen.shows("blocks")
    last = screen.last
    await expect(last.get_by_role("heading", name="The week of 16 November 🎉")).to_be_visible()
    for words in ("Riley is ahead", "84 of 100 calls", "Counted on workdays 📆", "quoted", "x = 1"):
        await expect(last).to_contain_text(words)
    await expect(last.locator("strong", has_text="Riley")).to_be_visible()
    await expect(last.locator(".mention", has_text="@Sam Hill").first).to_be_visible()
    await expect(last.get_by_role("button", name="#west")).to_be_visible()
    await expect(last.get_by_role("heading", name="Title")).to_be_visible()
    await expect(last.get_by_role("listitem").filter(has_text="one bold")).to_be_visible()
    await expect(last.get_by_role("button", name="At side")).to_be_visible()
    await expect(last.get_by_role("separator").first).to_be_visible()
    await expect(last.get_by_role("button", name="Good")).to_be_visible()
    assert await last.locator(".unknown").count() == 0


async def test_pictures_come_from_here_or_not_at_all(screen: Screen) -> None:
    await screen.shows("blocks")
    pictures = screen.last.get_by_role("img", name="A cat")
    await expect(pictures).to_have_count(4)
    assert OUTSIDE not in await screen.last.inner_html()


async def test_charts_of_every_kind(screen: Screen) -> None:
    for what in ("charts", "charts2"):
        await screen.shows(what)
        charts = screen.last.get_by_role("region", name="Calls")
        await expect(charts).to_have_count(2)
        for chart in await charts.all():
            assert await chart.locator("svg path, svg rect, svg circle").count() > 0


async def test_a_table_has_a_head_and_aligned_columns(screen: Screen) -> None:
    await screen.shows("tables")
    table = screen.last.get_by_role("table").first
    await expect(table.get_by_role("columnheader")).to_have_text(["Rep", "Calls", "Meetings"])
    cell = table.get_by_role("cell", name="84 / 100")
    await expect(cell).to_have_css("text-align", "right")


async def test_a_data_table_sorts_and_pages(screen: Screen) -> None:
    await screen.shows("tables")
    table = screen.last.get_by_role("table", name="Calls by rep")
    await expect(table.get_by_role("row")).to_have_count(6)
    await table.get_by_role("button", name="Calls").click()
    numbers = table.get_by_role("cell")
    await expect(numbers).to_have_text(["0", "1", "2", "3", "4"])
    await table.get_by_role("button", name="Calls").click()
    await expect(numbers.first).to_have_text("11")
    await screen.button("Next").click()
    await expect(screen.last).to_contain_text("2 of 3")
    await expect(numbers.first).to_have_text("6")


UNKNOWN: list[Json] = [
    {"type": "hologram", "block_id": "h", "depth": 3},
    {"type": "actions", "block_id": "a", "elements": [{"type": "lever", "action_id": "pull"}]},
    {"type": "input", "block_id": "i", "label": {"type": "plain_text", "text": "x"}},
    {"type": "rich_text", "block_id": "r", "elements": 7},
]


async def test_what_is_not_known_shows_its_json(slack: Sandbox, screen: Screen) -> None:
    for number, block in enumerate(UNKNOWN, 1):
        message = await slack.person("U02RILEY").say("x", "C01WEST")
        after = {**section("Still here"), "block_id": "s"}
        slack.team().store(replace(message, blocks=(block, after)))
        await expect(screen.messages).to_have_count(number)
        shown = screen.last.locator(".unknown")
        await expect(shown).to_contain_text(re.compile(r'"type": "\w+"'))
        await expect(screen.last).to_contain_text("Still here")


async def test_old_attachments_are_shown(slack: Sandbox, screen: Screen) -> None:
    message = await slack.person("U02RILEY").say("x", "C01WEST")
    boxes: tuple[Json, ...] = (
        {"text": "*Old* style"},
        {"blocks": [{**section(), "block_id": "s"}]},
    )
    slack.team().store(replace(message, attachments=boxes))
    await expect(screen.last).to_contain_text("Old style")
    await expect(screen.last).to_contain_text("Five calls")


async def test_reactions_are_counted(slack: Sandbox, screen: Screen) -> None:
    message = await slack.person("U02RILEY").say("x", "C01WEST")
    given = (("tada", "U03SAM"), ("tada", "U02RILEY"))
    slack.team().store(replace(message, reactions=given))
    await expect(screen.last.locator(".reactions")).to_have_text("🎉 2")
