"""Few things, chosen, with names that `/log` can tell apart."""

from decimal import Decimal

import pytest

from bot.domain.days.periods import PeriodKind
from bot.domain.playbook.names import default_unit, name_key
from bot.domain.quantities import Measure
from tests.domain.playbook.samples import (
    a_behaviour,
    a_result,
    faults_of,
    faulty,
    west,
    with_behaviours,
)

LETTERS = "abcdefghijklmn"


def behaviours(count: int) -> tuple[str, ...]:
    return tuple(f"Habit {letter}" for letter in LETTERS[:count])


def test_the_sample_has_no_faults() -> None:
    assert faults_of() == []


def test_three_results_and_twelve_behaviours_are_accepted() -> None:
    results = (a_result("R1", *behaviours(12)), a_result("R2"), a_result("R3"))
    assert faults_of(west(results=results)) == []


def test_the_fourth_result_is_refused_where_it_stands() -> None:
    results = tuple(a_result(f"R{n}") for n in range(1, 6))
    path, sentence = faults_of(west(results=results))[0]
    assert path == "results[3]"
    assert "at most 3 results, here are 5" in sentence


def test_the_thirteenth_behaviour_is_refused_whichever_result_it_drives() -> None:
    names = behaviours(14)
    results = (a_result("R1", *names[:7]), a_result("R2", *names[7:]))
    path, sentence = faults_of(west(results=results))[0]
    assert path == "results[1].behaviours[5]"
    assert "at most 12 behaviours, here are 14" in sentence


def test_the_cap_is_for_each_team_by_itself() -> None:
    east = west(name="East", reps=(), results=(a_result("R1", *behaviours(12)),))
    assert faults_of(west(), east) == []


@pytest.mark.parametrize("again", ["First meetings", "FIRST  MEETING", "first meeting"])
def test_a_behaviours_name_is_taken_once_in_any_spelling(again: str) -> None:
    team = with_behaviours("First meetings", again)
    assert faulty(team) == ["results[0].behaviours[1].name"]


def test_a_behaviour_may_not_be_called_like_a_result() -> None:
    assert faulty(with_behaviours("New customer")) == ["results[0].behaviours[0].name"]


def test_the_same_behaviour_may_drive_results_of_two_teams() -> None:
    assert faults_of(west(), west(name="East", reps=())) == []


def test_an_alias_that_two_behaviours_share_is_refused_at_the_second() -> None:
    team = with_behaviours(
        a_behaviour("First meetings", aliases=("fm", "meeting")),
        a_behaviour("Board meetings", aliases=("bm", "Meetings")),
    )
    ((path, sentence),) = faults_of(team)
    assert path == "results[0].behaviours[1].aliases[1]"
    assert sentence == "“Meetings” already stands for “First meetings”: use another alias"


@pytest.mark.parametrize("taken", ["proposal", "New customers"])
def test_an_alias_that_is_anothers_name_is_refused_also_when_that_follows(taken: str) -> None:
    team = with_behaviours(a_behaviour("Demos", aliases=(taken,)), "Proposals")
    assert faulty(team) == ["results[0].behaviours[0].aliases[0]"]


def test_results_and_behaviours_share_their_aliases() -> None:
    demos = a_behaviour("Demos", aliases=("deal",))
    team = west(results=(a_result("New customers", demos, aliases=("deals",)),))
    assert faulty(team) == ["results[0].behaviours[0].aliases[0]"]


def test_an_alias_may_be_the_singular_of_its_own_name_and_said_twice() -> None:
    team = with_behaviours(a_behaviour("Demos", aliases=("demo", "DEMO")))
    assert faults_of(team) == []


@pytest.mark.parametrize("word", ["undo", "won", "No decision", "today", "a", "5", "one, two", " "])
def test_an_alias_that_could_not_be_typed_is_refused(word: str) -> None:
    team = with_behaviours(a_behaviour("Demos", aliases=(word,)))
    assert faulty(team) == ["results[0].behaviours[0].aliases[0]"]


@pytest.mark.parametrize("name", ["Won", "help", "", "x" * 81, "two\nlines"])
def test_a_name_is_one_line_and_no_command(name: str) -> None:
    assert faulty(with_behaviours(name)) == ["results[0].behaviours[0].name"]


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity", "0.001", "1000000001", "1e40"])
def test_a_target_is_a_positive_amount_of_two_decimals(amount: str) -> None:
    team = with_behaviours(a_behaviour("Demos", target=Decimal(amount)))
    assert faulty(team) == ["results[0].behaviours[0].target"]


def test_a_target_that_is_not_positive_says_what_would_be() -> None:
    team = west(results=(a_result("Revenue", target=Decimal(0)),))
    assert faults_of(team) == [("results[0].target", "must be more than 0")]


@pytest.mark.parametrize("period", [PeriodKind.DAY, PeriodKind.WEEK])
def test_a_result_by_day_or_week_is_refused(period: PeriodKind) -> None:
    assert faulty(west(results=(a_result("Revenue", period=period),))) == ["results[0].period"]


@pytest.mark.parametrize(
    "one, other",
    [
        ("Opportunities", "opportunity"),
        ("Follow-ups  kept", "follow-up KEPT"),
        ("Pitches", "pitch"),
        ("Needs analysis", "needs analyses"),
        ("E-mails", "email"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_different_words_have_different_keys() -> None:
    words = ["call", "calls made", "business", "bus", "demo", "status", "meeting"]
    assert len({name_key(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    "name, unit, measure",
    [
        ("First meetings", "first meetings", Measure.COUNT),
        ("QBRs held", "QBRs held", Measure.COUNT),
        ("Hours", "hours", Measure.HOURS),
        ("A very long name that would not fit behind a number", "times", Measure.COUNT),
    ],
)
def test_without_a_unit_the_name_is_what_is_counted(name: str, unit: str, measure: Measure) -> None:
    assert (default_unit(name).name, default_unit(name).measure) == (unit, measure)
