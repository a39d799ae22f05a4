"""Everything that a playbook file can say can be said at the hub, and `playbook show` prints it."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from bot.domain.days.periods import PeriodKind
from bot.domain.playbook.plans import (
    BehaviourPlan,
    OverridePlan,
    Playbook,
    RepPlan,
    ResultPlan,
    TeamPlan,
)
from bot.domain.playbook.rules import settled
from bot.files.playbook import parse
from bot.files.playbook_text import dump
from bot.slack.views.coach import names
from tests.handlers.hub.conftest import AtHub, make_admin
from tests.teams import MORGAN, RILEY, SAM

NOTHING: tuple[Any, ...] = (None, False, (), frozenset(), "")


async def a_team_of_its_own(hub: AtHub) -> TeamPlan:
    """A team made by nothing but forms, in which every field says something of its own."""
    await make_admin(hub.running, MORGAN)
    await (await hub.open()).go(names.TEAMS)
    await hub.go(names.WORKSPACE)
    await hub.send(name="Test Ltd", timezone="Europe/Paris")
    await hub.go(names.TEAM_ADD)
    await hub.send(name="North", managers=[MORGAN], channel="C02TALK", timezone="Europe/Oslo")
    await to_north(hub)
    await times_and_manners(hub)
    await what_counts(hub)
    await people_and_targets(hub)
    return next(team for team in (await hub.playbook()).teams if team.name == "North")


async def to_north(hub: AtHub) -> None:
    await hub.open()
    view = hub.person.modal
    assert view is not None
    (menu,) = [b for b in view.blocks if b["block_id"].startswith("team:")]
    options = menu["accessory"]["options"]
    (north,) = [each for each in options if each["text"]["text"] == "North"]
    await hub.person.press(view, "coach_go", north["value"], menu["block_id"])


async def times_and_manners(hub: AtHub) -> None:
    await hub.go(names.TIMES)
    times = {"nudge_at": "08:00", "day_ends_at": "17:00", "digest_at": "4", "digest_time": "15:00"}
    assert await hub.send(**times, workdays=["1", "2"], holidays="NO") == {}
    await hub.go(names.NEWS)
    assert await hub.send(leaderboard=["yes"], first_entry="off") == {}
    await hub.go(names.RAMP)
    assert await hub.send(ramp="40, 80", ramp_results=["yes"]) == {}


async def what_counts(hub: AtHub) -> None:
    await hub.go(names.COUNTED)
    await hub.go(names.RESULT_ADD)
    result = {"name": "Income", "target": "1000", "unit": "EUR", "period": "year", "aliases": "in"}
    assert await hub.send(**result) == {}
    for name, more in (("Demos", {}), ("Calls", {"leads_to": "Demos", "aliases": "ring"})):
        await hub.go(names.BEHAVIOUR_ADD)
        sent = {"name": name, "target": "3", "unit": "times", "period": "month", **more}
        assert await hub.send(**sent) == {}
    await hub.go(names.HUB)


async def people_and_targets(hub: AtHub) -> None:
    await hub.go(names.PEOPLE)
    await hub.go(names.REP_ADD)
    assert await hub.send(user=["U09STRANGER"], segment="SDR", started_on="2026-09-07") == {}
    await hub.go(names.REP, "U09STRANGER")
    rep = {"leaves_on": "2027-05-01", "nudge_at": "08:30", "timezone": "Asia/Tokyo", "name": "Str"}
    assert await hub.send(**rep) == {}
    await hub.go(names.AWAY_ADD, "U09STRANGER")
    assert await hub.send(first="2026-12-24") == {}
    await hub.go(names.HUB)
    await hub.go(names.TARGETS)
    for whose in ({"user": "U09STRANGER"}, {"segment": "segment:SDR"}):
        for what in ("Calls", "Income"):
            await hub.go(names.TARGET)
            period = {"period": "quarter", "since": "2026-10-01"}
            assert await hub.send(indicator=what, target="2", **whose, **period) == {}
            assert await hub.send() == {}


def unsaid(plans: Iterable[object], plain: object) -> set[str]:
    """The fields in which none of the plans says anything else than one that says nothing."""
    listed = list(plans)
    return {
        each.name
        for each in fields(listed[0])  # type: ignore[arg-type]
        if all(getattr(plan, each.name) in (getattr(plain, each.name), *NOTHING) for plan in listed)
    }


async def test_every_field_of_a_playbook_is_set_by_some_form(hub: AtHub) -> None:
    north = await a_team_of_its_own(hub)
    empty: Any = Playbook("")
    whole = await hub.playbook()
    assert unsaid([whole], empty) == set()
    assert unsaid([north], TeamPlan("")) == set()
    assert unsaid(north.reps, RepPlan("")) == set()
    (result,) = north.results
    zero: Any = None
    assert unsaid([result], ResultPlan("", zero, zero, PeriodKind.QUARTER)) == set()
    assert unsaid(result.behaviours, BehaviourPlan("", zero, zero)) == set()
    assert unsaid(north.overrides, OverridePlan(zero)) == set()


async def test_what_was_said_is_printed_back_as_a_file(hub: AtHub) -> None:
    await a_team_of_its_own(hub)
    now = await hub.playbook()
    assert parse(dump(now)) == settled(now)
    assert {RILEY, SAM} < {rep.user for team in now.teams for rep in team.reps}
