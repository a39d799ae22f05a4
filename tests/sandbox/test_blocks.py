"""Block Kit's limits, each met at its edge and broken just beyond it."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.refusals import error, refusal
from tests.sandbox.samples import (
    Json,
    actions,
    button,
    entry,
    mrkdwn,
    option,
    plain,
    section,
    select,
)


def header(text: str) -> Json:
    return {"type": "header", "text": plain(text)}


def context(count: int) -> Json:
    return {"type": "context", "elements": [mrkdwn("x")] * count}


def fields(count: int, length: int = 1) -> Json:
    return {"type": "section", "fields": [mrkdwn("x" * length)] * count}


def confirm(**words: int) -> Json:
    lengths = {"title": 1, "text": 1, "confirm": 1, "deny": 1, **words}
    return {name: plain("x" * length) for name, length in lengths.items()}


def overflow(count: int) -> Json:
    options = [option(f"o{n}") for n in range(count)]
    return {"type": "overflow", "action_id": "more", "options": options}


def boxes(kind: str, count: int) -> Json:
    options = [option(f"o{n}") for n in range(count)]
    return {"type": kind, "action_id": "boxes", "options": options}


def buttons(count: int) -> Json:
    return actions(*(button(f"b{n}") for n in range(count)))


def chosen(count: int) -> Json:
    return actions(select(options=[option(f"o{n}") for n in range(count)]))


def labelled(length: int) -> Json:
    long = {"text": plain("x" * length), "value": "v"}
    return actions(select(options=[long]))


# What is allowed, what no longer is, and where Slack would point.
EDGES: dict[str, tuple[Json, Json, str]] = {
    "section text": (section("x" * 3000), section("x" * 3001), "/0/text/text"),
    "section needs words": (section("x"), section(""), "/0/text/text"),
    "header": (header("x" * 150), header("x" * 151), "/0/text/text"),
    "fields": (fields(10), fields(11), "/0/fields"),
    "field": (fields(1, 2000), fields(1, 2001), "/0/fields/0/text"),
    "context": (context(10), context(11), "/0/elements"),
    "actions": (buttons(25), buttons(26), "/0/elements"),
    "actions need one": (buttons(1), buttons(0), "/0/elements"),
    "button text": (
        actions(button(text=plain("x" * 75))),
        actions(button(text=plain("x" * 76))),
        "/0/elements/0/text/text",
    ),
    "button value": (
        actions(button(value="x" * 2000)),
        actions(button(value="x" * 2001)),
        "/0/elements/0/value",
    ),
    "button url": (
        actions(button(url="x" * 3000)),
        actions(button(url="x" * 3001)),
        "/0/elements/0/url",
    ),
    "button style": (
        actions(button(style="danger")),
        actions(button(style="green")),
        "/0/elements/0/style",
    ),
    "action_id": (
        actions(button("x" * 255)),
        actions(button("x" * 256)),
        "/0/elements/0/action_id",
    ),
    "block_id": (section(block_id="x" * 255), section(block_id="x" * 256), "/0/block_id"),
    "options": (chosen(100), chosen(101), "/0/elements/0/options"),
    "option text": (labelled(75), labelled(76), "/0/elements/0/options/0/text/text"),
    "option value": (
        actions(select(options=[option("x" * 75)])),
        actions(select(options=[{"text": plain("x"), "value": "x" * 151}])),
        "/0/elements/0/options/0/value",
    ),
    "options differ": (
        actions(select(options=[option("a"), option("b")])),
        actions(select(options=[option("a"), option("a")])),
        "/0/elements/0/options/1/value",
    ),
    "initial option": (
        actions(select(initial_option=option("calls"))),
        actions(select(initial_option=option("golf"))),
        "/0/elements/0/initial_option",
    ),
    "placeholder": (
        actions(select(placeholder=plain("x" * 150))),
        actions(select(placeholder=plain("x" * 151))),
        "/0/elements/0/placeholder/text",
    ),
    "overflow": (actions(overflow(5)), actions(overflow(6)), "/0/elements/0/options"),
    "checkboxes": (
        actions(boxes("checkboxes", 10)),
        actions(boxes("checkboxes", 11)),
        "/0/elements/0/options",
    ),
    "radio buttons": (
        actions(boxes("radio_buttons", 10)),
        actions(boxes("radio_buttons", 11)),
        "/0/elements/0/options",
    ),
    "confirm title": (
        actions(button(confirm=confirm(title=100))),
        actions(button(confirm=confirm(title=101))),
        "/0/elements/0/confirm/title/text",
    ),
    "confirm text": (
        actions(button(confirm=confirm(text=300))),
        actions(button(confirm=confirm(text=301))),
        "/0/elements/0/confirm/text/text",
    ),
    "confirm button": (
        actions(button(confirm=confirm(deny=30))),
        actions(button(confirm=confirm(deny=31))),
        "/0/elements/0/confirm/deny/text",
    ),
    "date": (
        actions({"type": "datepicker", "initial_date": "2026-11-23"}),
        actions({"type": "datepicker", "initial_date": "23/11/2026"}),
        "/0/elements/0/initial_date",
    ),
    "input label": (
        {**entry(), "label": plain("x" * 2000)},
        {**entry(), "label": plain("x" * 2001)},
        "/0/label/text",
    ),
    "input length": (entry(max_length=3000), entry(max_length=3001), "/0/element/max_length"),
    "image": (
        {"type": "image", "image_url": "http://x/y.png", "alt_text": "a chart"},
        {"type": "image", "image_url": "http://x/y.png"},
        "/0/alt_text",
    ),
    "markdown": (
        {"type": "markdown", "text": "x" * 12_000},
        {"type": "markdown", "text": "x" * 12_001},
        "/0/text",
    ),
    "unknown block": (section(), {"type": "sektion"}, "/0"),
    "no type": (section(), {"text": plain("x")}, "/0"),
    "unknown element": (actions(button()), actions({"type": "knob"}), "/0/elements/0"),
    "element in the wrong block": (
        section(accessory=button()),
        section(accessory={"type": "plain_text_input"}),
        "/0/accessory",
    ),
    "unknown property": (section(), section(colour="red"), "/0/colour"),
    "mrkdwn where plain text belongs": (
        actions(button(text=plain("x"))),
        actions(button(text=mrkdwn("x"))),
        "/0/elements/0/text/type",
    ),
    "a number for words": (section("1"), {"type": "section", "text": 1}, "/0/text"),
}


@pytest.mark.parametrize("edge", EDGES)
async def test_each_limit_holds_at_its_edge(client: AsyncWebClient, edge: str) -> None:
    allowed, refused, place = EDGES[edge]
    assert (await client.chat_postMessage(channel="C01WEST", text="x", blocks=[allowed]))["ok"]
    body = await refusal(client.chat_postMessage(channel="C01WEST", text="x", blocks=[refused]))
    assert body["error"] == "invalid_blocks"
    pointers = [message.partition("json-pointer:/blocks")[2] for message in messages(body)]
    assert f"{place}]" in pointers


async def test_the_message_tells_which_length_was_too_much(client: AsyncWebClient) -> None:
    said = await refusal(
        client.chat_postMessage(channel="C01WEST", text="x", blocks=[section("x" * 3001)])
    )
    assert messages(said) == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_a_message_has_fifty_blocks_at_most(client: AsyncWebClient) -> None:
    divider = {"type": "divider"}
    assert (await client.chat_postMessage(channel="C01WEST", text="x", blocks=[divider] * 50))["ok"]
    said = client.chat_postMessage(channel="C01WEST", text="x", blocks=[divider] * 51)
    assert messages(await refusal(said)) == [
        "[ERROR] no more than 50 items allowed [51] [json-pointer:/blocks]"
    ]


async def test_block_ids_are_unique_in_a_message(client: AsyncWebClient) -> None:
    twice = [section(block_id="pace"), section(block_id="pace")]
    said = await refusal(client.chat_postMessage(channel="C01WEST", text="x", blocks=twice))
    assert said["error"] == "invalid_blocks"
    assert "/blocks/1/block_id" in messages(said)[0]


async def test_action_ids_are_unique_in_a_block_alone(client: AsyncWebClient) -> None:
    apart = [actions(button("undo")), actions(button("undo"))]
    assert (await client.chat_postMessage(channel="C01WEST", text="x", blocks=apart))["ok"]
    together = [actions(button("undo"), button("undo"))]
    said = await refusal(client.chat_postMessage(channel="C01WEST", text="x", blocks=together))
    assert "/blocks/0/elements/1/action_id" in messages(said)[0]


async def test_a_whole_message_has_twelve_thousand_characters(client: AsyncWebClient) -> None:
    full = [section("x" * 3000)] * 4
    assert (await client.chat_postMessage(channel="C01WEST", text="x", blocks=full))["ok"]
    over = [*full, section("x")]
    said = await error(client.chat_postMessage(channel="C01WEST", text="x", blocks=over))
    assert said == "msg_blocks_too_long"


@pytest.mark.parametrize("blocks", ["{", '{"type": "divider"}', '"x"'])
async def test_blocks_must_be_a_list(client: AsyncWebClient, blocks: str) -> None:
    said = await error(client.chat_postMessage(channel="C01WEST", text="x", blocks=blocks))
    assert said == "invalid_blocks_format"


async def test_missing_ids_are_filled_in(client: AsyncWebClient) -> None:
    bare = [section(), actions({"type": "button", "text": plain("Go")})]
    posted = await client.chat_postMessage(channel="C01WEST", text="x", blocks=bare)
    shown: list[Json] = posted["message"]["blocks"]
    assert len({block["block_id"] for block in shown}) == 2
    assert shown[1]["elements"][0]["action_id"]


def messages(body: dict[str, Any]) -> list[str]:
    found: list[str] = body["response_metadata"]["messages"]
    return found
