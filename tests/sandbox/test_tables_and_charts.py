"""Native tables and charts."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.refusals import refusal
from tests.sandbox.samples import Json, chart, home, modal, pie, section, table

UNEVEN = chart()
UNEVEN["chart"]["series"][0]["data"].pop()
SAME_NAMES = chart(series=2)
SAME_NAMES["chart"]["series"][1]["name"] = "S0"
LONG_CATEGORY = chart(points=1)
LONG_CATEGORY["chart"]["axis_config"]["categories"] = ["x" * 21]
LONG_CATEGORY["chart"]["series"][0]["data"][0]["label"] = "x" * 21
RAGGED = table(kind="data_table")
RAGGED["rows"][1] = RAGGED["rows"][1][:1]
RICH_HEADER = table(kind="data_table")
RICH_HEADER["rows"][0] = [{"type": "rich_text", "elements": []}] * 2

ALLOWED: dict[str, list[Json]] = {
    "two charts": [chart(), pie()],
    "every kind": [chart("line"), chart("area")],
    "six series of twenty points": [chart(series=6, points=20)],
    "six segments": [pie(*((f"s{n}", 1) for n in range(6)))],
    "a title of fifty": [chart(title="x" * 50)],
    "a hundred rows": [table(rows=100)],
    "twenty columns": [table(columns=20)],
    "two data tables": [table(kind="data_table"), table(kind="data_table")],
    "a data table of a hundred rows": [table(rows=101, kind="data_table")],
    "numbers": [
        {
            "type": "data_table",
            "caption": "Pace",
            "page_size": 10,
            "rows": [
                [{"type": "raw_text", "text": "n"}],
                [{"type": "raw_number", "value": 3, "text": "3"}],
            ],
        }
    ],
    "a table and charts": [table(), chart(), chart()],
}
REFUSED: dict[str, list[Json]] = {
    "three charts": [chart(), chart(), chart()],
    "two tables": [table(), table()],
    "seven series": [chart(series=7)],
    "twenty-one points": [chart(points=21)],
    "seven segments": [pie(*((f"s{n}", 1) for n in range(7)))],
    "a segment of nothing": [pie(("none", 0))],
    "a long label": [pie(("x" * 21, 1))],
    "a long category": [LONG_CATEGORY],
    "a title of fifty-one": [chart(title="x" * 51)],
    "an unknown kind": [chart("radar")],
    "a series without a value for a category": [UNEVEN],
    "two series of one name": [SAME_NAMES],
    "a hundred and one rows": [table(rows=101)],
    "twenty-one columns": [table(columns=21)],
    "no rows": [table(rows=0)],
    "an empty cell": [table(text="")],
    "a data table without data": [table(rows=1, kind="data_table")],
    "a data table of 101 rows": [table(rows=102, kind="data_table")],
    "a ragged data table": [RAGGED],
    "rich text in a header": [RICH_HEADER],
    "a data table without a caption": [{**table(kind="data_table"), "caption": ""}],
    "a number without its text": [
        {"type": "table", "rows": [[{"type": "raw_number", "value": 3}]]},
    ],
    "a page of 101": [{**table(kind="data_table"), "page_size": 101}],
    "ten thousand characters in tables": [table(text="x" * 2501)],
}


@pytest.mark.parametrize("case", ALLOWED)
async def test_what_slack_draws(client: AsyncWebClient, case: str) -> None:
    assert (await client.chat_postMessage(channel="C01WEST", text="x", blocks=ALLOWED[case]))["ok"]


@pytest.mark.parametrize("case", REFUSED)
async def test_what_slack_refuses(client: AsyncWebClient, case: str) -> None:
    said = await refusal(client.chat_postMessage(channel="C01WEST", text="x", blocks=REFUSED[case]))
    assert said["error"] == "invalid_blocks"
    assert "json-pointer:/blocks" in said["response_metadata"]["messages"][0]


async def test_charts_show_in_the_home_tab_too(client: AsyncWebClient) -> None:
    assert (await client.views_publish(user_id="U02RILEY", view=home(section(), chart())))["ok"]


async def test_tables_do_not_show_in_the_home_tab(client: AsyncWebClient) -> None:
    said = await refusal(client.views_publish(user_id="U02RILEY", view=home(table())))
    assert said["error"] == "invalid_arguments"


async def test_modals_show_neither(client: AsyncWebClient) -> None:
    for block in (chart(), table()):
        said = await refusal(client.views_open(trigger_id="1.2.x", view=modal(block)))
        assert said["error"] == "invalid_arguments"
