"""Ids as Slack gives them out, one team for each rep, and dates in order."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.playbook.plans import RepPlan
from tests.domain.playbook.samples import RILEY, SAM, faults_of, faulty, west


@pytest.mark.parametrize("workspace", ["t01test", "U01", "T1", "T01-TEST", "", "T01TEST\n"])
def test_a_workspace_id_starts_with_t(workspace: str) -> None:
    assert faulty(workspace=workspace) == ["workspace"]


@pytest.mark.parametrize("workspace", ["T01TEST", "E01ORG"])
def test_workspaces_and_organisations_are_accepted(workspace: str) -> None:
    assert faults_of(workspace=workspace) == []


def test_an_unknown_zone_is_refused_with_the_likeliest() -> None:
    ((path, sentence),) = faults_of(timezone="Europe/Londn")
    assert path == "timezone"
    assert "Europe/London" in sentence


@pytest.mark.parametrize("user", ["riley", "@riley", "T01", "u02riley", "U", ""])
def test_people_are_named_by_their_user_id(user: str) -> None:
    assert faulty(west(reps=(RepPlan(user),))) == ["reps[0].user"]
    assert faulty(west(managers=("U01MORGAN", user))) == ["managers[1]"]


@pytest.mark.parametrize("channel", ["#west", "west", "U01", "D01"])
def test_a_channel_is_named_by_its_id(channel: str) -> None:
    assert faulty(west(channel=channel)) == ["channel"]


def test_a_team_without_channel_or_managers_is_accepted() -> None:
    assert faults_of(west(channel=None, managers=())) == []


def test_the_same_person_twice_in_a_list_is_refused_at_the_second() -> None:
    assert faulty(west(reps=(RILEY, SAM, RILEY))) == ["reps[2].user"]
    assert faulty(west(managers=("U01MORGAN", "U01MORGAN"))) == ["managers[1]"]


def test_a_manager_may_sell_too_and_lead_two_teams() -> None:
    reps = (RepPlan("U01MORGAN"),)
    assert faults_of(west(reps=reps), west(name="East", reps=())) == []


def test_a_rep_in_two_teams_is_refused_at_the_second() -> None:
    ((path, sentence),) = faults_of(west(reps=(RILEY,)), west(name="East", reps=(SAM, RILEY)))
    assert path == "teams[1].reps[1].user"
    assert "already a rep of West" in sentence


def test_team_names_differ_in_more_than_case() -> None:
    assert faulty(west(), west(name="WEST ", reps=())) == ["teams[1].name"]


def test_nobody_leaves_before_starting() -> None:
    rep = replace(RILEY, started_on=date(2026, 9, 2), leaves_on=date(2026, 9, 1))
    assert faulty(west(reps=(rep,))) == ["reps[0].leaves_on"]


def test_a_single_working_day_is_accepted() -> None:
    rep = replace(RILEY, started_on=date(2026, 9, 1), leaves_on=date(2026, 9, 1))
    assert faults_of(west(reps=(rep,))) == []


def test_a_reps_zone_and_names_are_looked_at() -> None:
    rep = replace(RILEY, timezone="Mars", name="", segment="two\nlines")
    assert faulty(west(reps=(rep,))) == ["reps[0].name", "reps[0].segment", "reps[0].timezone"]
