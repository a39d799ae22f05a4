"""The first five minutes: from an empty database to a team, its first nudge and first digest."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.tables import audit
from tests.cli.commands import pacesetter
from tests.handlers.guided import BOT, WEST, Guided, Newly, newly_installed
from tests.teams import ALEX, MORGAN, RILEY, SAM

THURSDAY_9 = datetime(2026, 11, 19, 9, tzinfo=UTC)
MONDAY_830 = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
PEOPLE = {"reps": [RILEY, SAM], "channel": WEST}


@pytest.fixture
async def newly(database_url: str) -> AsyncIterator[Newly]:
    async with newly_installed(database_url) as running:
        yield running


@pytest.fixture
async def guided(newly: Newly) -> Guided:
    """Morgan, who has pressed the welcome's one button."""
    guided = Guided(newly.person())
    await guided.presses(await newly.welcomed(), "setup")
    return guided


async def to_people(guided: Guided) -> None:
    await guided.passes({"template": "saas-new-business", "name": "West"})
    for _ in range(4):
        await guided.passes()
    assert guided.place == "people"


async def to_preview(guided: Guided) -> None:
    await to_people(guided)
    await guided.passes(PEOPLE)
    await guided.passes()
    assert guided.place == "preview"


async def test_from_an_empty_database_to_the_first_nudge_and_digest(
    newly: Newly, guided: Guided
) -> None:
    await to_preview(guided)
    assert "First meetings" in guided.says()
    assert f"<@{RILEY}>: Thursday 19 November, 09:00" in guided.says()
    assert "Monday 23 November, 08:30" in guided.says()
    await guided.passes()
    assert "West is set up" in guided.says()
    assert f"<#{WEST}>" in guided.says()
    [team] = (await newly.playbook()).teams
    assert (team.name, team.managers, team.channel) == ("West", (MORGAN,), WEST)
    assert [rep.user for rep in team.reps] == [RILEY, SAM]
    assert (len(team.results), len(team.behaviours), team.holidays) == (2, 8, "GB")
    sent = await newly.tick(THURSDAY_9)
    assert [(each.kind, each.recipient) for each in sent] == [("nudge", RILEY)]
    sent = await newly.tick(MONDAY_830)
    assert [(each.kind, each.recipient) for each in sent if each.kind == "digest"] == [
        ("digest", MORGAN)
    ]


async def test_the_previewed_nudge_is_the_one_that_comes(newly: Newly, guided: Guided) -> None:
    await to_preview(guided)
    shown = guided.says()
    await guided.passes()
    await newly.tick(THURSDAY_9)
    [*_, nudge] = newly.person(RILEY).direct_messages()
    said = [block["text"]["text"] for block in nudge.blocks if block["type"] == "section"]
    assert said
    assert all(text in shown for text in said)


async def test_three_minutes_are_enough_counted_in_clicks_and_words(guided: Guided) -> None:
    await to_preview(guided)
    await guided.passes()
    assert guided.interactions <= 25
    assert guided.words <= 20


async def test_what_was_set_up_is_printed_as_a_playbook(
    newly: Newly, guided: Guided, tmp_path: Path
) -> None:
    await to_preview(guided)
    await guided.passes()
    url = newly.bot.settings.database_url
    shown = await asyncio.to_thread(pacesetter, "playbook", "show", cwd=tmp_path, DATABASE_URL=url)
    assert shown.code == 0, shown.err
    assert "name: West" in shown.out
    assert "leads_to: First meetings" in shown.out


