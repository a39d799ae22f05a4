"""Whoever presses or sends what is not theirs changes nothing, and reads why (design §2.8)."""

import itertools
import json
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.db.tables import metadata, people, workspaces
from bot.slack import actions
from bot.slack.views.coach import names
from bot.slack.views.coach.place import Kept, Place
from tests.handlers.conftest import Running
from tests.safety.rights import all_rows, logged, trespasses
from tests.safety.twins import NADIA, constants, pressed, sent_form
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE

NOBODY = "U77NOBODY"
WRONG = (ALEX, NADIA, NOBODY)
"""A rep of the same team, the manager of another one, and somebody whom nobody knows."""
VALUES = ("done", "done U02RILEY", "2 3 3 0", "1 9 week First meetings", "2026-11-16 U02RILEY")


async def _ids(running: Running) -> dict[str, list[int]]:
    """Row ids of team West's people and things, by table."""
    found: dict[str, list[int]] = {}
    for table in metadata.sorted_tables:
        if table is not workspaces and "id" in table.c:
            rows = await running.rows(
                select(table.c.id).where(table.c.workspace_id == WORKSPACE).order_by(table.c.id)
            )
            found[table.name] = [row.id for row in rows]
    return found


async def _actor(running: Running, user: str) -> frozenset[object]:
    rows = await running.rows(
        select(people.c.id).where(people.c.workspace_id == WORKSPACE, people.c.user_id == user)
    )
    return frozenset([user, *(row.id for row in rows)])


def _buttons(ids: dict[str, list[int]]) -> Iterator[tuple[str, str]]:
    tables = "commitments entries experiments indicators kudos one_to_ones pairings people time_off"
    for name in constants(actions):
        for table in tables.split():
            yield f"{name}:{ids[table][0]}", f"{ids[table][0]}"
        for value in VALUES if name not in {"log", "plan", "home_log"} else ():
            yield f"{name}:{ids['commitments'][0]}", value
    for page in constants(names):
        yield actions.COACH_GO, Place(page, ids["teams"][0], ids["time_off"][0], RILEY).code


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_button_of_somebody_elses_changes_nothing(running: Running, wrong: str) -> None:
    ids, engine = await _ids(running), running.bot.engine
    before, actor = all_rows(engine), await _actor(running, wrong)
    with logged() as log:
        for number, (action, value) in enumerate(_buttons(ids)):
            view = {"id": f"V{number}", "type": "modal", "callback_id": "x"}
            answer = await running.signed({"payload": pressed(wrong, action, value, view=view)})
            assert answer.status == 200
        await running.settled()
    assert log.accidents == []
    assert trespasses(before, all_rows(engine), actor) == []


GIVEN = {
    "segment": {"value": {"value": "Forged"}},
    "name": {"value": {"value": "Forged"}},
    "target": {"value": {"value": "9"}},
    "user": {"value": {"selected_user": SAM, "selected_users": [SAM]}},
    "admins": {"value": {"selected_users": [ALEX, NADIA, NOBODY]}},
    "managers": {"value": {"selected_users": [ALEX, NADIA, NOBODY]}},
    "first": {"value": {"selected_date": "2026-12-01"}},
    "last": {"value": {"selected_date": "2026-12-04"}},
    "note": {"value": {"value": "Forged"}},
    "quantity": {"value": {"value": "99"}},
    "day": {"value": {"selected_date": "2026-11-18"}},
    "word": {"value": {"value": "ERASE"}},
}


def _forms(ids: dict[str, list[int]]) -> Iterator[tuple[str, str]]:
    for form in constants(names):
        for subject in (RILEY, "First meetings", ""):
            yield actions.COACH_FORM, Kept(Place(form, ids["teams"][0], 0, subject)).metadata
    others = {name for name in constants(actions) if name.endswith("_form")} - {"coach_form"}
    for name, table in itertools.product(sorted(others), ("entries", "people", "experiments")):
        row = ids[table][0]
        known = ("entry_id", "person_id", "person", "team_id", "id", "experiment", "rep", "user")
        yield name, json.dumps(dict.fromkeys(known, row))
        yield name, json.dumps(dict.fromkeys(known, RILEY))
        yield name, f"{row}"


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_form_of_somebody_elses_changes_nothing_and_says_why(
    running: Running, wrong: str
) -> None:
    ids, engine = await _ids(running), running.bot.engine
    before, actor = all_rows(engine), await _actor(running, wrong)
    with logged() as log:
        for number, (form, kept) in enumerate(_forms(ids)):
            body = sent_form(wrong, form, kept, GIVEN, f"V{number}")
            answer = await running.signed({"payload": body})
            assert answer.status == 200
            assert "Something went wrong" not in answer.text, (form, kept)
            if form == actions.COACH_FORM:
                assert "response_action" in answer.text, (form, kept)
        await running.settled()
    assert log.accidents == []
    assert trespasses(before, all_rows(engine), actor) == []


@pytest.mark.parametrize("wrong", WRONG)
async def test_commands_about_others_change_nothing_and_say_why(
    running: Running, wrong: str
) -> None:
    engine = running.bot.engine
    before, actor = all_rows(engine), await _actor(running, wrong)
    base = {"user_id": wrong, "team_id": WORKSPACE, "channel_id": "C01WEST", "response_url": ""}
    lines = (
        ("/pace", f"away <@{RILEY}> 12-16 dec"),
        ("/pace", f"<@{RILEY}>"),
        ("/coach", f"prep <@{RILEY}>"),
        ("/coach", f"notes <@{RILEY}>"),
        ("/coach", "target"),
    )
    for number, (command, text) in enumerate(lines):
        fields = base | {"command": command, "text": text, "trigger_id": f"t{number}"}
        answer = await running.signed(fields)
        assert answer.status == 200
        assert "Something went wrong" not in answer.text
        assert "Alphaword" not in answer.text
    assert trespasses(before, all_rows(engine), actor) == []


async def test_what_belongs_to_the_manager_is_seen_to_change(running: Running) -> None:
    """The same check does find a change: Morgan may, so that to Alex it would be a trespass."""
    before = all_rows(running.bot.engine)
    answer = await running.signed(
        {
            "user_id": MORGAN,
            "team_id": WORKSPACE,
            "command": "/pace",
            "text": f"away <@{RILEY}> 12-16 dec",
            "trigger_id": "t",
            "channel_id": "C01WEST",
            "response_url": "",
        }
    )
    assert answer.status == 200
    found = trespasses(before, all_rows(running.bot.engine), await _actor(running, ALEX))
    assert any(line.startswith("time_off") for line in found)
