"""A small workspace, and the blocks and views that the tests vary."""

from typing import Any

from sandbox import Channel, User, Workspace

Json = dict[str, Any]

WEST = Workspace(
    "T01TEST",
    name="West Ltd",
    domain="west",
    users=(
        User("U01MORGAN", "morgan", "Morgan Price", is_admin=True, email="morgan@example.com"),
        User("U02RILEY", "riley", "Riley Stone"),
        User("U03SAM", "sam", "Sam Hill", tz="America/New_York"),
        User("U04ALEX", "alex", "Alex Reed", deleted=True),
        User("U05ROBOT", "robot", "Robot", is_bot=True),
    ),
    channels=(
        Channel("C01WEST", "west", ("U01MORGAN", "U02RILEY", "U03SAM")),
        Channel("C02LOUNGE", "lounge", ("U02RILEY",), has_bot=False),
        Channel("C03OLD", "old", ("U02RILEY",), is_archived=True),
        Channel("C04BOARD", "board", ("U01MORGAN",), is_private=True),
        Channel("C05SECRET", "secret", ("U01MORGAN",), is_private=True, has_bot=False),
    ),
)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Five calls", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action_id: str = "undo", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain("Undo"), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def select(**more: Any) -> Json:
    options = [option("calls"), option("demos")]
    return {"type": "static_select", "action_id": "pick", "options": options, **more}


def entry(block_id: str = "note", **element: Any) -> Json:
    typed = {"type": "plain_text_input", "action_id": "text", **element}
    return {"type": "input", "block_id": block_id, "label": plain("Note"), "element": typed}


def modal(*blocks: Json, **more: Any) -> Json:
    shown = list(blocks or [entry()])
    view = {"type": "modal", "title": plain("Log"), "submit": plain("Save"), "blocks": shown}
    return {**view, **more}


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks or [section()])}


def chart(kind: str = "bar", series: int = 1, points: int = 2, **more: Any) -> Json:
    labels = [f"W{n}" for n in range(points)]
    data = [{"label": label, "value": 3.5} for label in labels]
    rows = [{"name": f"S{n}", "data": data} for n in range(series)]
    shape = {"type": kind, "series": rows, "axis_config": {"categories": labels}}
    return {"type": "data_visualization", "title": "Calls", "chart": shape, **more}


def pie(*segments: tuple[str, float]) -> Json:
    parts = [{"label": label, "value": value} for label, value in segments or [("Calls", 1)]]
    shape = {"type": "pie", "segments": parts}
    return {"type": "data_visualization", "title": "Calls", "chart": shape}


def table(rows: int = 2, columns: int = 2, text: str = "x", kind: str = "table") -> Json:
    cells = [[{"type": "raw_text", "text": text}] * columns for _ in range(rows)]
    caption = {"caption": "Pace"} if kind == "data_table" else {}
    return {"type": kind, "rows": cells, **caption}
