"""Chances and steadiness in words: a word first, the number for whoever asks."""

from dataclasses import replace

import pytest

from bot.domain.progress.consistency import Consistency
from bot.domain.progress.pace import Status
from bot.domain.progress.scorecards import Scorecard
from bot.slack.messages.scorecard import scorecard_message
from bot.slack.words.chances import (
    chance_in_numbers,
    chance_words,
    forecast_told,
    steadiness,
    steadiness_in_numbers,
)
from tests.slack.messages.samples import NOW, TODAY, progress

BEHIND = replace(progress(), status=Status.BEHIND)


@pytest.mark.parametrize(
    "chance, word, number",
    [
        (0.9, "likely to make it", "likely to make it (90 %)"),
        (0.46, "even chance", "even chance (46 %)"),
        (0.001, "unlikely to make it", "unlikely to make it (1 %)"),
        (0.999, "likely to make it", "likely to make it (99 %)"),
        (None, "", ""),
    ],
)
def test_a_chance_is_a_word_and_on_demand_a_number(
    chance: float | None, word: str, number: str
) -> None:
    known = replace(BEHIND, forecast=chance)
    assert chance_words(known) == word
    assert chance_in_numbers(known) == number


def test_what_is_done_needs_no_forecast() -> None:
    assert chance_words(replace(BEHIND, status=Status.DONE, forecast=1.0)) == ""


def test_who_asks_why_hears_the_forecast_or_that_too_little_is_known() -> None:
    assert forecast_told(replace(BEHIND, forecast=0.46)) == "Forecast: even chance (46 %)."
    assert forecast_told(replace(BEHIND, forecast=None)) == "Forecast: too little history yet."
    assert forecast_told(replace(BEHIND, status=Status.DONE, forecast=1.0)) == ""


def test_steadiness_names_periods_and_on_demand_the_spread() -> None:
    known = replace(BEHIND, consistency=Consistency(7, 12, 0.7, 1.15))
    assert steadiness(known) == "7 of 12 weeks on target"
    assert steadiness_in_numbers(known) == "7 of 12 weeks on target, mostly 70 to 115 %"


def test_three_weeks_say_nothing_about_steadiness() -> None:
    assert steadiness(replace(BEHIND, consistency=Consistency(3, 3))) == ""
    assert steadiness_in_numbers(BEHIND) == ""


def test_a_scorecard_says_both() -> None:
    known = replace(BEHIND, forecast=0.2, consistency=Consistency(7, 12, 0.7, 1.15))
    card = Scorecard("U02RILEY", "Riley", "West", NOW, TODAY, (known,), ())
    message = scorecard_message(card)
    assert "unlikely to make it" in message.text
    assert "unlikely to make it" in str(message.blocks)
    assert "7 of 12 weeks on target" in str(message.blocks)
