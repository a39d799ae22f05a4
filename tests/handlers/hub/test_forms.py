"""Each form of `/coach`: opened, refused at its field, saved, reopened, and sent twice."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.loudness import Loudness
from bot.domain.milestones import MilestoneKind
from bot.domain.playbook.plans import RepPlan, TeamPlan
from bot.slack.views.coach import names
from tests.handlers.hub.conftest import AtHub, make_admin
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE

STRANGER = "U09STRANGER"
Wrong = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """A form behind a page: what is filled in, what is then so, and what it refuses, by field."""

    page: str
    form: str
    given: dict[str, Any]
    so: Callable[[TeamPlan], Any]
    value: Any
    subject: str = ""
    wrong: Wrong = field(default_factory=dict)
    reopened: dict[str, Any] = field(default_factory=dict)
    needs_admin: bool = False


def rep(plan: TeamPlan, user: str) -> RepPlan | None:
    return next((each for each in plan.reps if each.user == user), None)


def named(plan: TeamPlan, name: str) -> Any:
    return next((each for each in plan.indicators if each.name == name), None)


def overrides(plan: TeamPlan) -> list[tuple[Any, ...]]:
    return [(o.user or o.segment, o.indicator, int(o.target), o.from_date) for o in plan.overrides]


RIGHT_RESULT = {"name": "Pipeline", "target": "150k", "unit": "GBP", "period": "quarter"}
RIGHT_BEHAVIOUR = {"name": "Demos", "target": "2", "aliases": "demo, show"}
CASES = [
    Case(
        names.PEOPLE,
        names.REP_ADD,
        {"user": [STRANGER], "segment": "New", "started_on": "2026-11-23"},
        lambda plan: rep(plan, STRANGER),
        RepPlan(STRANGER, "Stranger", segment="New", started_on=date(2026, 11, 23)),
        wrong={"user": {"user": [RILEY]}},
    ),
    Case(
        names.PEOPLE,
        names.REP,
        {
            "segment": "Senior",
            "started_on": "2026-09-01",
            "leaves_on": "2027-03-31",
            "nudge_at": "08:15",
            "timezone": "Asia/Kolkata",
            "name": "Ri & <ley>",
        },
        lambda plan: rep(plan, RILEY),
        RepPlan(
            RILEY,
            "Ri & <ley>",
            "Asia/Kolkata",
            "Senior",
            date(2026, 9, 1),
            date(2027, 3, 31),
            time(8, 15),
        ),
        subject=RILEY,
        wrong={
            "leaves_on": {"started_on": "2026-12-01", "leaves_on": "2026-11-30"},
            "nudge_at": {"nudge_at": "19:00"},
        },
        reopened={"segment": "Senior", "leaves_on": "2027-03-31", "nudge_at": "08:15"},
    ),
    Case(names.PEOPLE, names.REP_REMOVE, {}, lambda plan: rep(plan, SAM), None, subject=SAM),
    Case(
        names.PEOPLE,
        names.MANAGERS,
        {"managers": [ALEX, MORGAN]},
        lambda plan: plan.managers,
        (ALEX, MORGAN),
        reopened={"managers": [ALEX, MORGAN]},
        needs_admin=True,
    ),
    Case(
        names.COUNTED,
        names.RESULT_ADD,
        RIGHT_RESULT,
        lambda plan: int(named(plan, "Pipeline").target),
        150_000,
        wrong={
            "name": RIGHT_RESULT | {"name": "first meeting"},
            "target": RIGHT_RESULT | {"target": "many"},
        },
    ),
    Case(
        names.COUNTED,
        names.BEHAVIOUR_ADD,
        RIGHT_BEHAVIOUR | {"result": "Revenue", "period": "day", "leads_to": "First meetings"},
        lambda plan: (named(plan, "Demos").aliases, named(plan, "Demos").leads_to),
        (("demo", "show"), "First meetings"),
        wrong={
            "target": RIGHT_BEHAVIOUR | {"target": "-3"},
            "aliases": RIGHT_BEHAVIOUR | {"aliases": "fm"},
            "name": RIGHT_BEHAVIOUR | {"name": "Undo"},
        },
    ),
    Case(
        names.COUNTED,
        names.INDICATOR,
        {
            "name": "Intro meetings",
            "aliases": "im",
            "unit": "talks",
            "period": "month",
            "leads_to": "Opportunities",
            "result": "Revenue",
        },
        lambda plan: (
            named(plan, "Intro meetings").unit.name,
            named(plan, "Intro meetings").period.value,
            named(plan, "Intro meetings").leads_to,
            named(plan, "Intro meetings") in plan.results[1].behaviours,
        ),
        ("talks", "month", "Opportunities", True),
        subject="First meetings",
        wrong={"name": {"name": "Revenue"}, "aliases": {"aliases": "revenue"}},
    ),
    Case(
        names.COUNTED,
        names.INDICATOR_RETIRE,
        {},
        lambda plan: named(plan, "Territory plan"),
        None,
        subject="Territory plan",
    ),
    Case(
        names.HUB,
        names.TIMES,
        {
            "channel": "C02TALK",
            "workdays": ["0", "2", "5"],
            "nudge_at": "08:00",
            "day_ends_at": "17:30",
            "digest_at": "4",
            "digest_time": "16:00",
            "timezone": "Europe/Berlin",
            "holidays": "de-by",
        },
        lambda plan: (
            plan.channel,
            plan.workdays,
            plan.nudge_at,
            plan.day_ends_at,
            plan.digest_at.weekday,
            plan.timezone,
            plan.holidays,
        ),
        ("C02TALK", {0, 2, 5}, time(8), time(17, 30), 4, "Europe/Berlin", "DE-BY"),
        wrong={"holidays": {"holidays": "Atlantis"}, "day_ends_at": {"day_ends_at": "08:30"}},
        reopened={"channel": "C02TALK", "holidays": "DE-BY", "day_ends_at": "17:30"},
    ),
    Case(
        names.HUB,
        names.NEWS,
        {"leaderboard": ["yes"], "streak": "loud", "target": "off"},
        lambda plan: (plan.leaderboard, plan.celebrations.by_kind()),
        (
            True,
            {MilestoneKind.TARGET: Loudness.OFF, MilestoneKind.STREAK: Loudness.LOUD},
        ),
    ),
    Case(
        names.HUB,
        names.RAMP,
        {"ramp": "10, 50 %", "ramp_results": ["yes"]},
        lambda plan: (plan.ramp, plan.ramp_results),
        ((Decimal("0.1"), Decimal("0.5")), True),
        wrong={"ramp": {"ramp": "0, 50"}},
        reopened={"ramp": "10, 50"},
    ),
]


async def opened(hub: AtHub, case: Case) -> AtHub:
    if case.needs_admin:
        await make_admin(hub.running, MORGAN)
    await hub.open()
    if case.page != names.HUB:
        await hub.go(case.page)
    return await hub.go(case.form, case.subject)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.form)
async def test_a_form_is_refused_at_its_field_then_saved_and_shows_what_is_so(
    hub: AtHub, case: Case
) -> None:
    await opened(hub, case)
    before = await hub.playbook()
    for where, wrong in case.wrong.items():
        errors = await hub.send(**wrong)
        assert list(errors) == [where], errors
        assert await hub.playbook() == before
        await opened(hub, case)
    assert await hub.send(**case.given) == {}
    assert case.so(await hub.west()) == case.value
    assert "✅" in hub.shown
    await hub.open()
    if case.reopened:
        await opened(hub, case)
        assert {name: hub.value(name) for name in case.reopened} == case.reopened


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.form)
async def test_a_form_that_is_sent_twice_is_saved_once(hub: AtHub, case: Case) -> None:
    await opened(hub, case)
    await hub.send(**case.given)
    saved = await hub.playbook()
    again = await hub.again()
    assert (again.status, again.text) == (200, "")
    await hub.running.settled()
    assert await hub.playbook() == saved
    assert hub.shown


async def test_a_behaviour_moves_up_and_back_down_in_the_methods_order(hub: AtHub) -> None:
    await (await hub.open()).go(names.COUNTED)
    await hub.go(names.MOVE_DOWN, "First meetings")
    first = [each.name for each in (await hub.west()).behaviours]
    assert first[:2] == ["Prospecting calls", "First meetings"]
    await hub.go(names.MOVE_UP, "First meetings")
    assert (await hub.west()).behaviours[0].name == "First meetings"
    await hub.go(names.MOVE_UP, "Revenue")
    assert [each.name for each in (await hub.west()).results] == ["Revenue", "New customers"]


async def test_what_is_retired_comes_back_with_its_history(hub: AtHub) -> None:
    await (await hub.open()).go(names.COUNTED)
    await hub.go(names.INDICATOR_RETIRE, "Selling time")
    await hub.send()
    assert "thin" in hub.shown
    ids = hub.running.team.indicators
    await hub.go(names.INDICATOR_BACK)
    back = {"name": str(ids["Selling time"]), "target": "1h30", "period": "day"}
    assert await hub.send(**back, result="Revenue") == {}
    found = named(await hub.west(), "Selling time")
    assert (str(found.target), found.aliases) == ("1.50", ("selling",))
    assert (await hub.again()).text == ""  # a double click: it is said as it was the first time


async def test_short_names_that_change_are_said_as_words(hub: AtHub) -> None:
    await (await hub.open()).go(names.COUNTED)
    await hub.go(names.INDICATOR, "Selling time")
    assert await hub.send(aliases="selling, desk") == {}
    assert "aliases selling → selling, desk" in hub.shown


async def test_what_is_left_to_do_about_the_channel_is_not_ticked_off(hub: AtHub) -> None:
    await hub.running.slack.remove_bot("C02TALK")
    await (await hub.open()).go(names.TIMES)
    assert await hub.send(channel="C02TALK") == {}
    assert "👉 I'm not in that channel yet" in hub.shown
    assert "✅  👉" not in hub.shown


async def test_the_caps_are_shown_and_hold(hub: AtHub) -> None:
    await (await hub.open()).go(names.COUNTED)
    assert "2 of 3 results, 5 of 12 behaviours" in hub.shown
    await hub.go(names.RESULT_ADD)
    stale = hub.person.modal
    await hub.send(**RIGHT_RESULT)
    assert "3 of 3 results" in hub.shown
    assert "Add a result" not in hub.shown
    again = dict(hub.running.slack.calls("view_submission")[-1].body)
    again["view"] = json.loads(json.dumps(again["view"]).replace("Pipeline", "Another"))
    refused = await hub.running.signed({"payload": again})
    assert stale is not None
    assert "at most 3 results" in refused.text


async def test_a_full_page_of_people_leads_on_to_the_next(hub: AtHub) -> None:
    await (await hub.open()).go(names.PEOPLE)
    await hub.go(names.REP_ADD)
    many = [f"U1{n:05}" for n in range(25)]
    assert await hub.send(user=many) == {}
    assert "1–20 of 28" in hub.shown
    await hub.go(names.PEOPLE, number=1)
    assert "21–28 of 28" in hub.shown
    assert many[-1] in hub.shown


async def test_bots_and_people_who_left_slack_are_no_reps(hub: AtHub) -> None:
    await (await hub.open()).go(names.PEOPLE)
    await hub.go(names.REP_ADD)
    bot = hub.running.slack.team(WORKSPACE).seed.bot_user_id
    errors = await hub.send(user=[bot])
    assert "is a bot" in errors["user"]


async def test_who_is_added_is_called_as_in_slack_and_lives_in_the_zone_that_slack_says(
    hub: AtHub,
) -> None:
    await (await hub.open()).go(names.PEOPLE)
    await hub.go(names.REP_ADD)
    await hub.send(user=[STRANGER])
    found = rep(await hub.west(), STRANGER)
    assert found is not None
    assert found.name == "Stranger"
