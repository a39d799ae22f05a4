"""`/coach experiment` through signed HTTP (issue 5)."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.session import Session
from bot.db.tables import audit, experiment_members, experiments
from tests.handlers.conftest import STRANGER, Running
from tests.handlers.hub.conftest import AtHub
from tests.services.months_of_entries import add_entries, weekly
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE, RepRow, TeamRows, a_team

FROM, TO = "2026-11-23", "2026-12-20"
REPS = tuple(RepRow(f"U0N{n}", f"N{n}") for n in range(6))


@pytest.fixture
async def north(running: Running) -> TeamRows:
    """Six reps of Morgan's, each with a pace of their own."""

    def written(session: Session) -> TeamRows:
        north = a_team(session.connection, "North", reps=REPS, managers=(MORGAN,))
        for n, rep in enumerate(REPS):
            rows = weekly(north, rep.user_id, "First meetings", n + 2, date(2026, 11, 9), 8)
            add_entries(session, rows)
        return north

    return await running.bot.transactions.of(WORKSPACE).write(written)


def chosen(north: TeamRows, name: str = "First meetings") -> dict[str, Any]:
    """What is filled in in the first step."""
    behaviour = north.indicators[name]
    return {
        "question": {"value": {"type": "plain_text_input", "value": "Does <it> work?"}},
        "method": {"value": {"type": "plain_text_input", "value": "Asks & listens"}},
        "what": {"value": {"selected_option": {"value": f"volume:{behaviour}"}}},
        "from": {"value": {"type": "datepicker", "selected_date": FROM}},
        "to": {"value": {"type": "datepicker", "selected_date": TO}},
    }


async def sent(
    running: Running, callback: str, metadata: str, values: Any, user: str = MORGAN
) -> Any:
    """A form's submission, as somebody might make it up; the bot's answer."""
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": callback,
        "private_metadata": metadata,
        "state": {"values": values},
        "blocks": [{"type": "input", "block_id": name} for name in values],
    }
    fields = {
        "type": "view_submission",
        "team": {"id": running.team.workspace_id},
        "user": {"id": user},
        "trigger_id": "1.2.3",
        "view": view,
    }
    answer = await running.signed({"payload": fields})
    assert answer.status == 200
    await running.settled()
    return json.loads(answer.text) if answer.text else {}


def groups(new: list[str], usual: list[str]) -> dict[str, Any]:
    return {
        "new": {"value": {"type": "multi_users_select", "selected_users": new}},
        "usual": {"value": {"type": "multi_users_select", "selected_users": usual}},
    }


async def planned(running: Running, north: TeamRows) -> tuple[str, list[str], list[str]]:
    """The second step as the bot shows it: its metadata, and the groups that were drawn."""
    answer = await sent(running, "experiment_form", str(north.team_id), chosen(north))
    assert answer["response_action"] == "update", answer
    view = answer["view"]
    found = {block["block_id"]: block.get("element", {}) for block in view["blocks"]}
    lists = (found[name]["initial_users"] for name in ("new", "usual"))
    return view["private_metadata"], *lists


async def test_a_manager_plans_one_in_two_steps(running: Running, north: TeamRows) -> None:
    hub = AtHub(running, running.person(MORGAN))
    await hub.open("experiment North")
    assert "has tried nothing yet" in hub.shown
    assert hub.person.modal is not None
    pressed = await hub.person.press(hub.person.modal, "experiment_new")
    assert pressed.ok, pressed.detail
    assert hub.title == "New experiment"
    metadata, new, usual = await planned(running, north)
    assert sorted(new + usual) == [rep.user_id for rep in REPS]
    assert len(new) == len(usual) == 3
    answer = await sent(running, "experiment_groups_form", metadata, groups(new, usual))
    said = json.dumps(answer["view"], ensure_ascii=False)
    assert "Does &lt;it&gt; work?" in said
    assert "Planned from Mon 23 Nov to Sun 20 Dec" in said
    [row] = await running.rows(select(experiments))
    assert (row.question, row.method) == ("Does <it> work?", "Asks & listens")
    members = await running.rows(select(experiment_members))
    assert {m.person_id for m in members if m.in_group == "new"} == {north.people[u] for u in new}
    assert await running.rows(select(audit).where(audit.c.action == "experiment.planned"))


async def test_the_same_plan_sent_twice_is_kept_once(running: Running, north: TeamRows) -> None:
    metadata, new, usual = await planned(running, north)
    for _ in range(2):
        answer = await sent(running, "experiment_groups_form", metadata, groups(new, usual))
        assert answer["response_action"] == "update", answer
    assert len(await running.rows(select(experiments))) == 1
    assert len(await running.rows(select(experiment_members))) == 6


@pytest.mark.parametrize("user", ["U0N1", RILEY, STRANGER])
async def test_only_managers_plan_and_stop(running: Running, north: TeamRows, user: str) -> None:
    answer = await sent(running, "experiment_form", str(north.team_id), chosen(north), user)
    assert answer["response_action"] == "errors"
    metadata, new, usual = await planned(running, north)
    await sent(running, "experiment_groups_form", metadata, groups(new, usual), user)
    assert await running.rows(select(experiments)) == []


