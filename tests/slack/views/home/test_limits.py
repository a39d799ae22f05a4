"""Home keeps Slack's limits with whatever names, and lets nothing through that a user typed."""

import json
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.milestones import Milestone, MilestoneKind
from bot.domain.own_settings import OwnSettings
from bot.domain.reports.digests import TeamResult
from bot.domain.reports.homes import DayShare, Held, Home, NextNudge, OwnPart, RepLine, TeamPart
from bot.slack.message import Message
from bot.slack.messages.log_reply import undo_reply
from bot.slack.messages.notices import notice
from bot.slack.views.home.told import told_recorded
from bot.slack.views.home.view import fits_at_top, home_view
from bot.slack.views.my_data import data_view, erase_form, erased_view
from bot.slack.views.notice import answer_view
from bot.slack.views.own_settings import settings_form, settings_saved
from sandbox.blocks import home as checked_home
from sandbox.blocks import modal as checked_modal
from tests.domain.reps import a_team
from tests.slack.messages import samples
from tests.slack.messages.samples import LONGEST, NASTY, NOW, TODAY

NAMES = st.sampled_from([LONGEST, NASTY, "*_~`>" * 40]) | st.text(min_size=1, max_size=200)
MANY = {"entries": 10**9, "milestones": 1, "time_off": 2, "deliveries": 3, "kudos": 1}


def own(name: str, held: Held | None = None) -> OwnPart:
    """Twelve behaviours, three results, a full week, five milestones, many managers."""
    stands = samples.twelve(name)
    week = [DayShare(TODAY + timedelta(days=n), Decimal(n), Decimal("0.2")) for n in range(7)]
    kinds = [each for each in MilestoneKind if not each.value.startswith("team")][:5]
    reached = [
        Milestone(kind, 1, NOW, TODAY, "U1", 7, stands[0].indicator, 1000, TODAY) for kind in kinds
    ]
    nudge = NextNudge(TODAY, time(9), held)
    managers = tuple(f"U{n:010}" for n in range(20))
    return OwnPart(samples.scorecard(name), tuple(week), tuple(reached), nudge, managers, True)


def team(name: str, reps: int = 60, number: int = 1) -> TeamPart:
    """Reps of every kind: behind, on pace, on target, away."""
    behind = samples.twelve(name)
    fine = tuple(replace(each, status=None, target=None) for each in behind)
    lines = tuple(
        RepLine(
            n,
            f"U{n:010}",
            name if n % 5 else None,
            behind if n % 2 else fine,
            is_away=n % 7 == 0,
        )
        for n in range(reps)
    )
    results = tuple(
        TeamResult(each.indicator, each.period, each.target, each.actual)
        for each in samples.three_results(name)
    )
    return TeamPart(number, name, TODAY, lines, results)


def everything(name: str, reps: int = 60, teams: int = 20) -> Home:
    led = tuple(team(name, reps, number) for number in range(teams))
    return Home(own(name), led, is_known=True, is_admin=True, has_teams=True)


def long_told(name: str) -> Message:
    """The longest answer that is shown at the top."""
    said = notice(name)
    copies = [{**block, "block_id": f"{n}"} for n in range(8) for block in said.blocks]
    told = Message(said.text, tuple(copies[:8]))
    assert fits_at_top(told)
    return told


@settings(max_examples=25, deadline=None)
@given(
    name=NAMES,
    reps=st.sampled_from([0, 1, 60, 150]),
    teams=st.integers(0, 20),
    charts=st.booleans(),
)
def test_home_keeps_the_limits_whoever_looks(
    name: str, reps: int, teams: int, charts: bool
) -> None:
    home = everything(name, reps, teams)
    for shown in (home, replace(home, own=None), replace(home, is_admin=False)):
        for told in (None, long_told(name or "x")):
            checked_home(home_view(shown, told, charts=charts))


@pytest.mark.parametrize("held", [None, *Held])
def test_whatever_holds_the_next_nudge_fits(held: Held | None) -> None:
    checked_home(home_view(Home(own(NASTY, held), is_known=True, has_teams=True)))


def test_nothing_that_a_user_typed_is_live() -> None:
    said = json.dumps(home_view(everything("<!channel> <@U01X>")), ensure_ascii=False)
    for text in _mrkdwn(home_view(everything("<!channel> <@U01X>"))):
        assert "<!channel>" not in text
        assert "<@U01X>" not in text
    assert "&lt;!channel&gt;" in said


def test_sixty_reps_are_no_wall_of_text() -> None:
    view = home_view(Home(teams=(team("Alex Morgan"),), is_known=True, has_teams=True))
    texts = list(_mrkdwn(view))
    assert len(view["blocks"]) < 25
    assert max(map(len, texts)) < 1500
    assert any("more" in text for text in texts)


@settings(max_examples=25, deadline=None)
@given(name=NAMES)
def test_the_forms_keep_the_limits(name: str) -> None:
    chosen = OwnSettings(time(10), True, TODAY, frozenset(range(7)), True, True)
    books = replace(a_team(), name=name, workdays=frozenset(range(7)))
    url = "https://hooks.slack.com/" + "x" * 300
    checked_modal(settings_form(chosen, books, "America/Argentina/ComodRivadavia", "Slack", url))
    checked_modal(data_view(MANY))
    checked_modal(erase_form(10**17, MANY, name, (name,) * 20, admin=True))
    checked_modal(erased_view(MANY))
    checked_modal(answer_view(settings_saved(chosen, books)))
    checked_home(home_view(Home(), told_recorded(samples.recorded(name, name))))


def test_an_answer_with_a_table_is_shown_elsewhere() -> None:
    assert not fits_at_top(Message("x", ({"type": "table", "rows": []},)))
    assert fits_at_top(undo_reply_of())


def undo_reply_of() -> Message:
    from bot.domain.entries import Undone

    return undo_reply(Undone((samples.entry(),), TODAY, TODAY, (samples.progress(),)))


def _mrkdwn(part: Any) -> Any:
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for value in part.values():
            yield from _mrkdwn(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _mrkdwn(each)