async def test_it_is_left_after_each_step_and_taken_up_again(newly: Newly, guided: Guided) -> None:
    steps: list[dict[str, Any]] = [
        {"template": "saas-new-business", "name": "West"},
        {"result:2": "Renewals"},
        {},
        {"behaviour:1:0": "Buying centre mapped"},
        {"behaviour:2:0": "Renewal calls"},
        {"target:1:0": "2 a week", "target:2": "6 a quarter", "target:2:0": "5 a week"},
        PEOPLE,
        {"nudge_at": "08:15"},
    ]
    for filled in steps:
        await guided.passes(filled)
        place = guided.place
        await guided.person.close()
        await guided.person.command("/coach", "setup")
        assert "Go on there, or start again?" in guided.says()
        await guided.presses(guided.view, "setup_go_on")
        assert guided.place == place
    await guided.passes()
    [team] = (await newly.playbook()).teams
    assert [len(result.behaviours) for result in team.results] == [4, 4, 1]
    assert f"{team.nudge_at:%H:%M}" == "08:15"
    assert [each.target for each in team.behaviours if each.name == "Renewal calls"] == [5]


async def test_starting_again_forgets_what_was_left(newly: Newly, guided: Guided) -> None:
    await to_people(guided)
    left = guided.view
    await newly.person().command("/coach", "setup")
    await guided.presses(guided.view, "setup_anew")
    assert guided.place == "start"
    assert guided.shown("template") is None
    newly.person().team.screens.stacks[MORGAN] = [left]
    sent = await guided.next(PEOPLE)
    assert "started again" in str(sent.errors)


