"""Each behaviour leads to another of its team, and at last to the result."""

import pytest

from bot.domain.playbook.plans import BehaviourPlan
from tests.domain.playbook.samples import a_behaviour, a_result, faults_of, faulty, west
from tests.domain.playbook.samples import with_behaviours as team_with


def step(name: str, leads_to: str | None = None) -> BehaviourPlan:
    return a_behaviour(name, leads_to=leads_to)


def test_calls_lead_to_conversations_and_those_to_meetings() -> None:
    steps = (step("Calls", "conversation"), step("Conversations", "Meetings"), step("Meetings"))
    assert faults_of(team_with(*steps)) == []


def test_a_step_may_lead_to_a_behaviour_of_another_result() -> None:
    results = (a_result("R1", step("Calls", "Demos")), a_result("R2", "Demos"))
    assert faults_of(west(results=results)) == []


def test_a_step_to_an_unknown_behaviour_is_refused_with_the_likeliest() -> None:
    ((path, sentence),) = faults_of(team_with(step("Calls", "Meating"), step("Meetings")))
    assert path == "results[0].behaviours[0].leads_to"
    assert sentence == "the team has no behaviour “Meating”. Did you mean “Meetings”?"


def test_a_step_to_another_teams_behaviour_is_refused() -> None:
    east = west(name="East", reps=(), results=(a_result("R1", "Pitches"),))
    assert faulty(team_with(step("Calls", "Pitches")), east) == [
        "results[0].behaviours[0].leads_to"
    ]


def test_a_step_to_the_result_is_better_left_out() -> None:
    ((_, sentence),) = faults_of(team_with(step("Calls", "New customers")))
    assert "leave leads_to out" in sentence


@pytest.mark.parametrize(
    "steps, place",
    [
        ([("A1", "A1")], 0),
        ([("A1", "B1"), ("B1", "A1")], 1),
        ([("In", "A1"), ("B1", "C1"), ("A1", "B1"), ("C1", "A1")], 3),
    ],
)
def test_a_circle_is_refused_once_at_the_step_that_closes_it(
    steps: list[tuple[str, str]], place: int
) -> None:
    team = team_with(*(step(name, to) for name, to in steps))
    assert faulty(team) == [f"results[0].behaviours[{place}].leads_to"]
