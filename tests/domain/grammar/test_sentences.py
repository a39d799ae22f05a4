"""Plain sentences: whole phrases and lines to log, read with care."""

from datetime import date

import pytest
from hypothesis import given, settings

from bot.domain.grammar.log import parse_log
from bot.domain.grammar.refusals import NotUnderstood
from bot.domain.grammar.sentences import (
    Sentence,
    SmallTalk,
    ToLog,
    ToPace,
    line_to_log,
    read_sentence,
)
from tests.domain.grammar.team import TEAM, TODAY, amounts, read
from tests.domain.grammar.test_log_properties import DAYS, TEXTS


@pytest.mark.parametrize(
    "text, meant",
    [
        ("Hi!", SmallTalk.HELLO),
        ("good morning", SmallTalk.HELLO),
        ("help", SmallTalk.HELLO),
        ("Thanks :)", ToLog("Thanks :)")),
        ("THANK YOU", SmallTalk.THANKS),
        (":+1:", SmallTalk.THANKS),
        ("Yes.", SmallTalk.YES_OR_NO),
        ("/kudos <@U1> for it", SmallTalk.ELSEWHERE),
        ("Undo that, please", ToLog("Undo that, please")),
        ("Undo that", ToLog("undo")),
        ("what did I log?", ToLog("list")),
        ("how am i doing?", ToPace("")),
        ("What’s next", ToPace("now")),
        ("how's the team doing?", ToPace("team")),
        ("pace <@U03SAM>", ToPace("<@U03SAM>")),
        ("snooze until friday", ToPace("snooze until friday")),
        ("Plan 10:00 calls", ToPace("Plan 10:00 calls")),
        ("3 calls", ToLog("3 calls")),
        ("", ToLog("")),
        ("...", ToLog("...")),
    ],
)
def test_whole_phrases_are_known_and_all_else_is_a_line_to_log(text: str, meant: Sentence) -> None:
    assert read_sentence(text) == meant


@pytest.mark.parametrize(
    "text, said",
    [
        ("3 calls and a demo with Acme yesterday", [("3", "Prospecting calls"), ("1", "Demos")]),
        ("I did 3 calls & 2 demos", [("3", "Prospecting calls"), ("2", "Demos")]),
        ("Yesterday I made 3 calls", [("3", "Prospecting calls")]),
        ("just finished a demo with Acme Inc.", [("1", "Demos")]),
        ("Hi, I've logged 5 calls today", [("5", "Prospecting calls")]),
        ("call", [("1", "Prospecting calls")]),
        ("won 400 with Acme", [("1", "New customers"), ("400", "Revenue")]),
    ],
)
def test_sentences_are_read_as_lines(text: str, said: list[tuple[str, str]]) -> None:
    assert amounts(line_to_log(text, TEAM, TODAY)) == said


@pytest.mark.parametrize("text", ["3 calls?", "opp", "lost", "no decision", "demos with"])
def test_questions_and_half_words_are_asked_back(text: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read(line_to_log(text, TEAM, TODAY))
    assert len(refusal.value.choices) == 1


@pytest.mark.parametrize("text", ["I have 3 calls to make", "I had no calls", "did Sam do 3 calls"])
def test_what_was_not_done_is_no_line(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read(line_to_log(text, TEAM, TODAY))


def test_a_mistyped_name_behind_an_opening_is_corrected() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read(line_to_log("We just made 3 prospecting cals with Acme", TEAM, TODAY))
    assert refusal.value.corrected == "3 Prospecting calls with Acme"


@settings(max_examples=300, deadline=None)
@given(TEXTS, DAYS)
def test_no_sentence_raises_but_kindly_and_what_is_asked_back_can_be_logged(
    text: str, today: date
) -> None:
    read_sentence(text)
    choices: tuple[str, ...] = ()
    try:
        line_to_log(text, TEAM, today)
    except NotUnderstood as refusal:
        choices = refusal.choices
    assert all(parse_log(choice, TEAM, today).entries for choice in choices)
