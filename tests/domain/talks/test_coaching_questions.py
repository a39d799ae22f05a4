"""Questions of a one-to-one fit what the gap comes from, and the next one asks others."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coaching.diagnosis import Diagnosis
from bot.domain.talks.coaching_questions import GENERAL, Situation, questions, situation_of

NAMES = ("Prospecting calls", "E-mails", "Conversations", "First meetings", "Opportunities")
MORE = ("Proposals", "Follow-ups kept", "Territory plan", "Selling time", "Ünïcode {then}")


def test_every_diagnosis_has_questions() -> None:
    assert {situation_of(each) for each in Diagnosis} < set(Situation)
    assert set(GENERAL) == set(Situation)
    assert all(len(set(each)) == 6 for each in GENERAL.values())


@pytest.mark.parametrize("what", NAMES + MORE)
@pytest.mark.parametrize("situation", Situation)
def test_two_one_to_ones_in_a_row_have_no_question_in_common(
    situation: Situation, what: str
) -> None:
    asked = [questions(situation, what, "the result", held) for held in range(8)]
    assert all(len(set(each)) == 3 for each in asked)
    assert all(not set(one) & set(next_) for one, next_ in pairwise(asked))


@given(st.sampled_from(Situation), st.text(max_size=60), st.integers(0, 500))
def test_whatever_a_behaviour_is_called_there_are_three(
    situation: Situation, what: str, held: int
) -> None:
    asked = questions(situation, what, "x", held)
    assert len(asked) == 3
    assert all(each.strip() for each in asked)


@pytest.mark.parametrize(
    "situation, what, says",
    [
        (Situation.EFFORT, "Prospecting calls", "best hour"),
        (Situation.SKILL, "Prospecting calls", "first two sentences"),
        (Situation.SKILL, "First meetings", "before you sit down"),
        (Situation.EFFORT, "Proposals", "ready for a proposal"),
    ],
)
def test_a_known_behaviour_has_a_question_of_its_own(
    situation: Situation, what: str, says: str
) -> None:
    assert says in " ".join(questions(situation, what))


def test_effort_is_not_asked_about_like_skill() -> None:
    effort = set(questions(Situation.EFFORT, "Demos"))
    assert not effort & set(questions(Situation.SKILL, "Demos"))
    assert not any("{" in each for each in effort)


def test_what_it_leads_to_is_named() -> None:
    asked = " ".join(questions(Situation.SKILL, "Demos", "Proposals"))
    assert "led on to Proposals" in asked
