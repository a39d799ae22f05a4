"""Two playbooks that mean the same are equal once settled; thin ones are accepted, and said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain.days.calendar import DateRange
from bot.domain.playbook.faults import dotted
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.domain.playbook.rules import settled
from bot.domain.playbook.warnings import warnings
from bot.domain.quantities import unit_named
from tests.domain.playbook.samples import (
    RILEY,
    SAM,
    a_behaviour,
    a_playbook,
    a_result,
    west,
    with_override,
)


def only_team(playbook: Playbook) -> TeamPlan:
    (team,) = settled(playbook).teams
    return team


def warned(*teams: TeamPlan) -> list[tuple[str, str]]:
    return [(dotted(fault.path), fault.sentence) for fault in warnings(a_playbook(*teams))]


def test_zones_and_holidays_are_spelt_as_they_are_known() -> None:
    playbook = a_playbook(
        west(holidays="gb-eng", timezone="europe/paris", reps=(replace(RILEY, timezone="utc"),)),
        timezone="asia/kolkata",
    )
    assert settled(playbook).timezone == "Asia/Kolkata"
    team = only_team(playbook)
    assert (team.holidays, team.timezone, team.reps[0].timezone) == (
        "GB-ENG",
        "Europe/Paris",
        "UTC",
    )


def test_behaviours_and_results_are_named_as_they_are_declared() -> None:
    steps = (a_behaviour("Calls", leads_to="meeting"), a_behaviour("Meetings"))
    team = only_team(a_playbook(west(results=(a_result("Revenue", *steps),))))
    assert team.behaviours[0].leads_to == "Meetings"
    override = with_override(user=SAM.user, behaviour="first MEETING")
    assert only_team(a_playbook(override)).overrides[0].behaviour == "First meetings"
    override = with_override(segment="SDR", result="revenues")
    assert only_team(a_playbook(override)).overrides[0].result == "Revenue"


def test_times_off_are_in_order() -> None:
    late, early = (DateRange(date(2026, 12, day), date(2026, 12, day)) for day in (20, 1))
    team = only_team(a_playbook(west(reps=(replace(RILEY, away=(late, early)),))))
    assert team.reps[0].away == (early, late)


def test_settling_twice_changes_nothing_more() -> None:
    once = settled(a_playbook(west(holidays="no")))
    assert settled(once) == once


def test_a_full_team_is_worth_no_warning() -> None:
    assert warned(west()) == []


def test_fewer_than_two_results_are_thin() -> None:
    results = (a_result("Revenue", "Demos", "Proposals", "Visits"),)
    ((path, sentence),) = warned(west(results=results))
    assert path == "teams[0].results"
    assert sentence.startswith("thin:")
    assert warned(west(results=()))[0][1].endswith("here is none")


def test_fewer_than_three_behaviours_for_a_result_are_thin() -> None:
    results = (
        a_result("Revenue", "Demos", "Proposals"),
        a_result("Renewals", "Visits", "Reviews", "Checks"),
    )
    ((path, sentence),) = warned(west(results=results))
    assert path == "teams[0].results[0]"
    assert sentence.endswith("here are 2 for “Revenue”")


def test_a_team_without_channel_manager_or_reps_is_told_what_stays_silent() -> None:
    said = [sentence for _, sentence in warned(west(channel=None, managers=(), reps=()))]
    assert said == [
        "West has no channel: celebrations have nowhere to go",
        "West has no manager: nobody gets its digest",
        "West has no reps yet",
    ]


def test_a_currency_in_small_letters_is_counted_not_paid() -> None:
    behaviours = ("Demos", "Proposals", "Visits")
    money = a_result("Revenue", *behaviours, unit=unit_named("eur"), target=Decimal(9))
    other = a_result("Renewals", "Reviews", "Checks", "Plans")
    ((path, sentence),) = warned(west(results=(money, replace(other, unit=unit_named("EUR")))))
    assert path == "teams[0].results[0].unit"
    assert sentence == "“eur” is counted: for money write EUR"