@pytest.mark.parametrize(
    "field, value, says",
    [
        ("to", {"selected_date": "2026-12-05"}, "Two weeks at least"),
        ("to", {"selected_date": "2027-06-01"}, "26 weeks at most"),
        ("from", {"selected_date": "2026-11-02"}, "today or a later day"),
        ("question", {"value": " "}, "Ask a question"),
        ("what", {"selected_option": {"value": "volume:99"}}, "choose again"),
        ("what", {"selected_option": {"value": "conversion:3:4"}}, "choose again"),
    ],
)
async def test_what_is_wrong_stands_at_its_field(
    running: Running, north: TeamRows, field: str, value: Any, says: str
) -> None:
    values = chosen(north) | {field: {"value": value}}
    answer = await sent(running, "experiment_form", str(north.team_id), values)
    assert says in answer["errors"][field]


@pytest.mark.parametrize(
    "new, usual, field",
    [
        (["U0N0"], ["U0N1", "U0N2"], "new"),
        (["U0N0", SAM], ["U0N1", "U0N2"], "new"),
        (["U0N0", "U0N1"], ["U0N1", "U0N2"], "usual"),
        (["U0N0", "U0N1"], [], "usual"),
    ],
)
async def test_groups_are_of_two_reps_of_the_team_at_least(
    running: Running, north: TeamRows, new: list[str], usual: list[str], field: str
) -> None:
    metadata, *_ = await planned(running, north)
    answer = await sent(running, "experiment_groups_form", metadata, groups(new, usual))
    assert list(answer["errors"]) == [field]
    assert await running.rows(select(experiments)) == []


@pytest.mark.parametrize("metadata", ["", "{}", "[]", '{"plan": {"team_id": 1}}', "x" * 99])
async def test_forged_metadata_keeps_nothing(
    running: Running, north: TeamRows, metadata: str
) -> None:
    values = groups(["U0N0", "U0N1"], ["U0N2", "U0N3"])
    answer = await sent(running, "experiment_groups_form", metadata, values)
    assert "out of date" in answer["errors"]["new"]


async def test_a_forged_team_is_refused(running: Running, north: TeamRows) -> None:
    metadata, new, usual = await planned(running, north)
    parts = json.loads(metadata)
    parts["plan"]["team_id"] = 99
    values = groups(new, usual)
    answer = await sent(running, "experiment_groups_form", json.dumps(parts), values)
    assert answer["response_action"] == "errors"
    assert await running.rows(select(experiments)) == []


async def test_groups_change_before_it_begins_and_not_behind_somebodys_back(
    running: Running, north: TeamRows
) -> None:
    metadata, new, usual = await planned(running, north)
    await sent(running, "experiment_groups_form", metadata, groups(new, usual))
    hub = AtHub(running, running.person(MORGAN))
    await hub.open("experiment North")
    assert hub.person.modal is not None
    await hub.person.press(hub.person.modal, "experiment_groups:1")
    assert hub.person.modal is not None
    seen = hub.person.modal.body["private_metadata"]
    await sent(running, "experiment_groups_form", seen, groups(usual, new))
    late = await sent(running, "experiment_groups_form", seen, groups(new[:2], usual[:2]))
    assert "Somebody else has changed" in str(late["errors"])
    rows = await running.rows(select(experiment_members))
    assert {m.person_id for m in rows if m.in_group == "new"} == {north.people[u] for u in usual}
    running.clock.advance(days=6)
    begun = await sent(running, "experiment_groups_form", seen, groups(new, usual))
    assert "It has begun" in str(begun["errors"])


async def test_a_clash_is_refused_and_a_stopped_one_is_none(
    running: Running, north: TeamRows
) -> None:
    metadata, new, usual = await planned(running, north)
    await sent(running, "experiment_groups_form", metadata, groups(new, usual))
    parts = json.loads(metadata)
    parts["plan"]["question"] = "Another"
    other = json.dumps(parts)
    clash = await sent(running, "experiment_groups_form", other, groups(new, usual))
    assert "“Does <it> work?”" in str(clash["errors"])
    hub = AtHub(running, running.person(MORGAN))
    await hub.open("experiment North")
    assert hub.person.modal is not None
    await hub.person.press(hub.person.modal, "experiment_stop:1")
    assert "Stopped before its planned end, so there is no verdict" in hub.shown
    assert "experiment_stop" not in hub.shown
    await sent(running, "experiment_groups_form", other, groups(new, usual))
    assert len(await running.rows(select(experiments))) == 2


async def test_reps_are_told_that_it_is_for_managers(running: Running, north: TeamRows) -> None:
    reply = await running.person(ALEX).command("/coach", "experiment North")
    assert running.person(ALEX).modal is None
    assert "manager" in reply.text
