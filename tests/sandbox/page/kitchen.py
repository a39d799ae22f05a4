"""Every block, element and input that the page has to draw, as a bot would send them."""

from typing import Any

from tests.sandbox import samples
from tests.sandbox.samples import Json, actions, chart, mrkdwn, option, pie, plain, section

PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OUTSIDE = "https://example.com/cat.png"
SURE = {
    "title": plain("Really?"),
    "text": mrkdwn("This *can't* be undone."),
    "confirm": plain("Do it"),
    "deny": plain("Rather not"),
    "style": "danger",
}


def element(kind: str, action_id: str | None = None, **more: Any) -> Json:
    return {"type": kind, "action_id": action_id or kind, **more}


def button(action_id: str, **more: object) -> Json:
    """Labelled with its own id: `from_home` says "From home"."""
    words = plain(action_id.replace("_", " ").capitalize())
    return samples.button(action_id, text=words, **more)


def offering(kind: str, **more: Any) -> Json:
    return element(kind, options=[option("calls"), option("demos"), option("meetings")], **more)


ELEMENTS: list[Json] = [
    button("plain"),
    button("primary", style="primary"),
    button("danger", style="danger", confirm=SURE),
    offering("static_select", placeholder=plain("Pick a behaviour")),
    element("external_select", min_query_length=1, placeholder=plain("Search accounts")),
    element("users_select", placeholder=plain("Somebody")),
    element("channels_select"),
    element("conversations_select", initial_conversation="C01WEST"),
    offering("multi_static_select", placeholder=plain("Several")),
    element("datepicker", initial_date="2026-11-23"),
    element("timepicker", placeholder=plain("When?")),
    element("datetimepicker"),
    offering("checkboxes"),
    offering("radio_buttons"),
    offering("overflow"),
]
INPUTS: list[Json] = [
    element("plain_text_input", "line", placeholder=plain("5 calls")),
    element("plain_text_input", "lines", multiline=True, min_length=5),
    offering("static_select"),
    offering("multi_static_select"),
    element("users_select"),
    element("multi_users_select"),
    element("channels_select"),
    element("multi_channels_select"),
    element("conversations_select"),
    element("multi_conversations_select"),
    element("external_select", min_query_length=0),
    element("datepicker"),
    element("timepicker"),
    element("datetimepicker"),
    offering("checkboxes"),
    offering("radio_buttons"),
    element("number_input", is_decimal_allowed=False, min_value="1"),
    element("email_text_input"),
    element("url_text_input"),
]
GROUPED = element(
    "static_select",
    "grouped",
    option_groups=[
        {"label": plain("Behaviours"), "options": [option("visits")]},
        {"label": plain("Results"), "options": [option("deals")]},
    ],
)


def label(entry: Json) -> str:
    return str(entry["action_id"]).replace("_", " ").capitalize()


def form(*, only: str | None = None) -> Json:
    """A modal with each kind of input, by block id `in_<action id>`."""
    blocks: list[Json] = [
        {
            "type": "input",
            "block_id": f"in_{entry['action_id']}",
            "label": plain(label(entry)),
            "hint": plain(f"A hint for {entry['action_id']}"),
            "element": entry,
        }
        for entry in INPUTS
        if only in {None, entry["action_id"]}
    ]
    head = {"type": "modal", "callback_id": "form", "title": plain("Log an activity")}
    return {**head, "submit": plain("Save"), "blocks": blocks}


def rich() -> Json:
    run = {"type": "text", "text": "bold", "style": {"bold": True}}
    runs = [run, {"type": "user", "user_id": "U03SAM"}, {"type": "emoji", "name": "tada"}]
    line = {"type": "rich_text_section", "elements": runs}
    listing = {"type": "rich_text_list", "style": "bullet", "elements": [line]}
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]}
    code = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]}
    return {"type": "rich_text", "elements": [line, listing, quote, code]}


def data_table(rows: int = 12) -> Json:
    head = [{"type": "raw_text", "text": name} for name in ("Rep", "Calls")]
    body = [
        [
            {"type": "raw_text", "text": f"Rep {n:02}"},
            {"type": "raw_number", "value": (n * 7) % 12, "text": str((n * 7) % 12)},
        ]
        for n in range(rows)
    ]
    return {"type": "data_table", "caption": "Calls by rep", "page_size": 5, "rows": [head, *body]}


def table() -> Json:
    rows = [("Rep", "Calls", "Meetings"), ("Riley", "84 / 100", "5 / 5"), ("Sam", "31 / 60", "2")]
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in rows]
    settings = [{"is_wrapped": True}, {"align": "right"}, {"align": "right"}]
    return {"type": "table", "rows": cells, "column_settings": settings}


def image(url: str, **more: object) -> Json:
    return {"type": "image", "image_url": url, "alt_text": "A cat", **more}


DRAWN: list[Json] = [
    {"type": "header", "text": plain("The week of 16 November :tada:")},
    section("*Riley* is _ahead_: ~60~ `84` of 100 calls. Ask <@U03SAM> in <#C01WEST>."),
    {"type": "section", "fields": [mrkdwn("*Calls*\n84"), mrkdwn("*Meetings*\n5")]},
    section("With a button at the side", accessory=button("at_side")),
    section("With a picture", accessory=image(PICTURE)),
    section("With a picture from outside", accessory=image(OUTSIDE)),
    {"type": "divider"},
    {"type": "context", "elements": [image(PICTURE), mrkdwn("Counted on *workdays* :calendar:")]},
    rich(),
    image(PICTURE, title=plain("A picture")),
    {"type": "markdown", "text": "# Title\n\n- one **bold**\n- two"},
    {
        "type": "context_actions",
        "elements": [
            element("icon_button", icon="trash", text=plain("Remove")),
            element(
                "feedback_buttons",
                positive_button={"text": plain("Good"), "value": "good"},
                negative_button={"text": plain("Bad"), "value": "bad"},
            ),
        ],
    },
]
CHARTS: list[Json] = [
    chart("line", series=2, points=5),
    chart("bar", series=2, points=4),
    chart("area", series=1, points=5),
    pie(("Won", 3), ("Lost", 5), ("No decision", 2)),
]
HOME: list[Json] = [
    {"type": "header", "text": plain("Your scorecard")},
    section("*Calls*: 84 of 100"),
    chart("bar", points=4),
    actions(button("from_home", style="primary"), GROUPED),
]
