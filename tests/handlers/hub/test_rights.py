"""Who may do what at the hub, whatever a request claims; and what comes too late."""

import json

import pytest
from sqlalchemy import select

from bot.db.engine import for_writing, make_engine
from bot.db.tables import audit
from bot.slack.views.coach import names
from bot.slack.views.coach.place import Place
from sandbox.errors import NotPossible
from tests.handlers.conftest import STRANGER, Running
from tests.handlers.hub.conftest import AtHub, make_admin
from tests.teams import ALEX, INDICATORS, MORGAN, RILEY, SAM, RepRow, a_team

OTHERS = ("U20NADIA", "U21NOAH")


@pytest.fixture
def east(running: Running, database_url: str) -> int:
    """A team that Morgan doesn't lead; its id."""
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        rows = a_team(
            connection,
            "East",
            reps=[RepRow(OTHERS[1], "Noah")],
            managers=[OTHERS[0]],
            listed=INDICATORS,
        )
    engine.dispose()
    return rows.team_id


@pytest.mark.parametrize("who", [RILEY, SAM, STRANGER])
async def test_whoever_leads_nobody_is_told_what_there_is_instead(
    running: Running, who: str
) -> None:
    reply = await running.person(who).command("/coach")
    assert reply.ok
    assert running.person(who).modal is None
    assert "for managers" in reply.text
    assert ("/pace now" in str(reply.body)) is (who != STRANGER)


FORGED = [
    (names.PEOPLE, names.REP, RILEY, {"segment": "Forged"}),
    (names.PEOPLE, names.REP_REMOVE, RILEY, {}),
    (names.PEOPLE, names.REP_ADD, "", {"user": [STRANGER]}),
    (names.COUNTED, names.INDICATOR, "First meetings", {"name": "Forged"}),
    (names.COUNTED, names.INDICATOR_RETIRE, "First meetings", {}),
    (names.HUB, names.TIMES, "", {"holidays": "GB"}),
    (names.HUB, names.NEWS, "", {"leaderboard": ["yes"]}),
    (names.HUB, names.RAMP, "", {"ramp": "50"}),
    (names.TARGETS, names.TARGET, "First meetings", {"target": "9"}),
    (names.AWAY, names.AWAY_ADD, "", {"user": SAM}),
]


@pytest.mark.parametrize("page, form, subject, given", FORGED, ids=[each[1] for each in FORGED])
async def test_a_form_of_another_team_is_refused_and_changes_nothing(
    hub: AtHub, east: int, page: str, form: str, subject: str, given: dict[str, object]
) -> None:
    await hub.open()
    if page != names.HUB:
        await hub.go(page)
    await hub.go(form, subject)
    await hub.send(**given)
    before = await hub.playbook()
    about = OTHERS[1] if subject == RILEY else subject
    refused = await hub.forged(Place(form, east, 0, about))
    assert refused.status == 200
    assert "Only the team's manager or an admin may do that." in refused.text
    assert await hub.playbook() == before


@pytest.mark.parametrize("form", [names.MANAGERS, names.ADMINS, names.TEAM_RETIRE, names.WORKSPACE])
async def test_what_is_for_admins_is_refused_to_a_manager(hub: AtHub, form: str) -> None:
    await hub.open()
    assert "Admins" not in hub.shown
    await hub.go(names.RAMP)
    await hub.send(ramp="50")
    before = await hub.playbook()
    refused = await hub.forged(Place(form, hub.running.team.team_id))
    assert "dmin" in refused.text, refused.text
    assert await hub.playbook() == before


async def test_a_button_of_another_team_opens_nothing(hub: AtHub, east: int) -> None:
    await hub.open()
    view = hub.person.modal
    await hub.go(names.PEOPLE)
    body = dict(hub.running.slack.calls("block_actions")[-1].body)
    pressed = dict(body["actions"][0], value=Place(names.PEOPLE, east).code)
    assert (await hub.running.signed({"payload": body | {"actions": [pressed]}})).status == 200
    assert view is not None
    assert "Noah" not in hub.shown
    assert OTHERS[1] not in hub.shown


async def test_a_form_that_comes_after_another_is_refused_and_overwrites_nothing(
    hub: AtHub, second: AtHub
) -> None:
    for each in (hub, second):
        await (await each.open()).go(names.PEOPLE)
        await each.go(names.REP, SAM)
    assert await second.send(segment="AE") == {}
    errors = await hub.send(segment="SDR 2")
    assert "AE" in str(errors)
    assert f"<@{ALEX}>" in str(errors) or "Alex" in str(errors)
    assert (await hub.west()).reps[1].segment == "AE"
    await (await hub.open()).go(names.PEOPLE)
    await hub.go(names.REP, SAM)
    assert await hub.send(segment="SDR 2") == {}


