"""Pairings and experiments within Slack's limits, whatever their names (slack-facts)."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.coaching.diagnosis import Diagnosis
from bot.domain.coaching.pairing import Helper, Pairing, Reader, School, Worksheet
from bot.domain.experiments.agreed import (
    MOST_METHOD,
    MOST_QUESTION,
    Experiment,
    Group,
    Member,
    Phase,
    Plan,
)
from bot.domain.experiments.effects import Effect, Sum
from bot.domain.experiments.readouts import ReadOut
from bot.domain.progress.weekly_numbers import WeeklyTeam
from bot.domain.reports.digests import Gap
from bot.slack.limits import check
from bot.slack.message import Message
from bot.slack.messages.experiment import readout
from bot.slack.messages.pairing import pair_value, worksheet
from bot.slack.messages.pairing import pairs as pairs_message
from bot.slack.views import experiments as views
from tests.slack.messages.samples import LONGEST, NASTY, indicator, progress

NAMES = pytest.mark.parametrize("name", ["First meetings", LONGEST, NASTY])
FIRST, LAST = date(2026, 11, 23), date(2026, 12, 20)
SIXTY = tuple(Member(n, f"U{n:010}", [*Group][n % 2]) for n in range(60))
_NAME, _MODAL_BLOCKS, _METADATA, _SECTION = 80, 100, 3000, 3000


def pairing(number: int = 10**18) -> Pairing:
    return Pairing(number, 1, 1, 2, 7, "U02RILEY", 8, "U03SAM", FIRST, LAST)


def helper(name: str, user: str, team_id: int, *, for_skill: bool) -> Helper:
    weeks = WeeklyTeam(name[:_NAME], (), ())
    school = School(team_id, weeks, indicator(1, name), indicator(2, name))
    return Helper(user, school, 999_999.99, 9_999_999.99, 8, for_skill)


def read(name: str, phase: Phase, *, conversion: bool, unit: str = "meetings") -> ReadOut:
    """Sixty people in two groups, with the longest words."""
    said = (name * 9)[:MOST_QUESTION], (name * 9)[:MOST_METHOD]
    experiment = Experiment(10**18, Plan(1, *said, 1, 2, FIRST, LAST), None, SIXTY)
    users = tuple(each.user_id for each in SIXTY)
    return ReadOut(
        experiment,
        phase,
        indicator(1, name, (name + "s")[:40]),
        indicator(2, name, unit, drives=None) if conversion else None,
        Sum(30, 1e7, 3e6),
        Sum(30, 1e7, 2e6),
        Effect(0.1, -0.01, 0.19, 0.94),
        5,
        users,
        users,
    )


def every(message: Message) -> list[Message]:
    return [message, *message.thread]


def fits_in_a_modal(view: dict[str, Any]) -> None:
    """The limits of a view that the sandbox knows too; here with the longest of everything."""
    assert len(view["blocks"]) <= _MODAL_BLOCKS
    assert len(view["private_metadata"]) <= _METADATA
    ids = [block["block_id"] for block in view["blocks"]]
    assert len(ids) == len(set(ids))
    for block in view["blocks"]:
        assert len(block.get("text", {}).get("text", "")) <= _SECTION
        for element in block.get("elements", ()):
            assert len(element.get("value", "")) <= 2000
    live = json.dumps([b for b in view["blocks"] if b["type"] in ("section", "context")])
    assert "<!channel>" not in live
    assert "<@U01MORGAN>" not in live


@NAMES
@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("is_over", [False, True])
def test_a_worksheet_keeps_the_limits(name: str, reader: Reader, is_over: bool) -> None:
    facts = Worksheet(reader, pairing(), name, indicator(1, name), None, name * 3, is_over)
    message = check(worksheet(facts))
    assert "<!channel>" not in str(message.blocks)


@NAMES
def test_suggestions_with_twenty_helpers_each_keep_the_limits(name: str) -> None:
    class Book:
        """As much of a playbook as the message reads."""

        team = type("Team", (), {"name": name, "id": 1})()
        reps: tuple[()] = ()
        indicators = (indicator(1, name),)
        retired: tuple[()] = ()

    stand = progress(indicator(1, name))
    gap = Gap("U02RILEY", stand, Diagnosis.SKILL, name * 5, Decimal("0.5"))
    helpers = tuple(helper(name, f"U{n:010}", n % 2 + 1, for_skill=bool(n % 3)) for n in range(20))
    running = tuple(replace(pairing(), id=n) for n in range(60))
    message = pairs_message(Book(), ((gap, helpers),) * 1, running, None, {})  # type: ignore[arg-type]
    for each in every(message):
        check(each)
        said = [block["text"] for block in each.blocks if "text" in block]
        assert "<!channel>" not in str([text for text in said if text["type"] == "mrkdwn"])


def test_what_a_button_says_fits_into_an_option() -> None:
    value = pair_value("U" * 32, "W" * 32, indicator(10**18), for_skill=True)
    assert len(value) <= 150


@NAMES
@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("unit", ["meetings", "GBP", "hours"])
def test_a_read_out_keeps_the_limits(name: str, phase: Phase, unit: str) -> None:
    message = check(readout(read(name, phase, conversion=True, unit=unit)))
    assert "<!channel>" not in str(message.blocks) + message.text
    view = views.page(
        name, 1, [replace_id(read(name, phase, conversion=False), n) for n in range(12)]
    )
    fits_in_a_modal(view)


@NAMES
def test_the_forms_keep_the_limits(name: str) -> None:
    behaviours = [indicator(n, name) for n in range(12)]
    following = {each.id: indicator(90, name, drives=None) for each in behaviours}
    fits_in_a_modal(views.plan_form(1, behaviours, following, FIRST))
    question, method = ('"' * 999)[:MOST_QUESTION], ('"' * 999)[:MOST_METHOD]
    plan = Plan(10**17, question, method, 10**17, 10**17, FIRST, LAST)
    groups = {each.user_id: each.group for each in SIXTY}
    view = views.groups_form(views.Grouping(plan), groups, (name * 9)[:MOST_QUESTION])
    fits_in_a_modal(view)
    assert views.read_grouping(view).plan == plan


def replace_id(told: ReadOut, number: int) -> ReadOut:
    return replace(told, experiment=replace(told.experiment, id=number))
