"""Every handle there is, with whatever may stand in a request of its kind: no 5xx, no accident.

The handles are enumerated, and each is given every example: a new one is covered at once.
"""

import ast
import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.slack.views.coach import names
from bot.slack.views.coach.place import Kept, Place
from tests.handlers.conftest import Running
from tests.safety.mutations import JUNK, Body, as_fields
from tests.safety.recorded import LINES, handles_of
from tests.safety.rights import logged
from tests.safety.twins import ADMIN, NOAH, constants, pressed, sent_form
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE

_TOGETHER = 30
_ROOT = Path(__file__).parents[2]
_WORD = re.compile(r"[a-z][a-z_]{2,19}")


def _fields() -> Iterator[str]:
    """Whatever the code of a form calls by a short word: the names of its fields are among them."""
    for folder in ("bot/slack/views", "handlers/features", "bot/domain/setups"):
        for path in sorted((_ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


FIELDS = sorted({each for each in _fields() if _WORD.fullmatch(each)})
USERS = st.sampled_from([RILEY, SAM, ALEX, MORGAN, ADMIN, NOAH, "U77NOBODY"])
TEXT = st.one_of(
    st.text(max_size=40),
    st.sampled_from([each for lines in LINES.values() for each in lines]),
    st.sampled_from([each for each in JUNK if isinstance(each, str)]),
)
NUMBER = st.one_of(st.integers(0, 12), st.integers())
DAY = st.one_of(st.dates().map(str), TEXT)
TIME = st.one_of(st.times().map(lambda at: f"{at:%H:%M}"), TEXT)
PLACE = st.builds(
    Place, st.sampled_from([*constants(names)]), NUMBER, NUMBER, st.one_of(USERS, TEXT)
)
VALUE = st.one_of(TEXT, NUMBER.map(str), PLACE.map(lambda place: place.code), USERS)
METADATA = st.one_of(
    st.builds(lambda place: Kept(place).metadata, PLACE),
    st.dictionaries(st.sampled_from(FIELDS), st.one_of(NUMBER, TEXT, USERS)).map(json.dumps),
    st.one_of(VALUE, st.recursive(NUMBER | TEXT, st.lists).map(json.dumps)),
)
_OPTION = VALUE.map(lambda value: {"value": value})
ENTERED = st.one_of(
    VALUE.map(lambda value: {"value": value}),
    st.one_of(_OPTION, st.none()).map(lambda option: {"selected_option": option}),
    st.lists(_OPTION, max_size=3).map(lambda options: {"selected_options": options}),
    USERS.map(lambda user: {"selected_user": user}),
    st.lists(USERS, max_size=3).map(lambda users: {"selected_users": users}),
    DAY.map(lambda day: {"selected_date": day}),
    TIME.map(lambda time: {"selected_time": time}),
    st.sampled_from([{}, {"value": None}, {"selected_option": {}}]),
)
EXAMPLE = st.fixed_dictionaries(
    {
        "user": USERS,
        "text": TEXT,
        "value": VALUE,
        "number": NUMBER,
        "metadata": METADATA,
        "entered": st.lists(ENTERED, min_size=1, max_size=5),
        "channel": st.sampled_from(["C01WEST", "C99NONE", "D1"]),
        "event": st.dictionaries(
            st.sampled_from(["text", "tab", "tokens", "team_ids", "user", "view", "subtype"]),
            st.one_of(TEXT, USERS, st.lists(TEXT, max_size=2), st.dictionaries(TEXT, TEXT)),
            max_size=4,
        ),
    }
)


def _bodies(running: Running, example: dict[str, Any]) -> Iterator[Body]:
    """The example, said to each handle."""
    handles, user = handles_of(running), example["user"]
    entered = example["entered"]
    state = {each: {"value": entered[i % len(entered)]} for i, each in enumerate(FIELDS)}
    view = sent_form(user, "hub", example["metadata"], state)["view"]
    for name in handles.commands:
        yield {"command": name, "text": example["text"], "user_id": user, "team_id": WORKSPACE}
    for name in handles.presses:
        action = f"{name}:{example['number']}"
        yield pressed(user, action, example["value"], view=view, menu=example["number"] % 2 == 0)
        yield pressed(user, action, example["value"])
    for name in handles.forms:
        yield sent_form(user, name, example["metadata"], state)
    for name in handles.shortcuts:
        message = {"type": "message", "ts": "1.1", "user": SAM, "text": example["text"]}
        who = {"user": {"id": user}, "team": {"id": WORKSPACE}, "channel": {"id": "C01WEST"}}
        yield {"type": "message_action", "callback_id": name, "message": message, **who}
    for name in handles.events:
        told = {"channel": example["channel"], "user": user, **example["event"], "type": name}
        yield {"type": "event_callback", "team_id": WORKSPACE, "event": told}


async def _status(running: Running, body: Body, once: str) -> tuple[int, Body]:
    """`once` makes it a request that the bot hasn't had before."""
    if "event" in body:
        body |= {"event_id": once}
    elif isinstance(body.get("view"), dict):
        body["view"] |= {"id": f"V{once}"}
    fields = as_fields(body | {"trigger_id": once})
    content = json.dumps(fields[""]) if "" in fields else None
    return (await running.signed(fields, content)).status, body


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # a smaller one would meet what the others have changed
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(example=EXAMPLE)
async def test_no_values_break_any_handle(running: Running, example: dict[str, Any]) -> None:
    bodies = list(_bodies(running, example))
    before = len(running.slack.journal)
    with logged() as log:
        for start in range(0, len(bodies), _TOGETHER):
            some = enumerate(bodies[start : start + _TOGETHER], start)
            asked = (_status(running, body, f"{before}.{number}") for number, body in some)
            for status, body in await asyncio.gather(*asked):
                assert status < 500, body
            assert log.accidents == [], f"after {bodies[start : start + _TOGETHER]}"
        await running.settled()
    assert log.accidents == []
