"""The forecast on a smaller simulation than `make bench` takes, with a margin below its floors."""

import pytest

from benchmarks.forecast import Answers, Score, answered
from benchmarks.simulated_reps import Kind, Thing

TEAMS = {Thing.CALLS: 3, Thing.DEMOS: 3, Thing.SELLING: 3, Thing.PLANS: 9, Thing.REVENUE: 9}
SEED = 7


@pytest.fixture(scope="module")
def answers() -> Answers:
    return answered(TEAMS, SEED)


@pytest.fixture(scope="module")
def everything(answers: Answers) -> Score:
    return answers.score("all", lambda _thing, _kind: True)


def test_the_simulation_asks_thousands_of_open_questions(everything: Score) -> None:
    assert everything.cases > 4_000
    assert 0.25 < everything.happened < 0.75


def test_it_is_far_better_than_the_straight_line_and_the_base_rate(everything: Score) -> None:
    assert everything.below_straight_line > 0.35
    assert everything.below_base_rate > 0.25


def test_it_is_better_than_a_plain_negative_binomial(everything: Score) -> None:
    assert everything.model < 0.97 * everything.plain
    assert everything.calibration_error < everything.plain_calibration_error


def test_what_it_says_comes_true_as_often_as_it_says(everything: Score) -> None:
    assert everything.calibration_error < 0.03


@pytest.mark.parametrize("thing", Thing)
def test_it_holds_for_counts_hours_and_amounts(answers: Answers, thing: Thing) -> None:
    score = answers.score(thing.value, lambda its, _kind: its is thing)
    assert score.below_straight_line > 0.25
    assert score.below_base_rate > 0.15


@pytest.mark.parametrize("kind", Kind)
def test_no_kind_of_rep_fares_worse_than_with_its_rivals(answers: Answers, kind: Kind) -> None:
    score = answers.score(kind.value, lambda _thing, its: its is kind)
    assert score.model < min(score.straight_line, score.base_rate)
    assert score.model < 1.03 * score.plain