async def test_a_form_without_fields_that_comes_too_late_says_so_in_its_place(
    hub: AtHub, second: AtHub
) -> None:
    for each in (hub, second):
        await (await each.open()).go(names.COUNTED)
    await hub.go(names.INDICATOR_RETIRE, "Opportunities")
    await second.go(names.INDICATOR, "Opportunities")
    assert await second.send(name="Qualified") == {}
    await hub.send()
    assert hub.title == "Not done"
    assert any(each.name == "Qualified" for each in (await hub.west()).behaviours)


async def test_a_move_on_a_page_that_is_out_of_date_is_refused(hub: AtHub, second: AtHub) -> None:
    for each in (hub, second):
        await (await each.open()).go(names.COUNTED)
    await second.go(names.MOVE_DOWN, "First meetings")
    order = [each.name for each in (await hub.west()).behaviours]
    await hub.go(names.MOVE_DOWN, "First meetings")
    assert hub.title == "Not done"
    assert [each.name for each in (await hub.west()).behaviours] == order


async def test_what_was_changed_is_in_the_audit_log(hub: AtHub) -> None:
    await (await hub.open()).go(names.PEOPLE)
    await hub.go(names.AWAY_ADD, SAM)
    await hub.send(first="2026-12-24")
    rows = await hub.running.rows(select(audit.c.actor, audit.c.action, audit.c.subject))
    assert (MORGAN, "time_off.added", SAM) in [tuple(row) for row in rows]


async def test_an_admin_names_admins_of_whom_one_has_to_stay(hub: AtHub) -> None:
    await make_admin(hub.running, MORGAN)
    await (await hub.open()).go(names.ADMINS)
    assert hub.value("admins") == [MORGAN]
    assert await hub.send(admins=[MORGAN, RILEY]) == {}
    assert f"<@{RILEY}>" in hub.shown
    body = dict(hub.running.slack.calls("view_submission")[-1].body)
    state = {"values": {"admins": {"value": {"type": "multi_users_select", "selected_users": []}}}}
    body["view"] = dict(body["view"], state=state)
    refused = await hub.running.signed({"payload": json.dumps(body)})
    assert "Somebody has to be an admin" in refused.text or "just changed" in refused.text


async def test_teams_come_are_renamed_and_go(hub: AtHub) -> None:
    await make_admin(hub.running, MORGAN)
    await (await hub.open()).go(names.TEAMS)
    await hub.go(names.TEAM_ADD)
    assert list(await hub.send(name="west")) == ["name"]
    assert await hub.send(name="South", managers=[MORGAN]) == {}
    assert [team.name for team in (await hub.playbook()).teams] == ["West", "South"]
    await hub.go(names.TEAM)
    assert await hub.send(name="Wild West") == {}
    assert "Wild West" in hub.shown
    await hub.go(names.TEAM_RETIRE)
    assert await hub.send() == {}
    assert [team.name for team in (await hub.playbook()).teams] == ["South"]
    assert "Retired: Wild West" in hub.shown


async def test_a_template_says_what_it_would_retire_and_waits_for_a_yes(hub: AtHub) -> None:
    await (await hub.open()).go(names.TEMPLATES)
    await hub.go(names.TEMPLATE, "outbound-sdr")
    assert "No longer counted from today" in hub.shown
    assert "Territory plan" in hub.shown
    before = await hub.playbook()
    with pytest.raises(NotPossible):  # Slack itself asks for the tick
        await hub.send()
    assert await hub.playbook() == before
    assert await hub.send(agreed=["yes"]) == {}
    plan = await hub.west()
    assert [result.name for result in plan.results] == ["Meetings held", "Pipeline created"]
    assert len(plan.reps) == 3


async def test_an_admin_without_a_team_is_led_to_the_first_one(hub: AtHub) -> None:
    await make_admin(hub.running, MORGAN)
    await (await hub.open()).go(names.TEAMS)
    await hub.go(names.TEAM_RETIRE)
    await hub.send()
    assert "Retired: West" in hub.shown
    await hub.open()
    assert "There is no team yet" in hub.shown
    await hub.go(names.TEAM_ADD)
    assert await hub.send(name="West", managers=[MORGAN]) == {}
    assert [result.name for result in (await hub.west()).results] == []
    assert "✅" in hub.shown


async def test_the_hub_opens_from_a_button_elsewhere(hub: AtHub) -> None:
    """Home and notices lead to a page or a form by the same buttons."""
    await hub.person.command("/coach", "digset")
    message = hub.person.ephemerals()[-1]
    await hub.person.press(message, "coach_line:0")
    body = dict(hub.running.slack.calls("block_actions")[-1].body)
    way = Place(names.TIMES, hub.running.team.team_id).code
    trigger = hub.running.slack.team("T01TEST").tickets.trigger(MORGAN)
    pressed = dict(body["actions"][0], action_id="coach_go", value=way)
    await hub.running.signed({"payload": body | {"actions": [pressed], "trigger_id": trigger}})
    assert hub.title == "Times and channel"
    assert await hub.send(holidays="GB") == {}
    await hub.running.settled()
    assert hub.person.modal is None
    assert "Holidays" in hub.person.ephemerals()[-1].text