@pytest.mark.parametrize(
    "place, filled, field",
    [
        ("start", {"template": "blank"}, "name"),
        ("results", {"result:0": "won"}, "result:0"),
        ("results", {"result:1": "New customer"}, "result:1"),
        ("behaviours:0", {"behaviour:0:4": "demo"}, "behaviour:0:4"),
        ("behaviours:1", {"behaviour:1:4": "Decision maker met"}, "behaviour:1:4"),
        ("targets", {"target:0:1": "many"}, "target:0:1"),
        ("targets", {"target:0:1": "0 a week"}, "target:0:1"),
        ("targets", {"target:0": "12 a week"}, "target:0"),
        ("people", {"reps": [RILEY, BOT]}, "reps"),
        ("people", {"reps": [RILEY], "managers": [BOT]}, "managers"),
        ("times", {"day_ends_at": "08:00"}, "day_ends_at"),
        ("times", {"holidays": "Narnia"}, "holidays"),
        ("times", {"timezone": "London"}, "timezone"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    guided: Guided, place: str, filled: dict[str, object], field: str
) -> None:
    usual: dict[str, dict[str, Any]] = {
        "start": {"template": "saas-new-business", "name": "West"},
        "people": PEOPLE,
    }
    while guided.place != place:
        await guided.passes(usual.get(guided.place, {}))
    sent = await guided.next(filled)
    assert list(sent.errors) == [field], sent.errors
    assert guided.place == place


async def test_a_thirteenth_behaviour_has_no_place(guided: Guided) -> None:
    await guided.passes({"template": "saas-new-business"})
    await guided.passes()
    assert "2 of 3 results, 8 of 12 behaviours" in guided.says()
    await guided.passes({"behaviour:0:4": "Referrals", "behaviour:0:5": "Follow-ups"})
    assert "10 of 12 behaviours" in guided.says()
    slots = [each for each in guided.view.blocks if each["block_id"].startswith("behaviour:1:")]
    assert len(slots) == 6


async def test_back_keeps_what_was_typed_right_or_wrong(guided: Guided) -> None:
    await guided.passes({"template": "saas-new-business", "name": "West"})
    await guided.back(**{"result:0": "Won deals", "result:2": "won"})
    assert guided.place == "start"
    assert guided.shown("name") == "West"
    await guided.passes()
    assert [guided.shown(f"result:{slot}") for slot in range(3)] == [
        "Won deals",
        "New revenue",
        "won",
    ]


async def test_a_name_that_a_template_knows_brings_its_target(guided: Guided) -> None:
    await guided.passes({"template": "blank", "name": "West"})
    await guided.passes({"result:0": "New customers"})
    await guided.passes({"behaviour:0:0": "demos", "behaviour:0:1": "Coffee with partners"})
    assert guided.shown("target:0:0") == "3 demos a week"
    assert guided.shown("target:0:1") is None


async def test_a_double_click_sets_up_one_team(newly: Newly, guided: Guided) -> None:
    await to_preview(guided)
    preview = guided.view
    await guided.passes()
    guided.person.team.screens.stacks[MORGAN] = [preview]
    again = await guided.next()
    assert "West is set up" in str(again.body)
    assert len((await newly.playbook()).teams) == 1
    done = await newly.rows(select(audit.c.action).where(audit.c.action == "team.set_up"))
    assert len(done) == 1


async def test_a_team_of_that_name_that_has_appeared_meanwhile_is_left_alone(
    newly: Newly, guided: Guided
) -> None:
    await to_preview(guided)
    sam = Guided(newly.person(SAM))
    offer = await sam.person.command("/coach")
    await sam.presses(offer, "claim_admin")
    await sam.person.command("/coach", "setup")
    await sam.passes({"template": "inside-sales", "name": "west"})
    while sam.place != "people":
        await sam.passes()
    await sam.passes({"reps": [ALEX]})
    await sam.passes()
    await sam.passes()
    before = await newly.playbook()
    await guided.passes()
    assert "has been set up by Sam meanwhile" in guided.says()
    assert guided.place == "preview"
    assert await newly.playbook() == before


async def test_a_team_that_is_set_up_again_opens_with_what_is_there(
    newly: Newly, guided: Guided
) -> None:
    await to_preview(guided)
    await guided.passes()
    before = await newly.playbook()
    await guided.person.command("/coach", "setup west")
    assert guided.place == "results"
    assert guided.shown("result:0") == "New customers"
    while guided.place != "preview":
        await guided.passes()
    await guided.passes()
    assert await newly.playbook() == before


async def test_a_team_that_somebody_changed_meanwhile_is_not_overwritten(
    newly: Newly, guided: Guided
) -> None:
    await to_preview(guided)
    await guided.passes()
    await guided.person.command("/coach", "setup West")
    while guided.place != "preview":
        await guided.passes()
    sam = Guided(newly.person(SAM))
    await sam.presses(await sam.person.command("/coach"), "claim_admin")
    await sam.person.command("/coach", "setup West")
    while sam.place != "targets":
        await sam.passes()
    await sam.passes({"target:0:1": "7 a week"})
    while sam.place != "preview":
        await sam.passes()
    await sam.passes()
    after = await newly.playbook()
    await guided.passes()
    assert "West has been changed by Sam since you began" in guided.says()
    assert await newly.playbook() == after


async def test_a_manager_sets_the_own_team_up_again_but_names_no_managers(
    newly: Newly, guided: Guided
) -> None:
    await to_people(guided)
    await guided.passes({**PEOPLE, "managers": [ALEX]})
    await guided.passes()
    await guided.passes()
    alex = Guided(newly.person(ALEX))
    await alex.person.command("/coach", "setup")
    while alex.place != "people":
        await alex.passes()
    assert "managers" not in [block["block_id"] for block in alex.view.blocks]
    await alex.passes({"reps": [RILEY]})
    await alex.passes()
    await alex.passes()
    [team] = (await newly.playbook()).teams
    assert ([rep.user for rep in team.reps], team.managers) == ([RILEY], (ALEX,))


async def test_a_rep_is_in_one_team_at_a_time(newly: Newly, guided: Guided) -> None:
    await to_preview(guided)
    await guided.passes()
    await guided.person.command("/coach", "setup")
    await guided.passes({"template": "inside-sales", "name": "East"})
    while guided.place != "people":
        await guided.passes()
    sent = await guided.next({"reps": [SAM, ALEX]})
    assert sent.errors == {"reps": "Sam is already a rep of West: a rep is in one team at a time."}
